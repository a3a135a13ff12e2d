import { readFileSync, writeFileSync } from "node:fs";
import { schemaDocument } from "../report/json-schema";
import { reportOf } from "../report/report";
import { ALL_SCHEMA_FILE, validAllReport } from "../testing/reports";
import { allJson } from "./all-report";
import { ALL_SCHEMA } from "./all-schema";
import type { Target } from "./targets";

test("the file of the package is the schema; UPDATE_GOLDEN=1 writes it", () => {
  const id = "https://github.com/pulumi-lyceum/pulumi-lyceum/blob/main/docs/reference/ci-all.schema.json";
  const about = { id, title: "Report of pulumi-lyceum ci --all" };
  const text = `${JSON.stringify(schemaDocument(ALL_SCHEMA, about), null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(ALL_SCHEMA_FILE, text);
  else expect(readFileSync(ALL_SCHEMA_FILE, "utf8")).toBe(text);
});

const target = (folder: string): Target => ({
  project: { folder, name: folder, runtime: "yaml", toolchain: "", settingsFolder: folder, stacks: ["dev"] },
  stack: "dev",
});
const report = reportOf(
  { operation: "apply", stack: "dev", previewOnly: false },
  { project: "net", result: "succeeded" },
);
const written = allJson({
  operation: "apply",
  only: "dev",
  since: undefined,
  outcomes: [
    { item: target("net"), kind: "ended", result: { exitCode: 0, summary: "", report } },
    { item: target("old"), kind: "ended", result: { exitCode: 1, summary: "", report: null } },
    { item: target("app"), kind: "not started", reason: "it needs old dev" },
  ],
  untouched: [target("jobs")],
  unreviewed: [target("more")],
  isStopped: false,
  error: undefined,
});

test("written JSON is valid, and JSON with an unknown or missing field is not, at any level", () => {
  expect(validAllReport(JSON.stringify(written), 1)).toEqual(written);
  const [first, ...others] = written.stacks;
  const wrong: readonly object[] = [
    { ...written, result: "failed" },
    { ...written, since: undefined },
    { ...written, command: "destroy" },
    { ...written, stacks: [{ ...first, report: { ...report, version: 2 } }, ...others] },
    { ...written, stacks: [{ ...first, report: { ...report, ending: "succeeded" } }, ...others] },
    { ...written, untouched: [{ folder: "jobs" }] },
  ];
  for (const one of wrong) expect(() => validAllReport(JSON.stringify(one))).toThrow("is not valid");
});
