import type { StartEffects } from "../process/context";
import { lifecycleErrors, messageOf } from "../run/errors";
import type { KeyParts } from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import { foldersOf, unknownPathIn, withBucketPaths, writerOf } from "../run/mounts";
import { beforeStart, bounded, type Deadline } from "../watch/deadline";

/** The inputs of a start after the files of the start were stored in the bucket. */
export interface StoredFiles {
  /**
   * The inputs. In their Compose text, the path of each stored mount is the path at which the run finds the files. This
   * path is below the setting `s3MountPath`.
   */
  readonly inputs: ExecutionInputs;
  /** The folder of the run in the bucket. Undefined if no files are stored. */
  readonly folder?: string;
  /**
   * The deadline of the steps after the upload. It is later by the duration of the upload, unless `customTimeouts`
   * limits the whole create.
   */
  readonly deadline: Deadline;
}

/** The run for which files are stored. */
export interface RunOfFiles extends KeyParts {
  readonly attempt: number;
}

/**
 * Stores the files that the services of a run mount. Returns when all files are in the bucket.
 *
 * @throws LYC3024 if a file cannot be stored; the caller must then not start the run
 */
export async function storeFiles(
  { uploads, clock }: StartEffects,
  inputs: ExecutionInputs,
  key: RunOfFiles,
  deadline: Deadline,
): Promise<StoredFiles> {
  const { uploads: mounts = [], urn } = inputs;
  if (mounts.length === 0 || uploads === undefined) return { inputs, deadline };
  const from = clock.now();
  const mountPath = uploads.mountPath();
  if (mountPath === undefined) throw lifecycleErrors.filesNotStored("The setting s3MountPath is not valid.");
  const unknown = unknownPathIn(inputs.composeText ?? "", mounts);
  if (unknown !== undefined) throw lifecycleErrors.filesNotStored(`The text mounts ${unknown}, which has no files.`);
  const upload = { urn, writer: writerOf(key), ...namesOf(uploads, inputs, key), mounts };
  const limited = inputs.customTimeouts.create !== undefined || inputs.customTimeouts.update !== undefined;
  const cancel = deadline.cancel?.signal;
  const work = (signal: AbortSignal): Promise<string> =>
    uploads.store(upload, signal).catch((error: unknown) => {
      if (cancel?.aborted) throw lifecycleErrors.cancelledBeforeStart();
      throw lifecycleErrors.filesNotStored(messageOf(error));
    });
  const folder = await beforeStart(deadline, () =>
    limited
      ? bounded(clock, Math.max(1, (deadline.at - clock.now()) / 1000), work, deadline)
      : work(cancel ?? NEVER.signal),
  );
  const text = withBucketPaths(inputs.composeText ?? "", mounts, foldersOf(folder), mountPath);
  const late = limited ? 0 : clock.now() - from;
  return {
    // The bucket must be mounted, even if the program does not set `enableS3Mount`.
    inputs: { ...inputs, composeText: text, enableS3Mount: true },
    folder,
    deadline: { ...deadline, begunAt: deadline.begunAt + late, at: deadline.at + late },
  };
}

/** The longest time, in seconds, for finding a run's folder in the bucket, with all requests that this needs. */
const FIND_SECONDS = 30;

/**
 * Returns the folder of a run that is adopted. If the bucket does not answer, warns, and returns the folder that the
 * run most likely has. The run is still adopted, because a run that no state records costs money.
 */
export async function findFiles(
  { uploads, clock, report }: StartEffects,
  inputs: ExecutionInputs,
  key: RunOfFiles,
  deadline: Deadline,
): Promise<string | undefined> {
  if (inputs.uploads === undefined || uploads === undefined) return undefined;
  const names = namesOf(uploads, inputs, key);
  try {
    return await bounded(clock, FIND_SECONDS, (signal) => uploads.find(names, signal), deadline);
  } catch (error) {
    const folder = uploads.likelyFolder(names);
    report.warning(
      `The bucket does not show the folder of the run that is adopted. It is probably ${folder}, which is recorded. ${messageOf(error)}`,
    );
    return folder;
  }
}

const NEVER = new AbortController();

function namesOf(
  uploads: NonNullable<StartEffects["uploads"]>,
  { urn }: ExecutionInputs,
  { scope, inputs, attempt }: RunOfFiles,
): { readonly resource: string; readonly run: string } {
  return { resource: uploads.folder(urn, scope), run: `${attempt}-${inputs}` };
}
