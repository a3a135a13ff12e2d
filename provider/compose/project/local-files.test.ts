import { type ComposeMapping, readCompose } from "..";
import { bundleOf } from "./testing/bundle";

type Files = Readonly<Record<string, string | Uint8Array>>;

const inline = { localFiles: "inline" } as const;
const mounting = (...mounts: string[]) =>
  `services:\n  a:\n    image: i\n    volumes:\n${mounts.map((mount) => `      - ${mount}\n`).join("")}`;

/** What becomes of a service with these mounts. */
function partsOf(files: Files, ...mounts: string[]) {
  const { bundle, diagnostics } = bundleOf({ ...files, "compose.yaml": mounting(...mounts) }, inline);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(readCompose(bundle?.text).kind).toBe("document");
  const { services, configs, volumes } = (bundle?.model ?? {}) as { [key: string]: ComposeMapping };
  const { configs: mounted, volumes: mountedVolumes } = (services?.a ?? {}) as ComposeMapping;
  return { configs, volumes, mounted, mountedVolumes };
}

it("is off by default, and named in the remedy", () => {
  const files = { "compose.yaml": mounting("./x.conf:/etc/x.conf"), "x.conf": "x" };
  const { diagnostics, bundle } = bundleOf(files);
  expect(diagnostics.map(({ code, remedy }) => [code, remedy.includes('`localFiles: "inline"`')])).toEqual([
    ["LYC2303", true],
  ]);
  expect(bundle).toBeUndefined();
});

it.each([{}, inline])("names no option in the remedy of a mount of the home folder: %j", (options) => {
  const { diagnostics } = bundleOf({ "compose.yaml": mounting("~/.aws:/app/.aws:ro") }, options);
  expect(diagnostics).toMatchObject([
    { code: "LYC2303", remedy: expect.stringMatching(/^Copy what .* secret `variables`/) },
  ]);
});

it("makes a config of a small text file, with its target, its dollar signs and its mode", () => {
  const files = { "conf/x.conf": "\ufeffa = $b\r\n", "run.sh": "#!/bin/sh\necho $1" };
  const long = "{type: bind, source: ./run.sh, target: /bin/../run.sh}";
  expect(partsOf(files, "./conf/x.conf:/etc/x.conf:ro", long)).toEqual({
    configs: {
      file_conf_x_conf: { content: "\ufeffa = $$b\r\n" },
      file_run_sh: { content: "#!/bin/sh\necho $$1" },
    },
    mounted: [
      { source: "file_run_sh", target: "/run.sh", mode: "0755" },
      { source: "file_conf_x_conf", target: "/etc/x.conf" },
    ],
  });
});

it("makes one config for each file of a folder, and takes a file that is mounted over one of them", () => {
  const files = { "d/a.conf": "A", "d/s/b$.conf": "B", "d/.gitkeep": "", "other.conf": "O" };
  expect(partsOf(files, "./other.conf:/etc/d/a.conf", "./d/:/etc/d")).toEqual({
    configs: {
      file_d_s_b_conf: { content: "B" },
      file_other_conf: { content: "O" },
    },
    mounted: [
      { source: "file_d_s_b_conf", target: "/etc/d/s/b$$.conf" },
      { source: "file_other_conf", target: "/etc/d/a.conf" },
    ],
  });
});

it("makes a named volume of a folder that is missing or empty", () => {
  expect(partsOf({ "empty/": "", "kept/.gitkeep": "" }, "./data:/d/", "./empty:/e:ro", "./kept:/k")).toEqual({
    volumes: { folder_data: {}, folder_empty: {}, folder_kept: {} },
    mountedVolumes: [
      { type: "volume", source: "folder_data", target: "/d" },
      { type: "volume", source: "folder_empty", target: "/e", read_only: true },
      { type: "volume", source: "folder_kept", target: "/k" },
    ],
  });
});

