import { type ComposeMapping, readCompose, UNKNOWN_MARKER } from "../..";
import { NO_SECRETS, type SecretPlace } from "../../model/secret-rules";
import { bundleOf, type Files, inlineOf, messagesOf, mounting } from "../testing/bundle";

/** Returns the service, configs and volumes after the mounts were replaced. */
function partsOf(files: Files, ...mounts: string[]) {
  const { bundle, diagnostics } = inlineOf(mounting(...mounts), files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(readCompose(bundle?.text).kind).toBe("document");
  const { services, configs, volumes } = (bundle?.model ?? {}) as { [key: string]: ComposeMapping };
  const { configs: mounted, volumes: mountedVolumes } = (services?.a ?? {}) as ComposeMapping;
  return { configs, volumes, mounted, mountedVolumes };
}

it("does nothing by default: a mount stays a mount", () => {
  const files = { "compose.yaml": mounting("./x.conf:/etc/x.conf"), "x.conf": "x" };
  expect(bundleOf(files).bundle?.text).toContain('source: "./x.conf"');
});

it("names no option in the remedy of a mount of the home folder", () => {
  const { diagnostics } = inlineOf(mounting("~/.aws:/app/.aws:ro"));
  expect(diagnostics).toMatchObject([
    { code: "LYC2303", remedy: expect.stringMatching(/^Copy what .* as variables,/) },
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

it("makes one config for each file of a folder, and uses a file that is mounted over a file of the folder", () => {
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

it("copies the files of a folder that is mounted at the root", () =>
  expect(partsOf({ "d/a": "A" }, "./d:/").mounted).toEqual([{ source: "file_d_a", target: "/a" }]));

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

it("shares a config and a volume between services, and gives them no name that the project declares", () => {
  const text = [
    "services:",
    "  a: {image: i, volumes: ['./x y:/x', './d:/e', 'folder_d:/v'], configs: [file_x_y]}",
    "  b: {image: i, volumes: ['./x y:/z', './d:/e']}",
    "configs: {file_x_y: {content: mine}}",
    "volumes: {folder_d: {}}",
    "",
  ].join("\n");
  const { bundle } = inlineOf(text, { "x y": "x" });
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
  expect(
    inlineOf(text, { "d/a": "A", "d/b": "B", x: "x" }).diagnostics.map(({ code, severity, range, message }) => [
      `${severity} ${code} ${range?.start.line}:${range?.start.column}`,
      message,
    ]),
  ).toEqual([
    [
      "warning LYC2311 5:9",
      'services.a.volumes[0] mounts a folder: the run gets copies of "d/a", "d/b", next to what the image has there',
    ],
    ["warning LYC2311 6:9", 'services.a.volumes[1] mounts a file: the run gets a copy of "x"'],
    [
      "warning LYC2312 7:30",
      "services.a.volumes[2].source mounts no, which does not exist: it becomes the volume folder_no",
    ],
  ]);
});

it("lets the severity of its warnings be chosen", () => {
  const chosen = (LYC2311: "off" | "error") => inlineOf(mounting("./x:/x"), { x: "x" }, { diagnostics: { LYC2311 } });
  expect(chosen("off").diagnostics).toEqual([]);
  expect(chosen("error").bundle).toBeUndefined();
});

test.each(["prod.env", "conf/app.conf", "public.crt"])("the content of %s is secret, for any name", (name) => {
  const { bundle, secrets } = inlineOf(mounting(`./${name}:/x`), { [name]: "A=value" });
  expect([bundle?.secret, secrets]).toEqual([true, ["A=value"]]);
  expect(JSON.stringify(bundle?.redacted(() => "hidden"))).toContain('"content":"hidden"');
});

test("the secrets that the rules find in a file are known for masking", () => {
  const text = "server {\n  listen 80;\r\n\n  auth s3cret\n}\n";
  const knownValuesIn = (content: string, { file }: SecretPlace = {}) =>
    content === text ? [`of ${file}`, "s3cret"] : [];
  const { secrets } = inlineOf(
    mounting("./a.conf:/x"),
    { "a.conf": text },
    { secretRules: { ...NO_SECRETS, knownValuesIn } },
  );
  expect(secrets).toEqual(["of a.conf", "s3cret"]);
});

it("sends a file of the largest possible size, and as many files as fit", () => {
  const files = { a: "a".repeat(500_000), b: "b".repeat(500_000), c: "c".repeat(100_000) };
  expect(Object.keys(partsOf({ a: files.a, b: files.b }, "./a:/a", "./b:/b").configs ?? {})).toHaveLength(2);
  const { diagnostics } = inlineOf(mounting("./a:/a", "./b:/b", "./a:/a2", "./c:/c"), files);
  expect(diagnostics.flatMap(({ code, message }) => (code === "LYC2303" ? [message] : []))).toEqual([
    'services.a.volumes[3] mounts "c", which has 98 KiB, and the text of at most 1 MB can take about 48 more',
  ]);
});

test("the paths of copied files in the container count towards the 5 MB of a project", () => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`d/${index}`, "x"]));
  const mounts = Array.from({ length: 5 }, (_, index) => `./d:/${index}${"x".repeat(10_000)}`);
  const refused = inlineOf(mounting(...mounts), files).diagnostics.filter(({ severity }) => severity === "error");
  expect(refused.map(({ message, path }) => [message, path])).toEqual([
    ["the project grows beyond 5 MB when it is put together", "services.a.volumes[4]"],
  ]);
});

it("leaves an empty file of a folder out, and reports this", () => {
  const bundled = inlineOf(mounting("./d:/d"), { "d/a": "A", "d/none.conf": "" });
  expect(bundled.bundle?.model.configs).toEqual({ file_d_a: { content: "A" } });
  expect(messagesOf(bundled)).toEqual([
    'LYC2311 services.a.volumes[0] mounts a folder: the run gets copies of "d/a", next to what the image has there, but not the empty "d/none.conf": Compose creates no file for an empty config',
  ]);
});

it("leaves out an empty file that is mounted by itself, and reports this", () => {
  const { bundle, diagnostics } = inlineOf(mounting("./app.log:/log", "./x:/x"), { "app.log": "", x: "x" });
  expect(bundle?.model.services).toEqual({ a: { image: "i", configs: [{ source: "file_x", target: "/x" }] } });
  expect(diagnostics[0]?.message).toBe(
    'services.a.volumes[0] mounts the empty file "app.log": the run does not get it, as Compose creates no file for an empty config',
  );
});

it("makes a named volume of a home subfolder that the container writes into, and reads nothing there", () => {
  const bundled = inlineOf(mounting("~/.app/data:/data"));
  expect(messagesOf(bundled)).toEqual([
    'LYC2312 services.a.volumes[0] mounts "~/.app/data", which lies in your home folder, of which nothing is sent: it becomes the volume folder_app_data',
  ]);
  expect(bundled.bundle?.model.volumes).toEqual({ folder_app_data: {} });
});

it("makes a named volume of a folder that holds only empty files", () => {
  expect(messagesOf(inlineOf(mounting("./dir:/d"), { "dir/none": "" }))).toEqual([
    "LYC2312 services.a.volumes[0] mounts dir, which holds only empty files: it becomes the volume folder_dir",
  ]);
});

it("makes a named volume of a missing folder whose name looks like a host name", () => {
  expect(partsOf({}, "./data/peer0.example.com:/var/production").volumes).toEqual({
    folder_data_peer0_example_com: {},
  });
});

const many = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`many/${index}`, "x"]));
const deep = `deep/${"d/".repeat(16)}x`;

