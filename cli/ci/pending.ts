import { isExecutionType } from "../../provider/declared";

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

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