it("shares a config and a volume between services, and takes no name that is declared", () => {
  const text = [
    "services:",
    "  a: {image: i, volumes: ['./x y:/x', './d:/e', 'folder_d:/v'], configs: [file_x_y]}",
    "  b: {image: i, volumes: ['./x y:/z', './d:/e']}",
    "configs: {file_x_y: {content: mine}}",
    "volumes: {folder_d: {}}",
    "",
  ].join("\n");
  const { bundle } = bundleOf({ "compose.yaml": text, "x y": "x" }, inline);
  expect(bundle?.model).toMatchObject({
    configs: { file_x_y: { content: "mine" }, file_x_y_: { content: "x" } },
    volumes: { folder_d: {}, folder_d_: {} },
    services: {
      a: { configs: [{ source: "file_x_y" }, { source: "file_x_y_", target: "/x" }] },
      b: { configs: [{ source: "file_x_y_", target: "/z" }], volumes: [{ source: "folder_d_" }] },
    },
  });
});

it("names each file and volume in a warning, at the mount", () => {
  const text = mounting("./d:/etc/d", "./x:/x", "{type: bind, source: ./no, target: /n}");
  const files = { "compose.yaml": text, "d/a": "A", "d/b": "B", x: "x" };
  expect(
    bundleOf(files, inline).diagnostics.map(({ code, severity, range, message }) => [
      `${severity} ${code} ${range?.start.line}:${range?.start.column}`,
      message,
    ]),
  ).toEqual([
    [
      "warning LYC2311 5:9",
      'services.a.volumes[0] mounts a folder: the run gets copies of "d/a", "d/b", next to what the image has there',
    ],
    ["warning LYC2311 6:9", "services.a.volumes[1] mounts a file: the run gets a copy of x"],
    [
      "warning LYC2312 7:30",
      "services.a.volumes[2].source mounts no, which does not exist: it becomes the volume folder_no",
    ],
  ]);
});

it("lets the severity of its warnings be chosen", () => {
  const files = { "compose.yaml": mounting("./x:/x"), x: "x" };
  expect(bundleOf(files, { ...inline, diagnostics: { LYC2311: "off" } }).diagnostics).toEqual([]);
  expect(bundleOf(files, { ...inline, diagnostics: { LYC2311: "error" } }).bundle).toBeUndefined();
});

test.each<readonly [name: string, reason: string]>([
  [".env", "secret"],
  ["prod.env", "secret"],
  ["tls/site.key", "secret"],
  ["secrets/any", "secret"],
  ["db_password.txt", "secret"],
  ["conf/app.conf", "shown"],
  ["public.crt", "shown"],
])("the content of %s is %s", (name, kind) => {
  const { bundle, secrets } = bundleOf({ "compose.yaml": mounting(`./${name}:/x`), [name]: "A=value" }, inline);
  expect(bundle?.secret).toBe(kind === "secret");
  expect(secrets.some((value) => value.includes("value"))).toBe(kind === "secret");
  expect(JSON.stringify(bundle?.redacted(() => "hidden"))).toContain(kind === "secret" ? "hidden" : "value");
});

test.each([
  ["app.conf", "-> secrets/app", "/p/secrets/app"],
  ["app.conf", "-> tls/site.key", "/p/tls/site.key"],
  ["db_password", "-> plain", "/p/plain"],
  ["conf/app.conf", "-> ../prod.env", "/p/prod.env"],
])("the content of %s is secret: %s", (name, link, target) => {
  const files = { "compose.yaml": mounting(`./${name}:/x`), [name]: link, [target]: "A=value" };
  const { bundle, secrets } = bundleOf(files, inline);
  expect([bundle?.secret, secrets]).toEqual([true, ["A=value"]]);
});

const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`many/${index}`, "x"]));
const deep = `deep/${"d/".repeat(8)}x`;

