import { places, web } from "../testing/read-marks";
import { validateCompose } from "../validate";
import { readCompose } from "./read";

// The comment at the end of a line has the value that docker compose 2.40.3 reads.
test.each([
  ["as a value", `${web}    network_mode: !!binary aG9zdA==\n`, "4:28"], // host
  ["with an anchor", `${web}    network_mode: &a !!binary aG9zdA==\n`, "4:31"], // host
  ["in quotes", `${web}    network_mode: !!binary "aG9zdA=="\n`, "4:28"], // host
  ["in a list", `${web}    volumes: [!!binary Lzov]\n`, "4:24"], // /:/
  ["as a key", `${web}    !!binary cHJpdmlsZWdlZA==: true\n`, "4:14"], // privileged
  ["on a mapping", `${web}    labels: !!binary {a: b}\n`, "4:22"],
  ["on a list", `${web}    labels: !!binary [a]\n`, "4:22"],
  ["by a handle", `%TAG !e! tag:yaml.org,2002:\n---\n${web}    network_mode: !e!binary aG9zdA==\n`, "6:29"], // host
  ["by a handle within the name", `%TAG !e! tag:yaml.org,2002:b\n---\n${web}    pid: !e!inary aG9zdA==\n`, "6:19"], // host
  ["by another first handle", `%TAG ! tag:yaml.org,2002:\n---\n${web}    pid: !binary aG9zdA==\n`, "6:18"], // host
  ["by a handle for !!", `%TAG !e! !!\n---\n${web}    pid: !e!binary aG9zdA==\n`, "6:20"], // host
  ["by a handle with an escape", `%TAG !e! tag:yaml.org%2C2002:\n---\n${web}    pid: !e!binary aG9zdA==\n`, "6:20"], // host
  ["with an escape", `${web}    pid: !!bin%61ry aG9zdA==\n`, "4:21"], // host
  ["whole, with an escape", `${web}    pid: !<tag:yaml.org%2C2002:binary> aG9zdA==\n`, "4:40"], // host
  ["whole and short", `${web}    pid: !<!!binary> aG9zdA==\n`, "4:22"], // host
])("!!binary is refused at its position %s", (_name, text, location) => {
  expect(places(text)).toEqual([`LYC2006@${location}`]);
});

test.each(["timestamp", "value", "yaml", "foo"])("the tag !!%s is refused", (name) => {
  expect(places(`${web}x-a: !!${name} 2001-01-01\n`)).toHaveLength(1);
});

test("the diagnostic names the tag and cannot be switched off", () => {
  const text = `${web}    network_mode: !!binary aG9zdA==\n`;
  const { diagnostics } = validateCompose(text, { diagnostics: { LYC2006: "off" } });
  expect(diagnostics).toMatchObject([{ code: "LYC2006", severity: "error", path: "services.web.network_mode" }]);
  expect(diagnostics[0]?.message).toContain("!!binary");
});

test("an unknown tag is not shown: it may be a password", () => {
  const { diagnostics } = validateCompose(`${web}    environment: {PASSWORD: !!canary }\n`, {});
  expect(diagnostics.map(({ code }) => code)).toContain("LYC2006");
  expect(JSON.stringify(diagnostics.map(({ message }) => message))).not.toContain("canary");
});

test.each([
  ["!!str 1", "1"],
  ['!!int "1"', 1],
  ["!!float 1.5", 1.5],
  ["!!bool true", true],
  ["!!null ~", null],
  ["!!map {a: b}", { a: "b" }],
  ["!!seq [a]", ["a"]],
  ["!!set {a, b}", { a: null, b: null }],
  ["!!omap [a: b]", [{ a: "b" }]],
  ["!!pairs [a: b]", [{ a: "b" }]],
  ["!local a", "a"],
  ["!override [a]", ["a"]],
])("%s is read as Compose reads it", (text, value) => {
  expect(readCompose(`${web}x-a: ${text}\n`)).toMatchObject({ kind: "document", model: { "x-a": value } });
});

// A tag that does not belong to YAML leaves the text unchanged. If such a tag is directly at `<<`, the key is an
// ordinary key.
test.each([
  ["!local 1", "1"],
  ["!local 010", "010"],
  ["!local true", "true"],
  ["!local ~", "~"],
  ["!override 1", "1"],
  ["!override [1]", [1]],
  ["{<<: *a}", { p: "q" }],
  ["{!!merge <<: *a}", { p: "q" }],
  ['{!!merge "<<": *a}', { p: "q" }],
  ['{"<<": *a}', { "<<": { p: "q" } }],
  ["{!!str <<: *a}", { "<<": { p: "q" } }],
  ["{!!set <<: *a}", { "<<": { p: "q" } }],
  ["{!local <<: *a}", { "<<": { p: "q" } }],
  ["{!local 1: b}", { 1: "b" }],
])("%s is read as Compose reads it", (text, value) => {
  const read = readCompose(`x-a: &a {p: q}\n${web}x-b: ${text}\n`);
  expect(read.kind === "document" && read.model["x-b"]).toEqual(value);
});

test("numbers and booleans after !override are still numbers and booleans", () => {
  const text = `${web}    scale: !override 2\n    tty: !override true\n    mem_limit: !override 1000000000\n`;
  expect(validateCompose(text, {}).diagnostics).toEqual([]);
});

test.each(['"<<": *a, <<: *a', '<<: *a, "<<": *a', "!local <<: *a, <<: *a", "!!merge <<: *a, <<: *a"])(
  "{%s} has one key twice, as for Compose",
  (keys) => {
    expect(places(`x-a: &a {p: q}\n${web}x-b: {${keys}}\n`)).toEqual([expect.stringMatching(/^LYC2007@5:/)]);
  },
);

test("a date with the tag !!str is a string, as a value and as a key", () => {
  const { diagnostics } = validateCompose(
    `${web}    hostname: !!str 2024-01-01\n    labels: {!!str 2024-01-01: a}\n`,
    {},
  );
  expect(diagnostics).toEqual([]);
});
