import { isExecutionType } from "../../../provider/policy/declared";

/** An operation that a killed command has left in the state: whether it took effect is not known to Pulumi. */
export interface PendingOperation {
  /** Such as `creating`. */
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
 * Whether a command that succeeded has settled every pending operation: each created an execution that the stack has now, so the provider has found its
 * run by the start key. Any other one is the only trace of what the killed command may have created.
 */
export function areSettled(
  pending: readonly PendingOperation[],
  executions: readonly { readonly urn: string }[],
): boolean {
  return pending.every(
    ({ operation, type, urn }) =>
      operation === "creating" && isExecutionType(type) && executions.some((one) => one.urn === urn),
  );
}

const WARNING = /^Attempting to deploy or update resources with \d+ pending operations? /;
/** What Pulumi says to do about pending operations, by its begin. `ci` clears them itself, or names them and what to do (LYC5004). */
const ADVICE = [
  "These resources are in an unknown state because the Pulumi CLI was interrupted",
  "Once you have confirmed the status of the interrupted operations",
  "Note that `pulumi refresh` will need to be run interactively",
];

/** Whether a message is Pulumi's warning of pending operations. */
export function isPendingWarning(message: string): boolean {
  return WARNING.test(message);
}

/** Takes Pulumi's advice about pending operations out of lines that come one by one, with the empty lines behind it. */
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
