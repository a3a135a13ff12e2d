import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import type { AllResult } from "../all/all-report";
import type { AllReport } from "../all/all-schema";
import { codeOf } from "../report/report";
import type { Report } from "../report/report-schema";

const REFERENCE = join(__dirname, "../../../docs/reference");
/** The path of the schema for the report about one stack. */
export const SCHEMA_FILE = join(REFERENCE, "ci.schema.json");
/** The path of the schema for the report of a command with `--all`. */
export const ALL_SCHEMA_FILE = join(REFERENCE, "ci-all.schema.json");

/** Returns the result of a preview of all stacks, by default without any stack. */
export const allResult = (more: Partial<AllResult>): AllResult => ({
  operation: "preview",
  only: undefined,
  since: undefined,
  outcomes: [],
  untouched: [],
  unreviewed: [],
  isStopped: false,
  error: undefined,
  ...more,
});

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/**
 * Returns a schema that accepts no additional fields, so that a test fails if a report has a field that the schema of
 * the package lacks. Other readers must accept additional fields, because a later version of the package may add some.
 */
function closed({ properties, items, ...node }: Node): object {
  return {
    ...node,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, closed(one)])),
          additionalProperties: false,
        }),
  };
}

/** Checks that a text is a report according to the schema of the package, and that it fits the exit code. */
export function validReport(text: string, exitCode?: number | null): Report {
  const report = valid<Report>(text, SCHEMA_FILE);
  if (exitCode !== undefined) expect([report.result, exitCode]).toEqual([report.result, codeOf(report)]);
  return report;
}

/**
 * Checks that a text is valid output of `--json` with `--all`, and that each report in it fits the exit code of its
 * stack.
 */
export function validAllReport(text: string, exitCode?: number | null): AllReport {
  const report = valid<AllReport>(text, ALL_SCHEMA_FILE);
  if (exitCode !== undefined) expect(report.exitCode).toBe(exitCode);
  for (const { folder, exitCode: code, report: own } of report.stacks)
    if (own !== null) expect([folder, code]).toEqual([folder, codeOf(own)]);
  return report;
}

function valid<Value>(text: string, schema: string): Value {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile<Value>(
    closed(JSON.parse(readFileSync(schema, "utf8"))),
  );
  const report: unknown = JSON.parse(text);
  if (!validate(report))
    throw new Error(`The report is not valid: ${JSON.stringify(validate.errors, null, 2)}\n${text}`);
  return report;
}
