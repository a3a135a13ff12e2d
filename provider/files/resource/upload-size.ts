import type { Properties } from "../../schema";
import { plannedChange } from "./diff";
import { filesInputsOf, RECORDED, recordOf } from "./state";

/** The largest number of files and bytes that an update would send to the bucket. */
export interface UploadSize {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Returns the number and the bytes of the files that a create or update would send. If the list of local files or the
 * recorded list of stored files is secret, counts all local files. Undefined if the files are not known at preview.
 *
 * @param news the checked inputs
 * @param olds the recorded outputs. Empty for a create or a replacement
 */
export function uploadSize(news: Properties, olds: Properties): UploadSize | undefined {
  const inputs = filesInputsOf(news);
  if (inputs.manifest.length === 0) {
    const { fileCount: files, bytes } = news;
    return typeof files === "number" && typeof bytes === "number" ? { files, bytes } : undefined;
  }
  const isListed = olds[RECORDED.record] === undefined || typeof olds[RECORDED.record] === "string";
  const { added, changed, moved, bytes } = plannedChange(inputs, isListed ? recordOf(olds) : new Map());
  return { files: added.length + changed.length + moved, bytes };
}
