import type { RunSnapshot } from "../account/shared-snapshot";
import type { StartEffects } from "../process/context";
import { messageOf } from "../run/errors";
import { parseFileName, type StartKey } from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import { foldersOf, writerOf } from "../run/mounts";
import type { ExecutionOutputs } from "../run/record/record";
import { isSameTarget } from "../run/target";
import { bounded, type Deadline } from "../watch/deadline";
import type { UnclearStart } from "./possible-runs";
import { type StartResult, startOnce } from "./start";
import type { StoredFiles } from "./store-files";

/** The time limit in seconds for the requests about the files of a start that made no run. */
const RELEASE_SECONDS = 30;
/** The time limit in seconds for removing the files of a run that has ended. */
const REMOVE_SECONDS = 300;
/** Seconds for which a cancelled command may still mark or remove files. */
const SECONDS_AFTER_CANCEL = 10;

/** Starts a run whose files are stored. If the start certainly made no run, marks the files as unused. */
export async function startWithFiles(
  context: StartEffects,
  { inputs, folder, deadline }: StoredFiles,
  key: StartKey,
  before: RunSnapshot,
): Promise<StartResult> {
  try {
    return await startOnce(context, inputs, key, before, deadline);
  } catch (error) {
    await releaseFiles(context, folder, deadline);
    throw error;
  }
}

/**
 * Marks the files of a start that certainly made no run as unused. Then the next create may use the files, or the next
 * deletion may remove them. If the files cannot be marked, warns that they stay in the bucket.
 *
 * @param folder the folder of the run in the bucket
 */
export async function releaseFiles(
  context: StartEffects,
  folder: string | undefined,
  { cancel }: Pick<Deadline, "cancel">,
): Promise<void> {
  const { uploads, engine } = context;
  if (uploads === undefined || folder === undefined) return;
  await orWarn(context, folder, RELEASE_SECONDS, cancel, async (signal) => {
    // If Pulumi's engine has ended, another command may already use these files. So only a command whose engine is
    // alive marks the files as unused.
    if (await engine.isAlive()) await uploads.release(foldersOf(folder), signal);
  });
}

/**
 * Before the next start, decides about the files of a recorded start without a clear answer. If that start made no run,
 * its files are marked as unused. If the start may have made a run that is over, the files are removed: the next run
 * cannot use them, because that run may have changed some of them.
 */
export async function settleFiles(
  context: StartEffects,
  inputs: ExecutionInputs,
  { cancel }: Deadline,
  pending: ExecutionOutputs,
  unclear: UnclearStart,
): Promise<void> {
  const { uploads, client, report } = context;
  const { filesPrefix: folder, startKey, baseUrl } = pending;
  if (uploads === undefined || folder === undefined || parseFileName(startKey) === undefined) return;
  if (!isSameTarget(pending, client)) {
    report.warning(`The files of the start with the key ${startKey} stay in ${folder} of the bucket of ${baseUrl}.`);
    return;
  }
  if (unclear.kind === "not-started") return releaseFiles(context, folder, { cancel });
  await removeFilesOfRun(context, inputs, { cancel }, pending);
}

/**
 * Removes the files that were stored for a run that is over. Keeps files that the run wrote or changed, and files that
 * the next run mounts. If this fails, warns.
 */
export async function removeFilesOfRun(
  context: StartEffects,
  { urn, uploads: mounts = [] }: ExecutionInputs,
  { cancel }: Pick<Deadline, "cancel">,
  { filesPrefix: folder, startKey }: Pick<ExecutionOutputs, "filesPrefix" | "startKey">,
): Promise<void> {
  const { uploads } = context;
  const key = parseFileName(startKey);
  if (uploads === undefined || folder === undefined || key === undefined) return;
  const folders = foldersOf(folder);
  const planned = uploads.folder(urn, key.scope) === folders.resource ? mounts.map(({ hash }) => hash) : [];
  await orWarn(context, folder, REMOVE_SECONDS, cancel, (signal) =>
    uploads.remove({ urn, writer: writerOf(key), folders, planned: new Set(planned) }, signal),
  );
}

/** Calls `work`, whose failure must not prevent a start. If `work` fails, warns that files stay in the bucket. */
async function orWarn(
  { clock, report }: StartEffects,
  folder: string,
  seconds: number,
  cancel: Deadline["cancel"],
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const begunAt = clock.now();
  const deadline = { begunAt, at: begunAt + seconds * 1000, cancel };
  try {
    await bounded(clock, seconds, work, deadline, SECONDS_AFTER_CANCEL);
  } catch (error) {
    report.warning(`Files of a start that has no run stay in the bucket, in ${folder}. ${messageOf(error)}`);
  }
}
