import { isExecutionType } from "../../../provider/policy/declared";
import type { UnrecordedRuns } from "../../../provider/reads";

/** An operation that a killed command left in the state. Pulumi does not know whether it took effect. */
export interface PendingOperation {
  /** The kind of operation, such as `creating`. */
  readonly operation: string;
  readonly urn: string;
  readonly type: string;
}

/** The pending operations in an exported deployment, sorted by URN. */
export function pendingIn(operations: readonly unknown[]): readonly PendingOperation[] {
  return operations
    .map((one) => {
      const { type: operation, resource } = (one ?? {}) as { readonly type?: unknown; readonly resource?: unknown };
      const { urn, type } = (resource ?? {}) as { readonly urn?: unknown; readonly type?: unknown };
      return { operation: text(operation), urn: text(urn), type: text(type) };
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

/**
 * The URNs of interrupted creates whose execution the state does not have. After a successful command, the program does
 * not declare them any more: otherwise, the provider would have found their runs, or started new ones.
 */
export function interruptedIn(
  pending: readonly PendingOperation[],
  executions: readonly { readonly urn: string }[],
): readonly string[] {
  const urns = pending.filter(isCreateOfExecution).map(({ urn }) => urn);
  return [...new Set(urns)].filter((urn) => !executions.some((one) => one.urn === urn));
}

/** A pending operation that stays, and why. */
export interface UnsettledOperation extends PendingOperation {
  readonly reason: string | null;
}

/**
 * The pending operations that a successful command has not settled. They are all cleared, or none of them is, because
 * the refresh that clears pending creates clears all of them.
 *
 * | pending operation | lookup of the runs that the state does not have | settled |
 * |---|---|---|
 * | create of an execution that the state has now | | yes: the provider has found its run, or started one |
 * | create of another execution | shows an active run of it | yes: the run is reported |
 * | create of another execution | complete, and shows no active run of it | yes: nothing is left of it |
 * | create of another execution | incomplete | no |
 * | any other operation | | no: it may be the only trace of what the killed command created |
 */
export function unsettledIn(
  pending: readonly PendingOperation[],
  executions: readonly { readonly urn: string }[],
  { runs, gap }: UnrecordedRuns,
): readonly UnsettledOperation[] {
  const interrupted = interruptedIn(pending, executions);
  const reasonOf = (one: PendingOperation): string | undefined => {
    if (!isCreateOfExecution(one)) return "Pulumi does not know whether it took effect.";
    const isFound = !interrupted.includes(one.urn) || runs.some(({ urn, isActive }) => isActive && urn === one.urn);
    return isFound ? undefined : gap;
  };
  const reasons = pending.map(reasonOf);
  if (reasons.every((reason) => reason === undefined)) return [];
  return pending.map((one, at) => ({ ...one, reason: reasons[at] ?? null }));
}

function isCreateOfExecution({ operation, type }: PendingOperation): boolean {
  return operation === "creating" && isExecutionType(type);
}

const WARNING = /^Attempting to deploy or update resources with \d+ pending operations? /;
/** How Pulumi's advice about pending operations begins. `ci` gives other advice (LYC5004), or clears the operations. */
const ADVICE = [
  "These resources are in an unknown state because the Pulumi CLI was interrupted",
  "Once you have confirmed the status of the interrupted operations",
  "Note that `pulumi refresh` will need to be run interactively",
];

/** Whether a message is Pulumi's warning of pending operations. */
export function isPendingWarning(message: string): boolean {
  return WARNING.test(message);
}

/** Removes Pulumi's advice about pending operations, and the empty lines after it, from a stream of lines. */
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
