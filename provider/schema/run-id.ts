import type { RecordedOutputs } from ".";

const PREFIX = "unclear-start-";

/** The id under which a start without a clear answer is recorded: the engine takes no empty one. It is no id of Lyceum. */
export function placeholderId(startKey: string): string {
  return `${PREFIX}${startKey}`;
}

/** Whether an id stands for a start without a clear answer. */
export function isPlaceholder(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** Whether a record is that of a start without a clear answer, whose run has not been found yet. */
export function isUnclear({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): boolean {
  return executionId === "" && startKey !== "";
}

/** The id of a resource: that of its run, once it is known. */
export function resourceId({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): string {
  return executionId === "" ? placeholderId(startKey) : executionId;
}

/**
 * The id of a run as a state has it, and empty while nobody knows it. A resource whose start got no clear answer keeps the id of its
 * start until a refresh, also when its run is found: the outputs have the run's own.
 */
export function runIdOf(id: unknown, outputs: { readonly executionId?: unknown } | undefined): string {
  const own = outputs?.executionId;
  if (typeof own === "string" && own !== "") return own;
  return typeof id !== "string" || isPlaceholder(id) ? "" : id;
}