test("a folder may have 128 files, and folders 16 levels deep", () => {
  const { "many/128": _last, ...rest } = many;
  expect(partsOf(rest, "./many:/m").configs).toMatchObject({ file_many_0: { content: "x" } });
  expect(partsOf({ [deep.replace("d/", "")]: "x" }, "./deep:/d").configs).not.toEqual({});
});

test.each<readonly [mount: string, files: Files, reason: string]>([
  ["./b:/b", { b: Uint8Array.of(0xff, 1) }, "which is not a text file (UTF-8)"],
  ["./b:/b", { b: "a\u0000" }, "which is not a text file (UTF-8)"],
  ["./b:/b", { "b/ok": "x", "b/z": Uint8Array.of(0xff) }, 'which holds "z", which is not a text file (UTF-8)'],
  ["./b:/b", { b: "x".repeat(1_048_577) }, "which is larger than 1048576 bytes"],
  ["./b:/b", { b: "x".repeat(1_048_576) }, "which has 1024 KiB, and the text of at most 1 MB can take about 1024 more"],
  [
    "./b:/b",
    { "b/1": "x".repeat(600_000), "b/2": "x".repeat(600_000) },
    "which holds 1172 KiB, and the text of at most 1 MB can take about 1024 more",
  ],
  ["./many:/m", many, "which holds more than 128 files and folders"],
  ["./deep:/d", { [deep]: "x" }, "which holds folders more than 16 levels deep"],
  ["./s:/s", { s: "<socket>" }, "which is a socket, a pipe or a device"],
  ["./d:/d", { "d/s": "<socket>" }, 'which holds "s", which is a socket, a pipe or a device'],
  ["./closed:/c", { "closed/<closed>": "" }, "mounts closed, which may not be read by this user"],
  ["./d:/d", { "d/a": "A", "d/s/<closed>": "" }, 'which holds "s", which may not be read by this user'],
  ["./d:/d", { "d/a": "A", "d/b": "<closed>" }, 'which holds "b", which may not be read by this user'],
  ["./far/x:/x", { "far/x": "<closed>" }, "which may not be read by this user"],
  ["./no.conf:/etc/no.conf", {}, "which does not exist, and has the name of a file"],
  ["./Caddyfile:/etc/caddy/Caddyfile", {}, "which does not exist, and has the name of a file"],
  ["./prod:/etc/app/config.yml:ro", {}, "which does not exist, and has the name of a file"],
  [".:/app", { "b.bin": Uint8Array.of(0xff) }, ' mounts ".", which holds "b.bin", which is not a text file (UTF-8)'],
  ["~/x:/x:ro", {}, "which lies in your home folder"],
  ["~/.aws:/x", {}, "which lies in your home folder"],
  ["~/x.conf:/x.conf", {}, "which lies in your home folder"],
  ["~:/x", {}, "which lies in your home folder"],
  [
    "{type: bind, source: ~/x, target: /x, read_only: true}",
    { "~/x": "of the project" },
    "which lies in your home folder",
  ],
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
  const { diagnostics, bundle } = inlineOf(mounting(mount), files);
  expect(bundle).toBeUndefined();
  expect(diagnostics.map(({ code, range, message }) => [code, range?.start.line, message.endsWith(reason)])).toEqual([
    ["LYC2303", 5, true],
  ]);
});

it("does not report that a file looks like a key: all of its content is secret", () => {
  const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\n-----END RSA PRIVATE KEY-----\n";
  const { diagnostics } = inlineOf(mounting("./conf:/etc/app"), { "conf/cert.txt": key });
  expect(diagnostics.map(({ code }) => code)).toEqual(["LYC2311"]);
});

it("does not change a mount whose path is not known yet", () => {
  const unknown = inlineOf(mounting(`./$\{X}:/x`), {}, { variables: { X: UNKNOWN_MARKER } });
  expect([unknown.unknown, unknown.bundle, unknown.diagnostics]).toEqual([true, undefined, []]);
});
