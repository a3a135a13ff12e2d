import type { RecordedOutputs } from ".";

const PREFIX = "unclear-start-";

/** The id of a resource whose start got no clear answer, because the engine needs an id. It is not an id of Lyceum. */
export function placeholderId(startKey: string): string {
  return `${PREFIX}${startKey}`;
}

/** Whether an id stands for a start without a clear answer. */
export function isPlaceholder(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** Whether a record is that of a start without a clear answer whose run was not found yet. */
export function isUnclear({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): boolean {
  return executionId === "" && startKey !== "";
}

/** The id of a resource: that of its run, once it is known. */
export function resourceId({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): string {
  return executionId === "" ? placeholderId(startKey) : executionId;
}

/**
 * The id of a run in a state; empty while it is unknown. If the start of a resource got no clear answer, the resource
 * keeps the placeholder id until a refresh, even after its run was found. The outputs have the id of the run.
 */
export function runIdOf(id: unknown, outputs: { readonly executionId?: unknown } | undefined): string {
  const own = outputs?.executionId;
  if (typeof own === "string" && own !== "") return own;
  return typeof id !== "string" || isPlaceholder(id) ? "" : id;
}
