import { type ApplyEnding, applyData } from "../apply/apply-data";
import { applyMarkdown } from "../apply/apply-markdown";
import { observedOf, TYPE, unsettled, urnOf } from "../testing/events";
import { identityOf } from "./identity";
import { adviceFilter, unsettledIn } from "./pending";
import { executionsIn } from "./state";

const BUCKET = "aws:s3/bucket:Bucket";
const UNCLEAR = "Pulumi does not know whether it took effect.";
const bucket = `urn:pulumi:prod::training::${BUCKET}::data`;
const operation = (name: string, kind = "creating") => ({
  type: kind,
  resource: { urn: urnOf(name), type: TYPE, inputs: {} },
});
const job = { urn: urnOf("job"), type: TYPE, id: "run-1", inputs: { waitFor: "running" }, outputs: {} };
const other = { type: "creating", resource: { urn: bucket, type: BUCKET } };

const ADOPTING = { existingExecutionId: "run-0" };
const NO_RUN = { runs: [], gap: undefined };
const REFUSED = { runs: [], gap: "GET /workloads/list answered 403." };
const runOf = (name: string, isActive: boolean) => ({
  executionId: "run-2",
  status: isActive ? "running" : "completed",
  isActive,
  label: name,
  urn: urnOf(name),
});

test.each([
  ["an execution that the stack has now", [operation("job")], REFUSED, []],
  ["an execution without a run", [operation("old")], NO_RUN, []],
  ["an execution whose run has ended", [operation("old")], { runs: [runOf("old", false)], gap: undefined }, []],
  ["an execution with an active run", [operation("old")], { runs: [runOf("old", true)], gap: undefined }, []],
  [
    "one with an active run, though others may be missing",
    [operation("old")],
    { ...REFUSED, runs: [runOf("old", true)] },
    [],
  ],
  ["an execution whose runs cannot be listed", [operation("old")], REFUSED, [REFUSED.gap]],
  ["one of two, of which one has an active run", [operation("job"), operation("old")], REFUSED, [null, REFUSED.gap]],
  [
    "a resource of another provider, even one that the stack has now",
    [operation("job"), other],
    NO_RUN,
    [UNCLEAR, null],
  ],
  ["another operation than a create", [operation("job", "deleting")], NO_RUN, [UNCLEAR]],
  ["an operation that is not understood", [null], NO_RUN, [UNCLEAR]],
])("a pending operation of %s", (_, pending, lookup, reasons) => {
  const state = executionsIn({
    resources: [job, { urn: bucket, type: BUCKET, id: "b" }],
    pending_operations: pending,
  });
  expect(state.pending).toHaveLength(pending.length);
  expect(unsettledIn(state.pending, state.executions, lookup).map(({ reason }) => reason)).toEqual(reasons);
});

test("an interrupted create is the create of an execution that the stack does not have", () => {
  const pending = [operation("job"), operation("old"), operation("old"), operation("job", "deleting"), other];
  const state = executionsIn({ resources: [job], pending_operations: pending });
  expect(identityOf(state).interrupted).toEqual([urnOf("old")]);
});

test("an execution that has adopted a run by its id since may not have the run of its interrupted create", () => {
  const adopted = { ...job, outputs: { adopted: true } };
  const adopting = { ...operation("job"), resource: { ...operation("job").resource, inputs: ADOPTING } };
  const interrupted = (one: unknown, pending: unknown) =>
    identityOf(executionsIn({ resources: [one], pending_operations: [pending] })).interrupted;
  expect(interrupted(adopted, operation("job"))).toEqual([urnOf("job")]);
  expect(interrupted(job, operation("job"))).toEqual([]);
  // A create that adopts a run cannot have started another run.
  expect(interrupted(adopted, adopting)).toEqual([]);
  const state = executionsIn({ resources: [adopted], pending_operations: [operation("job")] });
  const reasons = (lookup: Parameters<typeof unsettledIn>[2]) =>
    unsettledIn(state.pending, state.executions, lookup).map(({ reason }) => reason);
  expect(reasons(REFUSED)).toEqual([REFUSED.gap]);
  expect(reasons({ runs: [runOf("job", true)], gap: undefined })).toEqual([]);
});

test("the provider of an interrupted create is the recorded provider, or has been replaced", () => {
  const urn = (name: string) => `urn:pulumi:prod::training::pulumi:providers:lyceum::${name}`;
  const provider = (name: string, id: string) => ({
    urn: urn(name),
    id,
    type: "pulumi:providers:lyceum",
    inputs: { baseUrl: "https://eu.example.com" },
  });
  const creatorsOf = (reference: string, ...resources: readonly unknown[]) => {
    const { resource } = operation("old");
    const pending = { type: "creating", resource: { ...resource, provider: reference } };
    return identityOf(executionsIn({ resources, pending_operations: [pending] })).creators;
  };
  const settings = { baseUrl: "https://eu.example.com" };
  expect(creatorsOf(`${urn("eu")}::1`, provider("eu", "1"))).toEqual([{ name: "eu", isReplaced: false, settings }]);
  expect(creatorsOf(`${urn("default")}::1`, provider("default", "2"))).toEqual([
    { name: "default", isReplaced: true, settings: {} },
  ]);
  expect(creatorsOf(`${urn("default")}::1`)).toEqual([{ name: "default", isReplaced: false, settings: {} }]);
  expect(identityOf(executionsIn({ resources: [job], pending_operations: [operation("job")] })).creators).toEqual([]);
});

test("operations that are pending after a successful apply are in the summary", () => {
  const state = executionsIn({ resources: [job], pending_operations: [operation("old"), other] });
  const about = { project: "training", stack: "prod", ending: "succeeded" } as const;
  const result = { observed: observedOf([]), output: [] };
  const data = applyData(about, result, unsettled(state));
  expect(data.pending).toEqual(unsettled(state).pending);
  const text = applyMarkdown("apply", data);
  expect(text).toContain("**Operations of a killed command are pending**");
  expect(text).toContain(`* creating ${urnOf("old")}`);
  expect(text).toContain(`* creating ${bucket}`);
  expect(applyMarkdown("apply", { ...data, pending: [] })).not.toContain("pending");
  expect(data.result).toBe("failed");
  expect(text).toContain("**Apply failed.** Pulumi has succeeded.");
});

test("only Pulumi's advice about pending operations is left out", () => {
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
  const messagesOf = (ending: ApplyEnding) =>
    applyData({ project: "p", stack: "s", ending }, result, unsettled(state)).messages;
  expect(messagesOf("succeeded")).toEqual([]);
  expect(messagesOf("failed")).toHaveLength(1);
});

test("a message of a program that only names the advice stays, with its empty lines", () => {
  const lines = ["", "Once you have confirmed the status of the interrupted operations, x", "", "a", "", "b"];
  expect(lines.filter(adviceFilter())).toEqual(["", "a", "", "b"]);
});
