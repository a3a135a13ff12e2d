import { withFileNames } from "../summary/compose-diagnostics";
import { LONGEST_SUMMARY } from "../summary/write";
import { diagnostic, ended, observedOf, stateOf, step, summary, TYPE, unsettled } from "../testing/events";
import { validReport } from "../testing/reports";
import { applyData, applyReport } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";

const DATABASE = "aws:rds/instance:Instance";

/** Returns the summary of an apply with these events and these executions in the state after it. */
function summaryOf(
  events: Parameters<typeof observedOf>[0],
  names: readonly string[],
  ending: "succeeded" | "failed" = "succeeded",
) {
  const about = { project: "training", stack: "prod", ending };
  const result = { observed: observedOf(events), output: ["the last line"] };
  return applyMarkdown("apply", applyData(about, result, unsettled(stateOf(...names))));
}

/** The events of a step that was done. */
const done = (op: string, name: string, options: Parameters<typeof step>[2] = {}) => [
  step(op, name, options),
  ended(op, name, options.type ?? TYPE, false, String(options.old?.executionId ?? "")),
];

test("the steps of other resources are listed, whether they succeeded or not", () => {
  const database = { type: DATABASE };
  const text = summaryOf(
    [
      step("create", "added", database),
      ended("create", "added", DATABASE),
      step("update", "larger", { ...database, diffs: ["size"] }),
      ended("update", "larger", DATABASE, true),
      step("delete", "old", database),
      summary({ create: 1, same: 2 }),
    ],
    ["web"],
    "failed",
  );
  expect(text).toBe(`<!-- pulumi-lyceum apply training/prod -->

### Apply of training/prod

**Apply failed.**

Pulumi counts all resources, also executions, providers and the stack itself: 1 created, 2 unchanged.

| done | resource | changes | type |
|---|---|---|---|
| delete: not finished | old |  | aws:rds/instance:Instance |
| update: failed | larger | size | aws:rds/instance:Instance |
| created | added |  | aws:rds/instance:Instance |

| done | execution | run | status (exit code) |
|---|---|---|---|
| kept | web | run-web | running |

**The last lines of Pulumi's output**

\`\`\`
the last line
\`\`\`
`);
});

test("the deleted run of an earlier replacement is listed next to the current run", () => {
  const text = summaryOf(done("delete-replaced", "web", { old: { executionId: "run-0" } }), ["web"]);
  expect(text).toContain("| deleted | web | run-0 |");
  expect(text).toContain("| kept | web | run-web | running |");
  const replaced = summaryOf(
    [...done("create-replacement", "web"), ...done("delete-replaced", "web", { old: { executionId: "run-0" } })],
    ["web"],
  );
  expect(replaced).toContain("| replaced | web | run-web | running |");
  expect(replaced).not.toContain("run-0");
});

test.each([
  ['onDelete is "leave"', { onDelete: "leave", status: "running" }, {}, "deleted; its run goes on if it is active"],
  [
    "of retainOnDelete",
    { onDelete: "abort", status: "running" },
    { wasRetained: true },
    "deleted; its run goes on if it is active",
  ],
  ['onDelete is "abort"', { onDelete: "abort", status: "running" }, {}, "deleted"],
  ["the run had ended before", { onDelete: "leave", status: "completed" }, {}, "deleted"],
  ["Lyceum had no record of the run", { onDelete: "leave", status: "running", missing: "forgotten" }, {}, "deleted"],
])("what a deletion does with the run, because %s", (_why, recorded, options, shown) => {
  const text = summaryOf(done("delete", "gone", { old: { executionId: "run-1", ...recorded }, ...options }), []);
  expect(text).toContain(`| ${shown} | gone | run-1 |`);
});

const RUNNING = { executionId: "run-1", status: "running", onDelete: "abort" };
const replacing = (old: Record<string, unknown>, wasRetained = false) => [
  ...done("create-replacement", "web", { old, wasRetained, new: {} }),
  ...done("replace", "web", { old, wasRetained, new: {} }),
  ...done("delete-replaced", "web", { old, wasRetained }),
];

test.each([
  ["is aborted", replacing(RUNNING), []],
  [
    "is left",
    replacing({ ...RUNNING, onDelete: "leave" }),
    ["| deleted; its run goes on if it is active | web | run-1 |"],
  ],
  ["is retained", replacing(RUNNING, true), ["| deleted; its run goes on if it is active | web | run-1 |"]],
  ["has ended", replacing({ ...RUNNING, status: "completed" }, true), []],
  [
    "is aborted, after the run of an earlier replacement",
    [...done("delete-replaced", "web", { old: { ...RUNNING, executionId: "run-0" } }), ...replacing(RUNNING)],
    ["| deleted | web | run-0 |"],
  ],
  [
    "is left, and the deletion of the run of an earlier replacement failed",
    [
      step("delete-replaced", "web", { old: { ...RUNNING, executionId: "run-0" } }),
      ended("delete-replaced", "web", TYPE, true, "run-0"),
      ...replacing({ ...RUNNING, onDelete: "leave" }),
    ],
    ["| delete: failed | web | run-0 |", "| deleted; its run goes on if it is active | web | run-1 |"],
  ],
])("which rows a replacement has besides its own, if the old run %s", (_how, events, expected) => {
  const rows = summaryOf(events, ["web"])
    .split("\n")
    .filter((line) => line.includes("| web |"));
  expect(rows.filter((row) => !row.startsWith("| replaced | web | run-web | running |"))).toEqual(
    expected.map((row) => expect.stringContaining(row)),
  );
  expect(rows).toHaveLength(expected.length + 1);
});

