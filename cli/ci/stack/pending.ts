import { isExecutionType } from "../../../provider/policy/declared";

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
 * Whether a successful command has settled every pending operation. A pending create is settled if the stack now has
 * the execution, because then the provider has found its run by the start key. Any other operation may be the only
 * trace of what the killed command created.
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
