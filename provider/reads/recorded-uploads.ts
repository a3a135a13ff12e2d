import { mountsToStore, parseMounts } from "../lifecycle/run/mounts";
import { isMap, type Properties } from "../schema";
import { sortedInputs } from "./recorded-names";

/** Upper limits for the number and size of the files that a start stores in the bucket. */
export interface UploadOfMounts {
  readonly files: number;
  /** The size of the files in bytes. */
  readonly bytes: number;
}

/**
 * Returns the number and size of the files that a start with these inputs stores in the bucket. These are upper limits,
 * because some of the files may already be in the bucket. Undefined if the mounts are not known yet.
 *
 * @param inputs the inputs after check; secrets may be masked
 * @param before the recorded inputs; empty if there are none
 */
export function uploadOfMounts(inputs: Properties, before: Properties): UploadOfMounts | undefined {
  const { values, projectRecord: record } = sortedInputs(inputs);
  // A run that is adopted by its id gets no files.
  if (values.localFiles !== "upload" || typeof values.existingExecutionId === "string") return { files: 0, bytes: 0 };
  if (!isMap(record)) return undefined;
  const { projectRecord: old } = sortedInputs(before);
  const added = mountsToStore(parseMounts(record.mounts), isMap(old) ? parseMounts(old.mounts) : []);
  return {
    files: added.reduce((sum, { fileCount = 0 }) => sum + fileCount, 0),
    bytes: added.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
  };
}
