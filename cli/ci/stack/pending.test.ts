import { type ApplyEnding, applyData } from "../apply/apply-data";
import { applyMarkdown } from "../apply/apply-markdown";
import { observedOf, TYPE, urnOf } from "../testing/events";
import { adviceFilter, areSettled } from "./pending";
import { executionsIn } from "./state";

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

test("operations that are pending after a successful apply are in the summary", () => {
  const state = executionsIn({ resources: [job], pending_operations: [operation("old"), other] });
  const about = { project: "training", stack: "prod", ending: "succeeded" } as const;
  const result = { observed: observedOf([]), output: [] };
  const data = applyData(about, result, state);
  expect(data.pending).toEqual(state.pending);
  const text = applyMarkdown("apply", data);
  expect(text).toContain("**Operations of a killed command are pending**");
  expect(text).toContain(`* creating ${urnOf("old")}`);
  expect(text).toContain(`* creating ${bucket}`);
  expect(applyMarkdown("apply", { ...data, pending: [] })).not.toContain("pending");
  // A command that did not finish leaves the pending operations to the next one.
  expect(applyData({ ...about, ending: "stopped" }, result, state).pending).toEqual([]);
});

test("Pulumi's advice about pending operations is left out, and nothing else", () => {
  const lines = `Diagnostics:
  pulumi:pulumi:Stack (story-dev):
    warning: Attempting to deploy or update resources with 1 pending operations from previous deployment.
      * urn:pulumi:dev::story::lyceum:index:ComposeExecution::job, interrupted while creating
    These resources are in an unknown state because the Pulumi CLI was interrupted while waiting for changes.

    Once you have confirmed the status of the interrupted operations, you can repair your stack using \`pulumi refresh\`.

    Note that \`pulumi refresh\` will need to be run interactively to clear pending CREATE operations.

Outputs:

    a: 1`.split("\n");
  expect(lines.filter(adviceFilter())).toEqual([...lines.slice(0, 4), "Outputs:", "", "    a: 1"]);
});

test("the warning about settled operations is not in the summary", () => {
  const state = executionsIn({ resources: [] });
  const text = "Attempting to deploy or update resources with 1 pending operations from previous deployment.\n  * urn";
  const messages = [{ severity: "warning", urn: undefined, text } as const];
  const result = { observed: { ...observedOf([]), messages }, output: [] };
  const messagesOf = (ending: ApplyEnding) => applyData({ project: "p", stack: "s", ending }, result, state).messages;
  expect(messagesOf("succeeded")).toEqual([]);
  expect(messagesOf("failed")).toHaveLength(1);
});
