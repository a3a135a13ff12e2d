import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEMA_FILE, validReport } from "../testing/reports";
import { fieldsOf, schemaDocument } from "./json-schema";
import { codeOf, reportOf } from "./report";
import { REPORT_SCHEMA, type Report } from "./report-schema";

const PAGE = join(__dirname, "../../../docs/reference/ci.md");
const update = process.env.UPDATE_GOLDEN === "1";

test("the file of the package is the schema; UPDATE_GOLDEN=1 writes it", () => {
  const id = "https://github.com/pulumi-lyceum/pulumi-lyceum/blob/main/docs/reference/ci.schema.json";
  const about = { id, title: "Report of pulumi-lyceum ci" };
  const text = `${JSON.stringify(schemaDocument(REPORT_SCHEMA, about), null, 2)}\n`;
  if (update) writeFileSync(SCHEMA_FILE, text);
  else expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(text);
});

test("the page lists every field; UPDATE_GOLDEN=1 writes them", () => {
  const rows = fieldsOf(REPORT_SCHEMA).map(
    ({ path, type, description }) => `| \`${path}\` | ${type.replaceAll("|", "\\|")} | ${description} |`,
  );
  const want = ["| field | value | meaning |", "|---|---|---|", ...rows].join("\n");
  const page = readFileSync(PAGE, "utf8");
  const head = "<!-- fields: --json -->\n";
  const begin = page.indexOf(head) + head.length;
  const end = page.indexOf("\n<!-- end -->", begin);
  expect([begin > head.length, end > begin]).toEqual([true, true]);
  if (update) writeFileSync(PAGE, `${page.slice(0, begin)}${want}${page.slice(end)}`);
  else expect(page.slice(begin, end)).toBe(want);
});

const REQUEST = { operation: "apply", stack: "prod", previewOnly: false } as const;
const empty = reportOf(REQUEST, { project: "training", result: "succeeded" });

test("a report without content is valid, and an unknown or missing field is not", () => {
  expect(validReport(JSON.stringify(empty), 0)).toEqual(empty);
  const wrong: readonly object[] = [
    { ...empty, ending: "succeeded" },
    { ...empty, result: "none" },
    { ...empty, version: 2 },
    { ...empty, cost: { amount: 1 } },
    { ...empty, executions: [{ name: "web" }] },
    { ...empty, counts: { same: "1" } },
    (({ output: _output, ...rest }) => rest)(empty),
  ];
  for (const one of wrong) expect(() => validReport(JSON.stringify(one))).toThrow("is not valid");
});

test("every result has its exit code", () => {
  const results = REPORT_SCHEMA.properties.result.enum;
  const codes = results.map((result) => [result, codeOf({ result })]);
  expect(Object.fromEntries(codes)).toEqual({
    succeeded: 0,
    failed: 1,
    refused: 1,
    "beyond review": 4,
    drift: 2,
    locked: 3,
    stopped: 130,
  } satisfies Record<Report["result"], number>);
});

test("only a command that changes nothing is previewOnly", () => {
  const of = (operation: "preview" | "apply" | "drift" | "destroy", previewOnly = false) =>
    reportOf({ ...REQUEST, operation, previewOnly }, { project: "p", result: "failed" }).previewOnly;
  expect([of("preview"), of("drift"), of("destroy", true), of("destroy"), of("apply")]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
