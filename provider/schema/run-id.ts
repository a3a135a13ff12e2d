import type { RecordedOutputs } from ".";

const PREFIX = "unclear-start-";

/**
 * The placeholder id of a resource whose start got no clear answer. The engine needs an id for the resource. Lyceum
 * does not know the placeholder.
 */
export function placeholderId(startKey: string): string {
  return `${PREFIX}${startKey}`;
}

/** Whether an id is a placeholder id. */
export function isPlaceholder(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** Returns true if a start was sent, and the id of its run is not known yet. */
export function isUnclear({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): boolean {
  return executionId === "" && startKey !== "";
}

/** The id of a resource: the id of its run, or a placeholder if the run's id is not known. */
export function resourceId({ executionId, startKey }: Pick<RecordedOutputs, "executionId" | "startKey">): string {
  return executionId === "" ? placeholderId(startKey) : executionId;
}

/**
 * The id of the run in the state of a resource. Empty if the run's id is not known. The id in the outputs counts first:
 * if a start got no clear answer, the resource keeps its placeholder id until a refresh, even if the run was found.
 */
export function runIdOf(id: unknown, outputs: { readonly executionId?: unknown } | undefined): string {
  const own = outputs?.executionId;
  if (typeof own === "string" && own !== "") return own;
  return typeof id !== "string" || isPlaceholder(id) ? "" : id;
}

/** The form of ids from Lyceum and from the emulator. */
const ID = /^(local-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a run's id. */
export function isRunId(text: string): boolean {
  return ID.test(text);
}
