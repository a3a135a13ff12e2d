import { argumentOf, isExecutionType, knownText } from "../../../provider/policy/declared";
import { nameOf } from "../../../provider/schema";
import type { ObservedCommand, ObservedStep } from "../stack/events";
import { actionOf, leftRun, type PlannedAction } from "../stack/plan";
import { type ResourceStep, resultOf } from "../stack/resources";
import { hasNotSucceeded, type RecordedExecution, type RecordedStack } from "../stack/state";

/** The effect of an apply or a destroy on an execution. */
export interface AppliedExecution {
  readonly name: string;
  readonly urn: string;
  readonly action: PlannedAction;
  readonly result: ResourceStep["result"];
  /** The id of the run. Empty if the resource has no run, or if its run is not known. */
  readonly executionId: string;
  /** The run that a deletion has left as it is, in the form of `leftRun`. The run may be active. */
  readonly leaves?: string;
  readonly status: string;
  readonly returnCode: number | undefined;
  readonly failedService: string | undefined;
  readonly waitFor: string;
  /** Whether the run has `waitFor: "completed"` and has not succeeded. */
  readonly hasNotSucceeded: boolean;
}

/**
 * Returns what a command did to each execution, from the events of the command and the state after the command.
 *
 * | steps of the execution | in the state after the command | row |
 * |---|---|---|
 * | none, or `same` | yes | kept |
 * | any other, even a failed deletion | yes | the action and its result, with the run in the state |
 * | a deletion | no | the deletion and its result, with the run that the state had |
 * | any other but a deletion | no | the action and its result, without a run: no run started, or the run is not known |
 *
 * A resource that an earlier replacement left has a row of its own if a step deletes it. So has the old resource of a
 * replacement if its run goes on.
 */
export function appliedExecutions(
  { steps, ended }: Pick<ObservedCommand, "steps" | "ended">,
  { executions }: RecordedStack,
): readonly AppliedExecution[] {
  const recorded = new Map(executions.map((one) => [one.urn, one]));
  const byUrn = new Map<string, ObservedStep[]>(executions.map(({ urn }) => [urn, []]));
  for (const step of steps) {
    if (isExecutionType(step.type)) byUrn.set(step.urn, [...(byUrn.get(step.urn) ?? []), step]);
  }
  const rows = [...byUrn].flatMap(([urn, own]) => rowsOf(own, ended, recorded.get(urn)));
  return rows.sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
}

/**
 * Returns the rows for one URN: the row of the current resource, and a row for each old resource that is shown.
 */
function rowsOf(
  steps: readonly ObservedStep[],
  ended: ObservedCommand["ended"],
  recorded: RecordedExecution | undefined,
): readonly AppliedExecution[] {
  const leftOver = steps.filter(({ op }) => op === "delete-replaced");
  const main = steps.filter(
    (step) => step.op === "delete" || (step.op !== "delete-replaced" && actionOf(step) !== "keep"),
  );
  const [first] = main;
  const action = first === undefined ? "keep" : actionOf(first);
  // A replacement has one row. Its result also depends on the steps that create and delete.
  const isReplaced = main.some(({ op }) => REPLACEMENT.includes(op));
  const own = main.find(({ oldId }) => oldId !== "")?.oldId;
  const isEarlier = ({ op, oldId }: ObservedStep): boolean =>
    op === "delete-replaced" && own !== undefined && oldId !== own;
  const result = resultOf(isReplaced ? steps.filter((step) => step.op !== "same" && !isEarlier(step)) : main, ended);
  const current =
    recorded !== undefined
      ? [recordedRow(recorded, { action, result })]
      : first === undefined
        ? []
        : [absentRow(first, { action, result }, action === "delete" ? runIn(first) : "")];
  // The row of a replacement names the new run. The old run has a row of its own if it goes on.
  const shown = leftOver.filter((step) => !isReplaced || leftRun(step) !== undefined || isEarlier(step));
  const left = shown.map((step) => absentRow(step, { action: "delete", result: resultOf([step], ended) }, runIn(step)));
  return [...current, ...left];
}

const REPLACEMENT: readonly string[] = ["replace", "create-replacement"];

type Done = Pick<AppliedExecution, "action" | "result">;

function recordedRow(execution: RecordedExecution, done: Done): AppliedExecution {
  const { name, urn, waitFor, outputs } = execution;
  const { executionId, status, returnCode, failedService } = outputs;
  const run = { executionId, status, returnCode, failedService };
  return { name, urn, ...done, ...run, waitFor, hasNotSucceeded: hasNotSucceeded(execution) };
}

function absentRow(step: ObservedStep, done: Done, executionId: string): AppliedExecution {
  const { urn, inputs } = step;
  const leaves = done.action === "delete" ? leftRun(step) : undefined;
  const run = {
    executionId,
    ...(leaves === undefined ? {} : { leaves }),
    status: "",
    returnCode: undefined,
    failedService: undefined,
  };
  const waitFor = knownText(argumentOf(inputs, "waitFor")) ?? "";
  return { name: nameOf(urn), urn, ...done, ...run, waitFor, hasNotSucceeded: false };
}

function runIn({ oldOutputs }: ObservedStep): string {
  return String(oldOutputs.executionId ?? "");
}
