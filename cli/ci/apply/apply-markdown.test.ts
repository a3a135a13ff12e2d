import { LONGEST_SUMMARY } from "../summary/write";
import { ended, observedOf, stateOf, step, summary, TYPE, unsettled } from "../testing/events";
import { applyData } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";

const DATABASE = "aws:rds/instance:Instance";

/** The summary of an apply with these events and these executions in the state after it. */
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
  ended(op, name, options.type ?? TYPE),
];

test("the steps of other resources are listed, done or not", () => {
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

| execution | done | run | status (exit code) |
|---|---|---|---|
| web | kept | run-web | running |

**The last lines of Pulumi's output**

\`\`\`
the last line
\`\`\`
`);
});

test("the deleted run of an earlier replacement is listed next to the current one", () => {
  const text = summaryOf(done("delete-replaced", "web", { old: { executionId: "run-0" } }), ["web"]);
  expect(text).toContain("| web | deleted | run-0 |");
  expect(text).toContain("| web | kept | run-web | running |");
  const replaced = summaryOf(
    [...done("create-replacement", "web"), ...done("delete-replaced", "web", { old: { executionId: "run-0" } })],
    ["web"],
  );
  expect(replaced).toContain("| web | replaced | run-web | running |");
  expect(replaced).not.toContain("run-0");
});

test("when not all executions fit, deleted ones are the last to be left out", () => {
  const names = Array.from({ length: 2000 }, (_none, at) => `a${at}`);
  const started = names.slice(0, 1000).flatMap((name) => done("create", name));
  const text = summaryOf([...started, ...done("delete", "z", { old: { executionId: "run-z" } })], names);
  expect(text.length).toBeLessThan(LONGEST_SUMMARY);
  expect(text).toContain("| z | deleted | run-z |");
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
      ended("delete-replaced", "web", TYPE, true),
      ...done("delete", "gone", { old: { executionId: "run-gone" } }),
    ],
    ["stuck", "slow", "web"],
    "failed",
  );
  expect(text.split("\n").filter((line) => /^\| (stuck|slow|refused|web|gone) /.test(line))).toEqual([
    "| gone | deleted | run-gone |  |",
    "| refused | start: failed |  |  |",
    "| slow | delete: not finished | run-slow | running |",
    "| stuck | delete: failed | run-stuck | running |",
    "| web | replace: failed | run-web | running |",
  ]);
});
