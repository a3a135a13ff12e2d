import type { StartEffects } from "../process/context";
import { lifecycleErrors, messageOf } from "../run/errors";
import { parseFileName } from "../run/identity/start-key";
import type { OnDelete } from "../run/inputs";
import { foldersOf, writerOf } from "../run/mounts";
import { mustHaveEnded } from "../run/record/ended";
import type { ExecutionOutputs } from "../run/record/record";
import { isSameTarget } from "../run/target";
import { unlessCancelled } from "../watch/deadline";

/** The facts that show which files the replacement of a run uses. */
interface NextFiles {
  /** The URN of the new resource. */
  readonly urn?: string;
  /** Returns the digests of the mounts that the new resource of a replacement uses. */
  readonly mounts?: () => ReadonlySet<string>;
}

/**
 * Removes the files that were stored for a run that has ended. Keeps files that the run wrote or changed.
 *
 * @throws LYC3025
 */
export async function removeFiles(
  { uploads, client, report }: StartEffects,
  recorded: ExecutionOutputs,
  replacement: NextFiles | undefined,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const { filesPrefix = "", resourceUrn: urn } = recorded;
  const id = recorded.executionId || recorded.startKey;
  const key = parseFileName(recorded.startKey);
  if (uploads === undefined || key === undefined || filesPrefix === "") return;
  if (!isSameTarget(recorded, client)) {
    report.warning(`The files of run ${id} stay in ${filesPrefix} of the bucket of ${recorded.baseUrl}.`);
    return;
  }
  const folders = foldersOf(filesPrefix);
  // A renamed resource has another folder in the bucket, and stores its files again in that folder. So no files in the
  // old folder are kept for the renamed resource.
  const isSameFolder =
    replacement?.urn !== undefined && uploads.folder(replacement.urn, key.scope) === folders.resource;
  const planned = (isSameFolder ? replacement.mounts?.() : undefined) ?? new Set<string>();
  try {
    await uploads.remove({ urn, writer: writerOf(key), folders, planned }, cancel ?? NEVER.signal);
  } catch (error) {
    throw lifecycleErrors.filesNotRemoved(id, filesPrefix, messageOf(error));
  }
}

/**
 * Removes the files of a start that got no clear answer. If its run may still be active, or `onDelete` is "leave",
 * keeps the files and prints their folder.
 *
 * @throws LYC3025
 */
export async function removeFilesOfStart(
  context: StartEffects,
  recorded: ExecutionOutputs,
  replacement: (NextFiles & { readonly onDelete: OnDelete }) | undefined,
  cancel: AbortSignal,
): Promise<void> {
  const { filesPrefix, startKey, onDelete } = recorded;
  if (filesPrefix === undefined) return;
  const leaves = onDelete === "leave" || replacement?.onDelete === "leave";
  if (!leaves && mustHaveEnded(recorded, context.clock.now())) {
    await unlessCancelled(
      cancel,
      () => removeFiles(context, recorded, replacement, cancel),
      () => lifecycleErrors.filesNotRemoved(startKey, filesPrefix, "The command was cancelled."),
    );
    return;
  }
  context.report.notice(`The files of the start with the key ${startKey} stay in the bucket, in ${filesPrefix}.`);
}

const NEVER = new AbortController();
