import { applyData } from "./apply-data";
import { applyMarkdown } from "./apply-markdown";
import { areSettled } from "./pending";
import { executionsIn } from "./state";
import { TYPE, urnOf } from "./testing/events";

const BUCKET = "aws:s3/bucket:Bucket";
const bucket = `urn:pulumi:prod::training::${BUCKET}::data`;
const operation = (name: string, kind = "creating") => ({
  type: kind,
  resource: { urn: urnOf(name), type: TYPE, inputs: {} },
});
const job = { urn: urnOf("job"), type: TYPE, id: "run-1", inputs: { waitFor: "running" }, outputs: {} };
const other = { type: "creating", resource: { urn: bucket, type: BUCKET } };

test.each([
  ["an execution that the stack has now", [operation("job")], true],
  ["an execution that the program no longer declares", [operation("old")], false],
  ["a resource of another provider, even one that the stack has now", [operation("job"), other], false],
  ["another operation than a create", [operation("job", "deleting")], false],
  ["an operation that is not understood", [null], false],
])("a pending operation of %s", (_, pending, expected) => {
  const state = executionsIn({
    resources: [job, { urn: bucket, type: BUCKET, id: "b" }],
    pending_operations: pending,
  });
  expect(state.pending).toHaveLength(pending.length);
  expect(areSettled(state.pending, state.executions)).toBe(expected);
});

test("what is still pending after an apply that succeeded stands in the summary", () => {
  const state = executionsIn({ resources: [job], pending_operations: [operation("old"), other] });
  const about = { project: "training", stack: "prod", ending: "succeeded" } as const;
  const data = applyData(about, { steps: [], messages: [], refreshed: [] }, state);
  expect(data.pending).toEqual(state.pending);
  const text = applyMarkdown("apply", data);
  expect(text).toContain("**Operations of a killed command are pending**");
  expect(text).toContain(`* creating ${urnOf("old")}`);
  expect(text).toContain(`* creating ${bucket}`);
  expect(applyMarkdown("apply", { ...data, pending: [] })).not.toContain("pending");
  // A command that did not reach its end leaves them to the next one.
  expect(applyData({ ...about, ending: "stopped" }, { steps: [], messages: [], refreshed: [] }, state).pending).toEqual(
    [],
  );
});
