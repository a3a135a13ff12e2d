import { applySync, planSync, SyncFailure } from "..";
import { countOf, leftText, namesOf } from "./messages";
import { type FilesPorts, keysInUse } from "./ports";
import { createdOf, type FilesState, listsOf, recordOf } from "./state";

/**
 * Removes the files that the resource has stored, except files that another writer has changed or another resource
 * uses. With `onDelete: "leave"`, removes no file.
 */
export async function deleteFiles(
  ports: FilesPorts,
  { id, urn, outputs }: FilesState,
  signal: AbortSignal,
): Promise<void> {
  const recorded = recordOf(outputs);
  if (outputs.onDelete === "leave" || recorded.size === 0) return;
  const prefix = String(outputs.prefix);
  const prefixes = listsOf(recorded, prefix);
  const desired = { writer: id, wanted: [], recorded, prefixes, mayHaveUnrecorded: false };
  try {
    const bucket = ports.bucket();
    const plan = await planSync(bucket, desired, { signal });
    const used = keysInUse(ports.memory, urn, createdOf(outputs));
    const isInUse = (key: string): boolean => used.has(key);
    const inUse = plan.removes.filter(isInUse);
    if (plan.left.length > 0) ports.report.warning(urn, leftText(plan.left));
    if (inUse.length > 0) {
      ports.report.warning(
        urn,
        `${countOf(inUse.length, "file")} of it ${inUse.length === 1 ? "belongs" : "belong"} to another resource of the program now: ${namesOf(inUse)}.`,
      );
    }
    const removes = plan.removes.filter((key) => !isInUse(key));
    await bucket.removeUnfinished(prefix, (key) => recorded.has(key), { signal });
    await applySync(bucket, desired, { ...plan, puts: [], removes }, { signal });
    ports.report.progress(urn, `removed ${countOf(removes.length, "file")} from the bucket`);
  } catch (error) {
    throw error instanceof SyncFailure ? error.cause : error;
  } finally {
    await ports.flush();
  }
}
