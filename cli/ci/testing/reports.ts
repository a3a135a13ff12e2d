import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { codeOf } from "../report/report";
import type { Report } from "../report/report-schema";

/** The schema that the package contains. */
export const SCHEMA_FILE = join(__dirname, "../../../docs/reference/ci.schema.json");

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/**
 * The schema without room for fields that it does not have. Its readers accept further fields, because a later version
 * of the package may add some. A test does not.
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

/** Checks that a text is a report as the schema of the package describes it, and that it fits the exit code. */
export function validReport(text: string, exitCode?: number | null): Report {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile<Report>(
    closed(JSON.parse(readFileSync(SCHEMA_FILE, "utf8"))),
  );
  const report: unknown = JSON.parse(text);
  if (!validate(report))
    throw new Error(`The report is not valid: ${JSON.stringify(validate.errors, null, 2)}\n${text}`);
  if (exitCode !== undefined) expect([report.result, exitCode]).toEqual([report.result, codeOf(report)]);
  return report;
}