test("a deletion after an unclear start says that a run may go on", () => {
  const old = { executionId: "", startKey: "key-1", status: "unknown", onDelete: "leave" };
  const text = summaryOf(done("delete", "gone", { old }), []);
  expect(text).toContain("| deleted; the run of its unclear start goes on, if there is one | gone |");
  const aborting = summaryOf(done("delete", "gone", { old: { ...old, onDelete: "abort" } }), []);
  expect(aborting).toContain("| deleted | gone |");
});

test("if not all executions fit, deleted executions are the last to be left out", () => {
  const names = Array.from({ length: 2000 }, (_none, at) => `a${at}`);
  const started = names.slice(0, 1000).flatMap((name) => done("create", name));
  const text = summaryOf([...started, ...done("delete", "z", { old: { executionId: "run-z" } })], names);
  expect(text.length).toBeLessThan(LONGEST_SUMMARY);
  expect(text).toContain("| deleted | z | run-z |");
  expect(text).toContain("1851 further executions, not listed here. The JSON of `--json` has all of them.");
});

test("an execution whose step failed or did not end is not reported as done", () => {
  const text = summaryOf(
    [
      step("delete", "stuck", { old: { executionId: "run-stuck" } }),
      ended("delete", "stuck", TYPE, true),
      step("delete", "slow", { old: { executionId: "run-slow" } }),
      step("create", "refused", { new: {} }),
      ended("create", "refused", TYPE, true),
      step("create-replacement", "web", { old: { executionId: "run-0" } }),
      step("delete-replaced", "web", { old: { executionId: "run-0" } }),
      ended("delete-replaced", "web", TYPE, true, "run-0"),
      ...done("delete", "gone", { old: { executionId: "run-gone" } }),
    ],
    ["stuck", "slow", "web"],
    "failed",
  );
  expect(text.split("\n").filter((line) => /^\| [^|]* \| (stuck|slow|refused|web|gone) /.test(line))).toEqual([
    "| deleted | gone | run-gone |  |",
    "| start: failed | refused |  |  |",
    "| delete: not finished | slow | run-slow | running |",
    "| delete: failed | stuck | run-stuck | running |",
    "| replace: failed | web | run-web | running |",
  ]);
});

test("a problem that the provider finds at the update is a diagnostic with its file, as at a preview", () => {
  const text =
    "lyceum:index:ComposeExecution resource 'web' has a problem: ../compose/a.yaml:4:5 error LYC2105: no such key\n  Remove it.";
  const about = { project: "training", stack: "prod", ending: "failed" } as const;
  const observed = observedOf([diagnostic("web", "error", text)]);
  const data = applyData(about, { observed, output: ["the last line"] }, unsettled(stateOf()));
  expect(data).toMatchObject({ messages: [], output: [] });
  expect(data.diagnostics).toEqual([
    expect.objectContaining({ code: "LYC2105", file: "../compose/a.yaml", names: ["web"] }),
  ]);
  const moved = { ...data, diagnostics: withFileNames(data.diagnostics, "/r/infra", "/r") };
  expect(applyMarkdown("apply", moved)).toContain("* compose/a.yaml:4:5 error LYC2105: web: no such key. Remove it.");
  const report = applyReport({ operation: "apply", stack: "prod", previewOnly: false }, moved);
  expect(validReport(JSON.stringify(report), 1).diagnostics).toEqual([
    expect.objectContaining({ file: "compose/a.yaml", line: 4, column: 5, executions: ["web"] }),
  ]);
});

test.each([
  ["nothing is left", false, 0, "succeeded"],
  ["nothing is left after a stop", true, 0, "succeeded"],
  ["an operation is left", false, 1, "failed"],
  ["an operation is left after a stop", true, 1, "stopped"],
])("the result of an apply that succeeded, if %s", (_what, isStopped, count, result) => {
  const about = { project: "training", stack: "prod", ending: "succeeded", isStopped } as const;
  const left = { ...unsettled(stateOf()), pending: Array(count).fill({}) };
  expect(applyData(about, { observed: observedOf([]), output: [] }, left).result).toBe(result);
});
