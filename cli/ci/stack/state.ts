import { kindOf } from "../../../provider/lyceum/answers/status";
import { argumentOf, isExecutionType, knownText } from "../../../provider/policy/declared";
import { nameOf, parseRecorded, type RecordedOutputs } from "../../../provider/schema";
import { runIdOf } from "../../../provider/schema/run-id";
import type { PulumiStack } from "./automation";
import { type PendingOperation, pendingIn } from "./pending";

/** An execution in the state of a stack, in which secrets are encrypted. */
export interface RecordedExecution {
  readonly name: string;
  readonly urn: string;
  readonly waitFor: string;
  readonly outputs: RecordedOutputs;
}

/** The part of a stack's state that belongs to this package. */
export interface RecordedStack {
  readonly executions: readonly RecordedExecution[];
  /** Operations that a killed command left. */
  readonly pending: readonly PendingOperation[];
}

interface Resource {
  readonly urn?: unknown;
  readonly id?: unknown;
  readonly type?: unknown;
  readonly delete?: unknown;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Reads the state of a stack. */
export async function recordedStack(stack: Pick<PulumiStack, "exportStack">): Promise<RecordedStack> {
  return executionsIn((await stack.exportStack()).deployment);
}

/** The executions in an exported deployment, sorted by URN. */
export function executionsIn(deployment: unknown): RecordedStack {
  const { resources, pending_operations: pending } = (deployment ?? {}) as {
    readonly resources?: readonly Resource[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  };
  const executions = (resources ?? []).flatMap(({ urn, id, type, delete: isReplaced, inputs, outputs }) => {
    if (typeof urn !== "string" || typeof type !== "string" || !isExecutionType(type) || isReplaced === true) return [];
    // For a start without a clear answer, the id of the resource is a placeholder. Then only the outputs may have the
    // id of the run.
    const recorded = parseRecorded({ ...outputs, executionId: runIdOf(id, outputs) });
    // A secret `waitFor` counts as "completed", because to miss a failure is worse than to report one too many.
    const given = argumentOf(inputs ?? {}, "waitFor");
    const waitFor = given === undefined ? "running" : (knownText(given) ?? "completed");
    return [{ name: nameOf(urn), urn, waitFor, outputs: recorded }];
  });
  return { executions: executions.sort((a, b) => (a.urn < b.urn ? -1 : 1)), pending: pendingIn(pending ?? []) };
}

/** Whether a run with `waitFor: "completed"` has not succeeded. */
export function hasNotSucceeded({ waitFor, outputs }: Pick<RecordedExecution, "waitFor" | "outputs">): boolean {
  return waitFor === "completed" && kindOf(outputs) !== "completed";
}
