import { adoptsRun, isExecutionType } from "../../../provider/policy/declared";
import type { UnrecordedRuns } from "../../../provider/reads";
import { isMap, type RecordedOutputs } from "../../../provider/schema";

/** An operation that a killed command left in the state. Pulumi does not know whether it took effect. */
export interface PendingOperation {
  /** The kind of operation, such as `creating`. */
  readonly operation: string;
  readonly urn: string;
  readonly type: string;
  /** The reference to the provider: its URN and its id. */
  readonly provider: string;
  /** Whether the operation adopts a run by its id. Such an operation starts no run. */
  readonly adopts: boolean;
}

/** Returns the pending operations in an exported deployment, sorted by URN. */
export function pendingIn(operations: readonly unknown[]): readonly PendingOperation[] {
  return operations
    .map((one) => {
      const { type: operation, resource } = (one ?? {}) as { readonly type?: unknown; readonly resource?: unknown };
      const { urn, type, provider, inputs } = (resource ?? {}) as Readonly<Record<string, unknown>>;
      const adopts = isMap(inputs) && adoptsRun(inputs);
      return { operation: text(operation), urn: text(urn), type: text(type), provider: text(provider), adopts };
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/** The fields of a recorded execution that show the result of an interrupted create. */
interface Recorded {
  readonly urn: string;
  readonly outputs: Pick<RecordedOutputs, "adopted">;
}

/**
 * Returns the interrupted creates that may have started a run which the state does not have, even after a successful
 * command:
 *
 * * The state does not have the execution, because the program no longer declares it.
 * * The execution has adopted a run by its id (`existingExecutionId`), but its interrupted create adopted no run.
 *
 * For any other interrupted create, the provider has found its run or started a new run.
 */
export function interruptedCreates(
  pending: readonly PendingOperation[],
  executions: readonly Recorded[],
): readonly PendingOperation[] {
  return pending.filter((one) => {
    const recorded = executions.find(({ urn }) => urn === one.urn);
    return isCreateOfExecution(one) && (recorded === undefined || (recorded.outputs.adopted === true && !one.adopts));
  });
}

/**
 * An operation that is still pending. `reason`: why the operation cannot be settled. Null if the cause is another
 * operation, a signal or a failed refresh.
 */
export interface UnsettledOperation extends Pick<PendingOperation, "operation" | "urn" | "type"> {
  readonly reason: string | null;
}

/** Returns a pending operation with the reason why it was not settled. */
export function unsettledOperation(
  { operation, urn, type }: PendingOperation,
  reason: string | null = null,
): UnsettledOperation {
  return { operation, urn, type, reason };
}

/**
 * Returns the pending operations that a successful command has not settled. A refresh clears all pending creates at
 * once. So if one operation is not settled, all of them stay. `runs`: the runs that the state does not have. `gap`: why
 * `runs` may be incomplete. The first row that fits counts:
 *
 * | pending operation | settled |
 * |---|---|
 * | not the create of an execution | no: the operation may be the only trace of what the killed command created |
 * | not in `interruptedCreates` | yes: the provider has found its run, or started a new run |
 * | an active run is in `runs` | yes: the run is reported |
 * | `runs` may be incomplete | no |
 * | any other | yes: nothing is left to abort |
 */
export function unsettledIn(
  pending: readonly PendingOperation[],
  executions: readonly Recorded[],
  { runs, gap }: UnrecordedRuns,
): readonly UnsettledOperation[] {
  const interrupted = interruptedCreates(pending, executions);
  const reasonOf = (one: PendingOperation): string | undefined => {
    if (!isCreateOfExecution(one)) return "Pulumi does not know whether it took effect.";
    const isFound = !interrupted.includes(one) || runs.some(({ urn, isActive }) => isActive && urn === one.urn);
    return isFound ? undefined : gap;
  };
  const reasons = pending.map(reasonOf);
  if (reasons.every((reason) => reason === undefined)) return [];
  return pending.map((one, at) => unsettledOperation(one, reasons[at]));
}

function isCreateOfExecution({ operation, type }: PendingOperation): boolean {
  return operation === "creating" && isExecutionType(type);
}

const WARNING = /^Attempting to deploy or update resources with \d+ pending operations? /;
/**
 * The beginnings of Pulumi's advice about pending operations. `ci` gives other advice (LYC5004), or clears the
 * operations.
 */
const ADVICE = [
  "These resources are in an unknown state because the Pulumi CLI was interrupted",
  "Once you have confirmed the status of the interrupted operations",
  "Note that `pulumi refresh` will need to be run interactively",
];

/** Returns whether a message is Pulumi's warning about pending operations. */
export function isPendingWarning(message: string): boolean {
  return WARNING.test(message);
}

/**
 * Returns a filter for a stream of lines. It drops Pulumi's advice about pending operations, and the empty lines after
 * the advice.
 */
export function adviceFilter(): (line: string) => boolean {
  let isBehind = false;
  return (line) => {
    const words = line.trim();
    isBehind = ADVICE.some((begin) => words.startsWith(begin)) || (isBehind && words === "");
    return !isBehind;
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
