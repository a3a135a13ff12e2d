import { programErrors } from "./program-errors";

const FOLDER = "/repository/infra";
const found = (text: string, ...printed: readonly string[]) =>
  programErrors({ messages: [{ urn: undefined, severity: "error", text }], printed }, FOLDER).map(
    ({ file, range, message }) => `${file}:${range?.start.line}:${range?.start.column} ${message}`,
  );
const exception = (text: string) => `Running program '${FOLDER}/index.js' failed with an unhandled exception:\n${text}`;

test.each([
  [
    "an exception of a program",
    exception(
      `Error: boom\n    at read (${FOLDER}/node_modules/config/index.js:3:1)\n    at f (${FOLDER}/lib/runs.ts:42:9)\n    at Object.<anonymous> (${FOLDER}/index.ts:44:1)\n    at Module._compile (node:internal/modules/cjs/loader:1781:14)`,
    ),
    ["lib/runs.ts:42:9 Error: boom"],
  ],
  [
    "a frame without a function",
    exception(`TypeError: x\n    at ${FOLDER}/index.js:7:3`),
    ["index.js:7:3 TypeError: x"],
  ],
  ["a frame of an ES module", exception(`Error: x\n    at file://${FOLDER}/index.mjs:1:2`), ["index.mjs:1:2 Error: x"]],
  [
    "a text that cannot be parsed",
    exception(`${FOLDER}/index.js:1\nconst x = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n`),
    ["index.js:1:11 SyntaxError: Unexpected token ';'"],
  ],
  [
    "errors of the compiler",
    exception(
      "TSError: ⨯ Unable to compile TypeScript:\nindex.ts(3,7): error TS2322: Type 'number'.\nlib/a.ts:4:1 - error TS1005: ';' expected.",
    ),
    ["index.ts:3:7 TS2322: Type 'number'.", "lib/a.ts:4:1 TS1005: ';' expected."],
  ],
  ["an exception within packages only", exception(`Error: x\n    at f (${FOLDER}/node_modules/a/index.js:1:1)`), []],
  ["another error", `Error: x\n    at f (${FOLDER}/index.js:1:1)`, []],
])("the errors in the output of Pulumi: %s", (_, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test("errors of the language host for YAML, which prints them line by line, are found", () => {
  expect(
    found(
      "",
      "Warning: Field 'propertes' does not exist on Object 'resources.web'\n\n",
      "  on Pulumi.yaml line 14:\n\n",
      "  14:     propertes:\n\n",
      "Existing fields are: 'properties', 'get', 'options'\n\n",
      "Error: Property composeFil does not exist on 'lyceum:index:ComposeExecution'\n\n",
      "  on Pulumi.yaml line 15:\n\n",
      "  15:       composeFil: web.yaml\n\n",
      "Error: without a location\n\n",
    ),
  ).toEqual(["Pulumi.yaml:15:7 Property composeFil does not exist on 'lyceum:index:ComposeExecution'"]);
});
