import type { StartEffects } from "../process/context";
import { lifecycleErrors, messageOf } from "../run/errors";
import { foldersOf, writerOf } from "../run/mounts";
import type { ExecutionOutputs } from "../run/record";
import { parseFileName } from "../run/start-key";
import { isSameTarget } from "../run/target";

/**
 * Removes the files that were stored for a run that has ended. What the run wrote or changed stays.
 *
 * @throws LYC3025
 */
export async function removeFiles(
  { uploads, client, report }: StartEffects,
  recorded: ExecutionOutputs,
  replacement: { readonly mounts?: () => ReadonlySet<string> } | undefined,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const { filesPrefix = "", resourceUrn: urn, executionId: id } = recorded;
  const key = parseFileName(recorded.startKey);
  if (uploads === undefined || key === undefined || filesPrefix === "") return;
  if (!isSameTarget(recorded, client)) {
    report.warning(urn, `The files of run ${id} stay in ${filesPrefix} of the bucket of ${recorded.baseUrl}.`);
    return;
  }
  const planned = replacement?.mounts?.() ?? new Set<string>();
  try {
    const folders = foldersOf(filesPrefix);
    await uploads.remove({ urn, writer: writerOf(key), folders, planned }, cancel ?? NEVER.signal);
  } catch (error) {
    throw lifecycleErrors.filesNotRemoved(id, filesPrefix, messageOf(error));
  }
}

const NEVER = new AbortController();
