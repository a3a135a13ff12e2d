import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { Diagnostic } from "../../compose";
import { COMPOSE_CATALOGUE } from "../../provider/compose-rules";
import { POLICY_CATALOGUE } from "../../provider/policy";
import { runCommandLine } from "../run";
import { fakeSurface } from "../testing/surface";
import { asSarif } from "./sarif";

/** Reads the schema of SARIF 2.1.0. The validator expects `$id`, so `id` is renamed. */
function readSchema(): object {
  const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema: _dialect, id: _name, ...schema } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return schema;
}

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(readSchema());

/** Returns the schema errors of a log. */
function errorsOf(log: unknown): string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const options = { version: "1.2.3", folder: "/project" };
const range = { start: { line: 1, column: 1, offset: 0 }, end: { line: 2, column: 3, offset: 9 } };
const every: Diagnostic[] = Object.entries({ ...COMPOSE_CATALOGUE, ...POLICY_CATALOGUE }).map(
  ([code, { severity, remedy }], index) => ({
    code,
    severity,
    message: `fault ${index} of "x {0}"`,
    remedy,
    file: ["a b.yaml", "/elsewhere/ü.yaml", "../x:y.yaml"][index % 3] ?? "",
    ...(index % 2 === 0 ? {} : { path: "services.a", range }),
  }),
);
const logOf = (found: readonly Diagnostic[]): unknown => JSON.parse(asSarif(found, options));

/** Returns a log with one value changed or removed. */
function planted(path: readonly (string | number)[], value: unknown): unknown {
  const log = logOf(every);
  let at = log as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as typeof at;
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return log;
}

const location = ["runs", 0, "results", 1, "locations", 0, "physicalLocation"] as const;

it.each([
  ["a rule twice", ["runs", 0, "tool", "driver", "rules"], [{ id: "a" }, { id: "a" }]],
  ["an address with a blank", [...location, "artifactLocation", "uri"], "a b"],
])("the schema finds %s", (_what, path, value) => {
  expect(errorsOf(planted(path, value))).not.toEqual([]);
});

it("logs of every code, of files inside and outside, and of none fit the schema", () => {
  expect(errorsOf(logOf(every))).toEqual([]);
  expect(errorsOf(logOf([]))).toEqual([]);
});

it("the log of a project of several files fits the schema", () => {
  const surface = fakeSurface({
    "app/compose.yaml": "include: [parts/x.yaml]\nservices: {a: {image: i, env_file: a.env}, b: {}}\n",
    "app/parts/x.yaml": "services:\n  c:\n    image: i\n    prots: [80]\n    privileged: true\n",
    "app/a.env": "A B\n",
  });
  expect(runCommandLine(["check", "app", "--sarif"], surface)).toBe(1);
  const [text = ""] = surface.output;
  expect(errorsOf(JSON.parse(text))).toEqual([]);
  expect([...text.matchAll(/"ruleId": "(.*)"/g)].map(([, code]) => code).sort()).toEqual([
    "LYC2105",
    "LYC2201",
    "LYC2401",
    "LYC2508",
  ]);
});
