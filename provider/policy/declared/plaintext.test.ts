// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { memoryFiles } from "../../../compose/project/testing/memory-files";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { plaintextViolations, violationLine } from "./plaintext";

const WRITTEN_OUT = "services.web.environment.API_TOKEN is a secret by its name";
const web = (token: string, more = "") =>
  `services:\n  web:\n    image: web\n    environment: { API_TOKEN: ${token} }\n${more}`;

/**
 * The locations of secrets in files below the folder of the repository. The Pulumi project is in the repository's
 * folder `infra`.
 */
function found(inputs: object, texts: Readonly<Record<string, string>> = {}, environment: Record<string, string> = {}) {
  const files = memoryFiles(Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/r/${path}`, text])));
  const project = { folder: "/r/infra", files, variable: (name: string) => environment[name] };
  return [...plaintextViolations("train", { ...inputs }, project)].map(
    ({ code, file = "", range, message }) => `${code} ${file}:${range?.start.line ?? ""} ${message}`,
  );
}

test.each([
  ["the file itself", "web.yaml", { "infra/web.yaml": web("hunter2hunter2") }, "web.yaml:4"],
  [
    "an included file",
    "web.yaml",
    { "infra/web.yaml": "include: [inc.yaml]\n", "infra/inc.yaml": web("hunter2hunter2") },
    "inc.yaml:4",
  ],
  [
    "a file of a service that is extended",
    "web.yaml",
    {
      "infra/web.yaml": "services: {web: {extends: {file: ext.yaml, service: web}}}\n",
      "infra/ext.yaml": web("hunter2hunter2"),
    },
    "ext.yaml:4",
  ],
  ["a default", "web.yaml", { "infra/web.yaml": web('"${API_TOKEN:-hunter2hunter2}"') }, "web.yaml:4"],
  ["another folder", "../compose/w.yaml", { "compose/w.yaml": web("hunter2hunter2") }, "../compose/w.yaml:4"],
  ["a folder", "../compose", { "compose/compose.yaml": web("hunter2hunter2") }, "../compose/compose.yaml:4"],
])("a plaintext secret in %s is found there", (_, composeFile, texts, place) => {
  const diagnostics = { LYC2601: "off", LYC2602: "off" };
  const expected = [expect.stringContaining(`LYC5105 ${place} train: ${WRITTEN_OUT}`)];
  expect(found({ composeFile }, texts)).toEqual(expected);
  expect(found({ composeFile, diagnostics }, texts)).toEqual(expected);
});

test.each([
  ["the file of variables", {}, { "infra/.env": "TOKEN=hunter2hunter2\n" }, {}],
  ["a file that the program names", { envFiles: ["v"] }, { "infra/v": "TOKEN=hunter2hunter2\n" }, {}],
  ["the program", { variables: { TOKEN: "hunter2hunter2" } }, {}, {}],
  ["a secret of the program", { variables: { TOKEN: "[secret]" } }, {}, {}],
  ["what is not known at preview", { variables: { TOKEN: UNKNOWN_TEXT } }, {}, {}],
  ["the environment", { inheritEnvironment: ["TOKEN"] }, {}, { TOKEN: "hunter2hunter2" }],
  ["nothing", {}, {}, {}],
])("a variable of %s is not a plaintext secret", (_, inputs, texts, environment) => {
  const all = { ...texts, "infra/web.yaml": web('"${TOKEN-}"') };
  expect(found({ composeFile: "web.yaml", ...inputs }, all, environment)).toEqual([]);
});

test.each([
  ["the file of variables", {}, { "infra/.env": "FILE=inc\n" }, {}],
  ["a file that the program names", { envFiles: ["v"] }, { "infra/v": "FILE=inc\n" }, {}],
  ["the program", { variables: { FILE: "inc" } }, {}, {}],
  ["the environment", { inheritEnvironment: ["FILE"] }, {}, { FILE: "inc" }],
])("a variable of %s may name a file that is searched for secrets", (_, inputs, texts, environment) => {
  const files = { "infra/web.yaml": "include: ['${FILE}.yaml']\n", "infra/inc.yaml": web("hunter2hunter2") };
  expect(found({ composeFile: "web.yaml", ...inputs }, { ...texts, ...files }, environment)).toEqual([
    expect.stringContaining(`LYC5105 inc.yaml:4 train: ${WRITTEN_OUT}`),
  ]);
});

test.each([
  ["next to a variable", web('"postgres://u:hunter2hunter2@${HOST}/db"'), { variables: { HOST: "db" } }],
  [
    "in a service of a profile that is not active",
    web("hunter2hunter2", "    profiles: [p]\n  db: { image: db }\n"),
    {},
  ],
])("a secret %s is found in the written form of the file", (_, text, inputs) => {
  expect(found({ composeFile: "web.yaml", ...inputs }, { "infra/web.yaml": text })).toEqual([
    expect.stringMatching(/^LYC5105 web\.yaml:4 train: services\.web\.environment\.API_TOKEN /),
  ]);
});

test("a secret that a later file overrides is found", () => {
  const texts = { "infra/web.yaml": web("hunter2hunter2"), "infra/over.yaml": web('"$TOKEN"') };
  expect(found({ composeFile: ["web.yaml", "over.yaml"] }, texts)).toEqual([
    expect.stringContaining(`LYC5105 web.yaml:4 train: ${WRITTEN_OUT}`),
  ]);
});

test.each([
  ["a folder", "src/"],
  ["a file", "src/index.ts"],
])("files are read in the folder in which Pulumi runs the program: `main` is %s", (_, main) => {
  const texts = { "infra/Pulumi.yaml": `name: p\nmain: ${main}\n`, "infra/src/index.ts": "" };
  expect(found({ composeFile: "web.yaml" }, { ...texts, "infra/src/web.yaml": web("hunter2hunter2") })).toEqual([
    expect.stringContaining(`LYC5105 src/web.yaml:4 train: ${WRITTEN_OUT}`),
  ]);
});

test.each([
  ["of which one is missing", ["web.yaml", "gone.yaml"], web("$TOKEN"), '"gone.yaml" does not exist'],
  ["that is missing", "gone.yaml", web("$TOKEN"), '"gone.yaml" does not exist'],
  ["that includes a missing one", "web.yaml", web("$TOKEN", "include: [gone.yaml]\n"), '"gone.yaml" does not exist'],
  ["that is no document", "web.yaml", "services: [", ""],
  ["that is a list", "web.yaml", "[1]", "must be a mapping"],
  ["with a service that is no mapping", "web.yaml", web("$TOKEN", "  db: none\n"), "db must be a mapping"],
])("files %s cannot be read, which is not allowed", (_, composeFile, text, reason) => {
  const diagnostics = { LYC2101: "off", LYC2104: "off" };
  const all = found({ composeFile, diagnostics }, { "infra/web.yaml": text });
  expect(all).toEqual([expect.stringMatching(/^LYC5105 .*train: its Compose files cannot be read: /)]);
  expect(all[0]).toContain(reason);
});

test("a message about files does not show the value of a variable", () => {
  const [line = ""] = found(
    { composeFile: "web.yaml", variables: { FOLDER: "hunter2hunter2" } },
    { "infra/web.yaml": "include: ['${FOLDER}/x.yaml']\n" },
  );
  expect(line).toContain("cannot be read");
  expect(line).not.toContain("hunter2");
});

test.each([
  { composeFile: UNKNOWN_TEXT },
  { composeFile: "[secret]" },
  { composeFile: ["web.yaml", UNKNOWN_TEXT] },
  { composeFile: "web.yaml", profiles: [UNKNOWN_TEXT] },
  { composeFile: "web.yaml", composeRoot: UNKNOWN_TEXT },
  { composeFile: "web.yaml", envFiles: ["[secret]"] },
  { composeFile: "web.yaml", variables: UNKNOWN_TEXT },
  { composeFile: "web.yaml", variables: "[secret]" },
  { composeFile: "web.yaml", inheritEnvironment: UNKNOWN_TEXT },
  { composeFileCode: UNKNOWN_TEXT },
  { composeFileCode: `services: {web: {image: ${UNKNOWN_TEXT}}}` },
])("%j is unknown at preview, which is not allowed", (inputs) => {
  expect(found(inputs, { "infra/web.yaml": web("$TOKEN") })).toEqual([
    "LYC5105 : train: its Compose document is not known at preview",
  ]);
});

const NOT_ALL =
  "train: not all files of its Compose project are known at preview: a variable that names files or profiles is secret or not known yet";

test.each([
  ["include", "include: ['${NAME}/x.yaml']\n"],
  ["extends.file", "services: {web: {extends: {file: '${NAME}/x.yaml', service: web}}}\n"],
  ["env_file", "services: {web: {image: web, env_file: '${NAME}/v.env'}}\n"],
])("a variable that is secret or unknown is not allowed in a path of %s", (_, text) => {
  for (const NAME of [UNKNOWN_TEXT, "[secret]"]) {
    expect(found({ composeFile: "web.yaml", variables: { NAME } }, { "infra/web.yaml": text })).toEqual([
      `LYC5105 : ${NOT_ALL}`,
    ]);
  }
});

test("plaintext secrets of known files are found, also where other files are unknown", () => {
  const texts = { "infra/web.yaml": `include: ['\${NAME}/x.yaml']\n${web("hunter2hunter2")}` };
  expect(found({ composeFile: "web.yaml", variables: { NAME: UNKNOWN_TEXT } }, texts)).toEqual([
    expect.stringContaining(`LYC5105 web.yaml:5 train: ${WRITTEN_OUT}`),
    `LYC5105 : ${NOT_ALL}`,
  ]);
});

test("an error of reading variables is passed to the caller", () => {
  const error = new Error("not known at preview");
  const inputs = Object.defineProperty({ composeFile: "web.yaml" }, "variables", {
    get: () => {
      throw error;
    },
  });
  const project = { folder: "/r", files: memoryFiles({ "/r/web.yaml": web("$TOKEN") }), variable: () => undefined };
  expect(() => [...plaintextViolations("train", inputs, project)]).toThrow(error);
});

test.each([
  ["as it is", web("hunter2hunter2"), {}, 1],
  ["in a service of a profile", web("hunter2hunter2", "    profiles: [extra]\n"), {}, 1],
  ["in a default", web('"${TOKEN:-hunter2hunter2}"'), {}, 1],
  ["in a default that holds", web('"${TOKEN:-hunter2hunter2}"'), { variables: { OTHER: "1" } }, 1],
  ["in a variable", web('"${TOKEN}"'), { variables: { TOKEN: "hunter2hunter2" } }, 0],
])("a text of the program with a secret %s", (_, composeFileCode, inputs, count) => {
  const lines = found({ composeFileCode, ...inputs });
  expect(lines).toEqual(Array(count).fill(expect.stringContaining(`LYC5105 : train: ${WRITTEN_OUT}`)));
});

test("a text that is secret as a whole may contain secrets", () => {
  expect(found({ composeFileCode: "[secret]" })).toEqual([]);
  expect(found({ composeFileCode: { ciphertext: "[secret]" } })).toEqual([]);
});

const position = { line: 4, column: 7, offset: 30 };
test.each([
  ["in no file", {}, ""],
  ["in a whole file", { file: "web.yaml" }, "web.yaml:1:1 "],
  ["at a position in a file", { file: "web.yaml", range: { start: position, end: position } }, "web.yaml:4:7 "],
])("the line of a violation %s begins with its location", (_, location, shown) => {
  const line = violationLine({
    code: "LYC5105",
    severity: "error",
    message: "a secret",
    remedy: "Mark it.",
    ...location,
  });
  expect(line).toBe(`${shown}error LYC5105: A secret. Mark it.`);
});

test("a violation shows neither a secret in a key nor how long a secret is", () => {
  const project = {
    folder: "/r",
    files: memoryFiles({
      "/r/web.yaml": web("hunter2hunter2", '    labels: { "DB_TOKEN=c4n4ry-x7Kq2": 5e3a-hunter2hunter2 }\n'),
    }),
    variable: () => undefined,
  };
  const violations = [...plaintextViolations("train", { composeFile: "web.yaml" }, project)];
  expect(violations).not.toEqual([]);
  expect(JSON.stringify(violations)).not.toContain("c4n4ry");
  for (const { range } of violations) expect(range?.end).toEqual(range?.start);
});
