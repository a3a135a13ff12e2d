import type { RecordedOutputs } from ".";

const PREFIX = "unclear-start-";

/**
 * The placeholder id of a resource whose start got no clear answer. The engine needs an id. Lyceum does not know this
 * one.
 */
export function placeholderId(startKey: string): string {
  return `${PREFIX}${startKey}`;
}

/** Whether an id is such a placeholder. */
export function isPlaceholder(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** Whether the record belongs to a start without a clear answer, and its run was not found yet. */
export function isUnclear({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): boolean {
  return executionId === "" && startKey !== "";
}

/** The id of a resource: the id of its run if it is known, otherwise a placeholder. */
export function resourceId({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): string {
  return executionId === "" ? placeholderId(startKey) : executionId;
}

/**
 * The id of a run in a state. Empty while it is unknown. If a start got no clear answer, its resource keeps the
 * placeholder id until a refresh, even after the run was found. The outputs contain the id of the run.
 */
export function runIdOf(id: unknown, outputs: { readonly executionId?: unknown } | undefined): string {
  const own = outputs?.executionId;
  if (typeof own === "string" && own !== "") return own;
  return typeof id !== "string" || isPlaceholder(id) ? "" : id;
}
