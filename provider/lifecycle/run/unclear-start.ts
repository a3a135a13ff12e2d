import type { RecordedOutputs } from "../../schema";

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