test.each<readonly [mount: string, files: Files, reason: string]>([
  ["./b:/b", { b: Uint8Array.of(0xff, 1) }, "which is not a text file (UTF-8)"],
  ["./b:/b", { b: "a\u0000" }, "which is not a text file (UTF-8)"],
  ["./b:/b", { "b/ok": "x", "b/z": Uint8Array.of(0xff) }, "which holds z, which is not a text file (UTF-8)"],
  ["./b:/b", { b: "x".repeat(131_073) }, "which is larger than 131072 bytes"],
  ["./b:/b", { b: "" }, "which is empty: Compose creates no file for an empty config"],
  ["./many:/m", many, "which holds more than 64 files and folders"],
  ["./deep:/d", { [deep]: "x" }, "which holds folders more than 8 levels deep"],
  ["./s:/s", { s: "<socket>" }, "which is a socket, a pipe or a device"],
  ["./d:/d", { "d/s": "<socket>" }, "which holds s, which is a socket, a pipe or a device"],
  ["./closed:/c", { "closed/<closed>": "" }, "mounts closed, which may not be read by this user"],
  ["./d:/d", { "d/a": "A", "d/s/<closed>": "" }, "which holds s, which may not be read by this user"],
  ["./d:/d", { "d/a": "A", "d/b": "<closed>" }, "which holds b, which may not be read by this user"],
  ["./far/x:/x", { "far/x": "<closed>" }, "which may not be read by this user"],
  ["./no.conf:/etc/no.conf", {}, "which does not exist, and has the name of a file"],
  ["./Caddyfile:/etc/caddy/Caddyfile", {}, "which does not exist, and has the name of a file"],
  ["./prod:/etc/app/config.yml:ro", {}, "which does not exist, and has the name of a file"],
  [".:/app", { "b.bin": Uint8Array.of(0xff) }, ' mounts ".", which holds "b.bin", which is not a text file (UTF-8)'],
  ["~/x:/x", {}, "which lies in your home folder"],
  ["~:/x", {}, "which lies in your home folder"],
  ["{type: bind, source: ~/x, target: /x}", { "~/x": "of the project" }, "which lies in your home folder"],
  ["C:\\x:/x", {}, "which lies outside the project folder"],
  ["../x:/x", { "/x": "x" }, "which lies outside the project folder"],
  ["../x:/x", { "/x/y": "x" }, "which lies outside the project folder"],
  ["./link:/x", { link: "-> ../x", "/x": "x" }, "which lies outside the project folder"],
  [
    "{type: bind, source: ./n, target: /m, bind: {create_host_path: false}}",
    {},
    "which does not exist, and `create_host_path` is false",
  ],
])("refuses %s with its reason, at its line", (mount, files, reason) => {
  const { diagnostics, bundle } = bundleOf({ ...files, "compose.yaml": mounting(mount) }, inline);
  expect(bundle).toBeUndefined();
  expect(diagnostics.map(({ code, range, message }) => [code, range?.start.line, message.endsWith(reason)])).toEqual([
    ["LYC2303", 5, true],
  ]);
});

it("names the mount and the file of content that looks like a key", () => {
  const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\n-----END RSA PRIVATE KEY-----\n";
  const { diagnostics } = bundleOf({ "compose.yaml": mounting("./conf:/etc/app"), "conf/cert.txt": key }, inline);
  expect(diagnostics.map(({ code, path, message }) => [code, path, message])).toContainEqual([
    "LYC2601",
    "services.a.volumes[0]",
    expect.stringMatching(/^services\.a\.volumes\[0\] mounts "conf\/cert\.txt", which holds a key or a password, /),
  ]);
});

it("leaves a mount alone whose path is not known yet", () => {
  const text = mounting(`./$\{X}:/x`);
  const unknown = bundleOf(
    { "compose.yaml": text },
    { ...inline, variables: { X: "c1c72ff8-ebab-4286-825e-c7db6712c040" } },
  );
  expect([unknown.unknown, unknown.bundle, unknown.diagnostics]).toEqual([true, undefined, []]);
});
