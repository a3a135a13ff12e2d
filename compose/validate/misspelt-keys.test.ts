import { bundleOf } from "../project/testing/bundle";
import { validateCompose } from ".";

const body = "services:\n  web:\n    image: i\n";

const rows: readonly (readonly [what: string, text: string, mark: string])[] = [
  ["image", "services:\n  web:\n    imgae: nginx\n", "LYC2105@3"],
  ["build", "services:\n  web:\n    biuld: .\n", "LYC2105@3"],
  ["extends", "services:\n  web:\n    extend: {service: a}\n  a: {image: i}\n", "LYC2105@3"],
  ["image of a job", `${body}jobs:\n  once:\n    imgae: nginx\n    triggers: {manual: true}\n`, "LYC2105@6"],
  ["services", "servces:\n  web:\n    image: i\n", "LYC2105@1"],
  ["volumes", `${body}    volumes: ["data:/d", "more:/m"]\nvolume:\n  data:\n  more:\n`, "LYC2105@5"],
  ["networks", `${body}    networks: [back]\nnetwork:\n  back:\n`, "LYC2105@5"],
  ["secrets", `${body}    secrets: [key]\nsecret:\n  key: {environment: KEY}\n`, "LYC2105@5"],
  ["configs", `${body}    configs: [key]\nconfig:\n  key: {content: KEY}\n`, "LYC2105@5"],
  ["models", `${body}    models: [llm]\nmodel:\n  llm: {model: ai/x}\n`, "LYC2105@5"],
  ["a required key", "services:\n  web:\n    image: i\n    ports:\n      - targt: 80\n", "LYC2105@5"],
  ["the target of a mount", `${body}    volumes: [{type: tmpfs, targt: /a}]\n`, "LYC2105@4"],
  ["the source of a secret", `${body}    secrets: [{souce: key}]\nsecrets: {key: {environment: K}}\n`, "LYC2105@4"],
  ["the content of a config", `${body}    configs: [c]\nconfigs: {c: {contents: x}}\n`, "LYC2105@5"],
  [
    "healthcheck",
    `${body}    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: i\n    healthchek: {test: a}\n`,
    "LYC2105@7",
  ],
  [
    "the test of a healthcheck",
    `${body}    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: i\n    healthcheck: {tests: a}\n`,
    "LYC2105@7",
  ],
  [
    "a service that is built",
    `${body}    build: {additional_contexts: {a: "service:db"}}\n  db:\n    image: i\n    biuld: .\n`,
    "LYC2105@7",
  ],
];

const linesOf = ({ diagnostics }: Pick<ReturnType<typeof validateCompose>, "diagnostics">) =>
  diagnostics.flatMap(({ code, range }) => (code === "LYC2113" ? [] : [`${code}@${range?.start.line}`]));

describe.each(rows)("a misspelt key that stands for %s", (_, text, mark) => {
  test("is the only diagnostic of a text", () => expect(linesOf(validateCompose(text))).toEqual([mark]));
  test("is the only diagnostic of a project", () => {
    expect(linesOf(bundleOf({ "compose.yaml": text }))).toEqual([mark]);
  });
});

test("the key of an extended service explains the service that extends it", () => {
  const files = {
    "compose.yaml": "services:\n  web:\n    extends: {file: base.yaml, service: base}\n",
    "base.yaml": "services:\n  base:\n    imgae: nginx\n",
  };
  const { diagnostics } = bundleOf(files);
  expect(diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual(["LYC2105 base.yaml"]);
});

test.each([
  ["has an unrelated unknown key", "services:\n  web:\n    zzz: nginx\n", ["LYC2201@2", "LYC2105@3"]],
  ["has a similar extension", "services:\n  web:\n    x-image: nginx\n", ["LYC2201@2"]],
  [
    "lacks a name in a section that is there",
    `${body}    volumes: ["data:/d"]\nvolumes:\n  more:\nvolume:\n  data:\n`,
    ["LYC2205@4", "LYC2105@7"],
  ],
])("a document that %s still has the diagnostic about what is missing", (_, text, marks) => {
  expect(linesOf(validateCompose(text))).toEqual(marks);
});

test("without the error about the key, the missing key is reported", () => {
  const text = "services:\n  web:\n    imgae: nginx\n";
  expect(linesOf(validateCompose(text, { diagnostics: { LYC2105: "off" } }))).toEqual(["LYC2201@3"]);
  expect(linesOf(validateCompose(text, { diagnostics: { LYC2105: "warning" } }))).toEqual(["LYC2201@3", "LYC2105@3"]);
});

test("more misspelt keys than a list shows are reported, and not what they explain", () => {
  const text = `services:\n${Array.from({ length: 250 }, (_, i) => `  s${i}: {imgae: i}\n`).join("")}`;
  const { diagnostics } = validateCompose(text);
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["LYC2105", "LYC2099"]));
  expect(diagnostics.at(-1)).toMatchObject({
    message: "150 more errors are not shown",
    leftOut: [{ code: "LYC2105", severity: "error", count: 150 }],
  });
});
