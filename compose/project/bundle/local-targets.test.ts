import { type Files, inlineOf, messagesOf, mounting } from "../testing/bundle";
import { namesFile } from "./local-targets";

const found = (files: Files, text: string) => messagesOf(inlineOf(text, files));

it("refuses a file that Docker would hide or could not write, and a file that another service mounts, too", () => {
  const service = (rest: string) => `services:\n  a: {image: i, volumes: ['./x:/r/x'], ${rest}}\n`;
  const x = { x: "x" };
  expect(found(x, service("tmpfs: /r:size=1m"))).toEqual([
    'LYC2303 services.a.volumes[0] mounts "x", which a tmpfs of the service hides',
  ]);
  expect(found(x, mounting("./x:/r/x", "{type: tmpfs, target: /r}"))).toEqual(found(x, service("tmpfs: /r")));
  expect(found(x, service("tmpfs: [/rr]"))[0]).toMatch(/^LYC2311/);
  expect(found(x, mounting("./x:/v/x", "vol:/v:ro").concat("volumes: {vol: }\n"))).toEqual([
    'LYC2303 services.a.volumes[0] mounts "x", which cannot be copied into a read-only volume of the service',
  ]);
  expect(found(x, service("tty: true").concat("  b: {image: i, volumes_from: ['a:ro']}\n"))).toEqual([
    'LYC2303 services.a.volumes[0] mounts "x", which another service takes with `volumes_from`',
  ]);
  expect(found({}, mounting("./data:/d", "./data/s:/t"))[1]).toBe(
    'LYC2303 services.a.volumes[1] mounts "data/s", which does not exist, and two volumes would not share the files of data',
  );
  expect(found(x, service("read_only: true")).at(-1)).toMatch(/^LYC2512 /);
});

test.each<readonly [what: string, files: Files, mounts: readonly string[], reason: string]>([
  [
    "a missing folder",
    { "a.conf": "A" },
    ["./a.conf:/data/a.conf", "./missing:/data:ro"],
    'mounts "a.conf", which cannot be copied into a read-only volume of the service',
  ],
  [
    "a folder of the machine",
    { "x.crt": "X" },
    ["./x.crt:/etc/ssl/x.crt", "/etc/ssl:/etc/ssl:ro"],
    'mounts "x.crt", which cannot be copied into a read-only mount of the service',
  ],
  [
    "a folder of the machine in long syntax",
    { "x.crt": "X" },
    ["./x.crt:/etc/ssl/x.crt", "{type: bind, source: /etc/ssl, target: /etc/ssl/, read_only: true}"],
    'mounts "x.crt", which cannot be copied into a read-only mount of the service',
  ],
])("writes no config into %s that is mounted read-only", (_what, files, mounts, reason) => {
  const refused = found(files, mounting(...mounts)).filter((line) => line.startsWith("LYC2303"));
  expect(refused).toEqual([`LYC2303 services.a.volumes[0] ${reason}`]);
});

test.each([
  ["vol:/etc/app/sub:ro", { source: "vol", read_only: true }],
  ["vol:/etc/app/sub", { source: "vol" }],
  ["./none:/etc/app/sub", { source: "folder_none" }],
  ["{type: tmpfs, target: /etc/app/sub}", { type: "tmpfs" }],
])("leaves out the files of a folder that %s would hide", (mount, volume) => {
  const files = { "conf/sub/a.conf": "A", "conf/b.conf": "B", "conf/subs": "C" };
  const text = mounting("./conf:/etc/app", mount).concat("volumes: {vol: }\n");
  const { bundle, diagnostics } = inlineOf(text, files);
  expect(bundle?.model).toMatchObject({
    configs: { file_conf_b_conf: { content: "B" }, file_conf_subs: { content: "C" } },
    services: { a: { configs: [{ target: "/etc/app/b.conf" }, { target: "/etc/app/subs" }], volumes: [volume] } },
  });
  expect(diagnostics[0]?.message).toMatch(/copies of "conf\/b.conf", "conf\/subs", next/);
});

it("reports that other mounts hide all files of a folder", () => {
  const text = mounting("./conf:/etc/app", "vol:/etc/app/sub").concat("volumes: {vol: }\n");
  expect(found({ "conf/sub/a": "A" }, text)).toEqual([
    "LYC2311 services.a.volumes[0] mounts a folder: the run gets none of its files, which other mounts hide, next to what the image has there",
  ]);
});

it("puts no file at the path of a config or a secret of the service", () => {
  const text = (target: string) =>
    `services: {a: {image: i, volumes: ['./d:/etc/d', './x:${target}', 'vol:/run'], configs: [{source: c, target: /etc/d/x}, e], secrets: [s, {source: s, target: /t}]}}
configs: {c: {content: mine}, e: {content: mine}}
secrets: {s: {file: x}}
volumes: {vol: }
`;
  const files = { "d/x": "X", "d/y": "Y", x: "x" };
  const { bundle } = inlineOf(text("/x"), files);
  expect(Object.keys(bundle?.model.configs ?? {})).toEqual(["c", "e", "file_d_y", "file_x", "secret_s"]);
  const refused = (target: string) => found(files, text(target)).filter((line) => line.startsWith("LYC2303"));
  const taken = (kind: string) => [
    `LYC2303 services.a.volumes[1] mounts "x", which a ${kind} of the service takes the place of`,
  ];
  expect([refused("/etc/d/x"), refused("/e"), refused("/run/secrets/s"), refused("/t")]).toEqual([
    taken("config"),
    taken("config"),
    taken("secret"),
    taken("secret"),
  ]);
});

test.each([
  ["./Caddyfile", "/etc/caddy/Caddyfile", true],
  ["./makefile", "/src", true],
  ["./data", "/data", false],
  ["./logs", "/var/log/logs", false],
  ["./prod.yaml", "/etc/app/config.yml", true],
  ["./nginx", "/etc/nginx/nginx.conf", true],
  ["./app.conf", "/config", true],
  ["./.env", "/app/.env", true],
  ["./data", "/var/lib/app", false],
  ["./data/", "/data", false],
  ["./data", "/data/", false],
  ["./x.y/", "/x.y", false],
  ["./conf.d", "/etc/nginx/conf.d", false],
  ["./nginx.d", "/etc/nginx", false],
  ["./peer0.example.com", "/var/hyperledger/production", false],
  ["./example.com", "/srv/example.com", false],
  ["./node1.lab.local", "/data", false],
  ["./README.org", "/README.org", true],
  ["./settings.local", "/app/settings.local", true],
  ["./.cache", "/var/cache", false],
  ["./site-1.2", "/site", false],
  [".", "/app", false],
  ["..", "/", false],
])("whether %s mounted at %s has the name of a file: %s", (source, target, isFile) => {
  expect(namesFile({ source, target })).toBe(isFile);
});
