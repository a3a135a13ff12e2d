import { NO_SECRETS } from "../../model/secret-rules";
import { bundleOf, type Files, marksOf, messagesOf } from "../testing/bundle";

// How the content of configs and secrets gets into the one text.

const service = (settings: string) => `services: {a: {image: i, ${settings}}}\n`;
const both = (config: string, secret: string) =>
  `${service("configs: [c], secrets: [s]")}configs: {c: ${config}}\nsecrets: {s: ${secret}}\n`;
const files: Files = { "c.txt": "of the config\n", "s.txt": "of the secret\n" };
// These rules find no secret in a text.
const secretRules = { ...NO_SECRETS, knownValuesIn: () => [] };
const bundled = (text: string, more: Files = files) =>
  bundleOf({ "compose.yaml": text, ...more }, { variables: { C: "config", S: "secret" }, secretRules });

test.each([
  ["files", "{file: c.txt}", "{file: s.txt}", "of the config\n", "of the secret\n"],
  ["variables", "{environment: C}", "{environment: S}", "config", "secret"],
  ["a text and a variable", "{content: text}", "{environment: S}", "text", "secret"],
])("a config and a secret of %s are in the text", (_, config, secret, ofConfig, ofSecret) => {
  const { bundle } = bundled(both(config, secret));
  expect(bundle?.model).toEqual({
    services: { a: { image: "i", configs: [{ source: "c" }, { source: "secret_s", target: "/run/secrets/s" }] } },
    configs: { c: { content: ofConfig }, secret_s: { content: ofSecret } },
  });
});

test.each([
  ["a config of a variable", service("configs: [c]"), "configs: {c: {environment: C}}\n", false, []],
  ["a config of a file", service("configs: [c]"), "configs: {c: {file: c.txt}}\n", true, []],
  ["a secret of a variable", service("secrets: [s]"), "secrets: {s: {environment: S}}\n", true, ["secret"]],
  ["a secret of a file", service("secrets: [s]"), "secrets: {s: {file: s.txt}}\n", true, ["of the secret\n"]],
])("the content of %s makes the bundle secret, and messages mask this content", (_, text, rest, isSecret, masked) => {
  const { bundle, secrets } = bundled(text + rest);
  expect([bundle?.secret, secrets]).toEqual([isSecret, masked]);
});

test.each([
  ["a variable that is not set", "{environment: NONE}", ["LYC2309 configs.c.environment"]],
  ["a variable without a name", "{environment: ''}", []],
  ["a variable that is a list", "{environment: []}", ["LYC2104 configs.c.environment"]],
  ["a file that does not exist", "{file: none.txt}", ["LYC2501 configs.c.file"]],
  ["a file that is not a text", "{file: binary}", ["LYC2511 configs.c.file"]],
])("a config of %s is refused at its position", (_, config, expected) => {
  const text = `${service("configs: [c]")}configs: {c: ${config}}\n`;
  const marks = marksOf(bundled(text, { binary: Uint8Array.of(0xff) })).map((mark) => mark.replace(/^\S+ /, ""));
  expect(marks).toEqual(expect.arrayContaining(expected));
  if (expected.length === 0) expect(marks.join()).not.toContain("LYC2309");
});

test("a byte order mark stays in a file, and is no part of a secret value", () => {
  const { bundle, secrets } = bundled(both("{file: c.txt}", "{file: s.txt}"), {
    "c.txt": "\ufeffx",
    "s.txt": "\ufeffy",
  });
  expect(bundle?.model.configs).toEqual({ c: { content: "\ufeffx" }, secret_s: { content: "\ufeffy" } });
  expect(secrets).toEqual(["y"]);
});

test("a secret that is kept elsewhere stays a secret of the service", () => {
  const text = `${service("secrets: [s, kept, {source: s, target: /t, mode: 0400}]")}secrets: {s: {file: s.txt}, kept: {external: true}}\n`;
  expect(bundled(text).bundle?.model).toMatchObject({
    services: {
      a: {
        secrets: [{ source: "kept" }],
        configs: [
          { source: "secret_s", target: "/run/secrets/s" },
          { source: "secret_s", target: "/t", mode: "0400" },
        ],
      },
    },
    secrets: { kept: { external: true } },
  });
});

test("the config of a secret has a name that no other config has", () => {
  const text = `${service("configs: [secret_s], secrets: [s]")}configs: {secret_s: {content: x}}\nsecrets: {s: {file: s.txt}}\n`;
  expect(bundled(text).bundle?.model).toMatchObject({
    configs: { secret_s: { content: "x" }, secret_s_: { content: "of the secret\n" } },
  });
});

test("together, the files may add up to 5 MB", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const list = names.map((name) => `${name}: {file: ${name}.txt}`).join(", ");
  const text = `${service(`configs: [${names.join(", ")}]`)}configs: {${list}}\n`;
  const large = Object.fromEntries(names.map((name) => [`${name}.txt`, "x".repeat(1_000_000)]));
  expect(messagesOf(bundled(text, large))).toContain("LYC2502 the project grows beyond 5 MB when it is put together");
});

test.each([
  ["a config", "read_only: true, configs: [c]", ["LYC2512 services.a.read_only"]],
  ["a secret", "read_only: 'yes', secrets: [s]", ["LYC2512 services.a.read_only"]],
  ["nothing", "read_only: true", []],
  ["a config, if they are not read-only", "read_only: false, configs: [c]", []],
])("the read-only files of a container get %s: %s", (_, settings, expected) => {
  const text = `${service(settings)}configs: {c: {file: c.txt}}\nsecrets: {s: {file: s.txt}}\n`;
  expect(marksOf(bundled(text)).map((mark) => mark.replace(/^\S+ /, ""))).toEqual(expected);
});

test("a project in another folder may use the files of the folder that the program names", () => {
  const { folder, bundle } = bundleOf(
    { "/q/.env": "COMPOSE_FILE=sub/a.yaml\n", "/q/b.env": "B=1\n", "/q/sub/a.yaml": service("env_file: ../b.env") },
    { paths: ["/q"] },
  );
  expect([folder, bundle?.model]).toEqual(["/q/sub", { services: { a: { image: "i", environment: { B: "1" } } } }]);
});
