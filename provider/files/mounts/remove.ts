import type { Bucket, BucketCall } from "../../storage";
import { applySync, planSync, type RecordedFile, SyncFailure } from "..";
import { KEPT, manifestsOf, sentName } from "./manifests";
import { foldersOfKeys, keysOf, runOfFolder } from "./store";

/** Identifies a run whose files are removed from the bucket. */
export interface RemovedFiles {
  readonly writer: string;
  readonly resource: string;
  /** The folder of the run, with a slash at its end. */
  readonly folder: string;
  /** The folders in the bucket that the next run of the resource needs. Each has a slash at its end. */
  readonly planned: readonly string[];
}

/** What happened to the files of a run. */
export interface Removed {
  readonly removed: readonly string[];
  /** Files of the run that were changed after they were stored. No other run needs them. */
  readonly changed: readonly string[];
}

/**
 * Removes the files that were stored for a run, and files that a killed command has left. Keeps a file that another run
 * needs, and a file that a run has changed. A changed file has another ETag than the recorded one. If the upload of a
 * file got no answer, no ETag is recorded. The file is then removed only if the bucket names this resource as its
 * writer.
 */
export async function removeMounts(
  bucket: Bucket,
  { writer, resource, folder, planned }: RemovedFiles,
  call: BucketCall,
): Promise<Removed> {
  const manifests = manifestsOf(bucket, resource, call);
  const { sent, unsettled } = await manifests.list();
  const own = runOfFolder(folder);
  const names = [...unsettled, ...(sent.includes(own) ? [sentName(own)] : [])];
  const recorded = new Map<string, RecordedFile>();
  for (const name of names) for (const [key, file] of await manifests.read(name)) recorded.set(key, file);
  const kept = new Map([...recorded].filter(([key]) => planned.some((start) => key.startsWith(start))));
  const others = await keysOf(
    manifests,
    sent.filter((name) => name !== own),
  );
  const prefixes = foldersOfKeys([...recorded.keys()], resource);
  const desired = { writer, wanted: [], recorded, prefixes, mayHaveUnrecorded: false, isExclusive: true };
  const plan = await planSync(bucket, desired, call);
  const isNeeded = (key: string): boolean => kept.has(key) || others.has(key);
  const removed = plan.removes.filter((key) => !isNeeded(key));
  if (kept.size > 0) await manifests.write(KEPT, kept);
  await applySync(bucket, desired, { ...plan, removes: removed }, call).catch((error: unknown) => {
    throw error instanceof SyncFailure ? error.cause : error;
  });
  await manifests.remove(names.filter((name) => kept.size === 0 || name !== KEPT));
  return { removed, changed: plan.left.filter((key) => !isNeeded(key)) };
}
