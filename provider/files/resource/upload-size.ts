import type { Properties } from "../../schema";
import { plannedChange } from "./diff";
import { filesInputsOf, RECORDED, recordOf } from "./state";

/** What an update would send at most. */
export interface UploadSize {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Returns what a create or update would send, from the checked inputs and the recorded outputs. If the list of files is
 * secret, returns the size of all files. Undefined if the files are not known at preview.
 *
 * @param olds the recorded outputs; empty for a create or a replacement
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
