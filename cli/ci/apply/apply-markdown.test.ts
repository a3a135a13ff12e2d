import { LONGEST_SUMMARY } from "../summary/write";
import { ended, observedOf, stateOf, step, summary } from "../testing/events";
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
  return applyMarkdown("apply", applyData(about, result, stateOf(...names)));
}

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

| resource | type | done | changed properties |
|---|---|---|---|
| old | aws:rds/instance:Instance | delete: not finished |  |
| larger | aws:rds/instance:Instance | update: failed | size |
| added | aws:rds/instance:Instance | created |  |

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
  const text = summaryOf([step("delete-replaced", "web", { old: { executionId: "run-0" } })], ["web"]);
  expect(text).toContain("| web | deleted | run-0 |");
  expect(text).toContain("| web | kept | run-web | running |");
  const replaced = summaryOf(
    [step("create-replacement", "web"), step("delete-replaced", "web", { old: { executionId: "run-0" } })],
    ["web"],
  );
  expect(replaced).not.toContain("run-0");
});

test("when not all executions fit, deleted ones are the last to be left out", () => {
  const names = Array.from({ length: 2000 }, (_none, at) => `a${at}`);
  const started = names.slice(0, 1000).map((name) => step("create", name));
  const text = summaryOf([...started, step("delete", "z", { old: { executionId: "run-z" } })], names);
  expect(text.length).toBeLessThan(LONGEST_SUMMARY);
  expect(text).toContain("| z | deleted | run-z |");
  expect(text).toContain("1851 further executions, not listed here. The JSON of `--json` has all of them.");
});
