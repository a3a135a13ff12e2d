import { type Bucket, type BucketCall, StorageError } from "../../storage";
import { applySync, planSync, type RecordedFile, type StoredRecord, SyncFailure, type SyncPlan } from "..";
import { UNANSWERED } from "../record";
import type { SourceFile } from "../source";
import { type ManifestFolder, manifestsOf, sentName, storingName } from "./manifests";

/** The files to store for one run. */
export interface MountedFiles {
  /** The name under which the resource stores files. The bucket keeps this name with each file. */
  readonly writer: string;
  /** The folder of the resource, with a slash at its end. */
  readonly resource: string;
  /**
   * The name of the run and of its folder. If another run has written into this folder, the name of the folder gets a
   * number, such as `NAME-2`.
   */
  readonly run: string;
  /**
   * The files of each mount. `folder` gets the folder of the run, and returns the folder of the mount in the bucket.
   */
  readonly mounts: readonly {
    readonly folder: (run: string) => string;
    readonly files: readonly SourceFile[];
  }[];
}

/** Functions that are called while files are stored. */
export interface StoreProgress {
  readonly planned: (plan: SyncPlan) => void;
  readonly onBytes: (bytes: number) => void;
  readonly onStored: () => void;
}

/** The folder of a run, with a slash at its end. */
export function runFolder(resource: string, run: string): string {
  return `${resource}runs/${run}/`;
}

/** Returns the name of a run from the run's folder. */
export function runOfFolder(folder: string): string {
  return folder.slice(0, -1).slice(folder.slice(0, -1).lastIndexOf("/") + 1);
}

/**
 * Stores the files of a run, and returns the folder of the run. A list of the files is stored first. If the command is
 * killed, the next create or deletion finds the files in this list.
 */
export async function storeMounts(
  bucket: Bucket,
  { writer, resource, run: first, mounts }: MountedFiles,
  { planned, ...progress }: StoreProgress,
  call: BucketCall,
): Promise<string> {
  const manifests = manifestsOf(bucket, resource, call);
  const { sent, unsettled } = await manifests.list();
  const recorded = new Map<string, RecordedFile>();
  for (const name of unsettled) for (const [key, file] of await manifests.read(name)) recorded.set(key, file);
  const run = await freeName(bucket, { resource, first, sent, manifests, recorded }, call);
  const folder = runFolder(resource, run);
  const wanted = mounts.flatMap((mount) =>
    mount.files.map((file) => ({ key: `${mount.folder(folder)}${file.path}`, file })),
  );
  const prefixes = foldersOfKeys([...wanted.map(({ key }) => key), ...recorded.keys()], resource);
  const desired = { writer, wanted, recorded, prefixes, mayHaveUnrecorded: false, isExclusive: true };
  const plan = await planSync(bucket, desired, call);
  const kept = plan.removes.length === 0 ? new Set<string>() : await keysOf(manifests, sent);
  await manifests.write(storingName(run), announced(plan, recorded));
  await manifests.remove(unsettled.filter((name) => name !== storingName(run)));
  planned(plan);
  const record = await applySync(bucket, desired, plan, { ...call, ...progress, kept: () => kept }).catch(
    (error: unknown) => {
      throw error instanceof SyncFailure ? error.cause : error;
    },
  );
  await verify(bucket, record, foldersOfKeys([...record.keys()], resource), call);
  await manifests.write(sentName(run), record);
  await manifests.remove([storingName(run)]);
  return folder;
}

/**
 * Returns the folder in the bucket with the files of a run that an earlier command has started. If there are numbered
 * folders of this run, such as `NAME-2`, returns the folder with the highest number.
 */
export async function findRun(
  bucket: Bucket,
  { resource, run }: Pick<MountedFiles, "resource" | "run">,
  call: BucketCall,
): Promise<string> {
  const { sent } = await manifestsOf(bucket, resource, call).list();
  const numbers = sent.map((name) => (name === run ? 1 : numberOf(name, run)));
  return runFolder(resource, numbered(run, Math.max(1, ...numbers)));
}

interface Names {
  readonly resource: string;
  readonly first: string;
  readonly sent: readonly string[];
  readonly manifests: ManifestFolder;
  readonly recorded: Map<string, RecordedFile>;
}

/**
 * Returns a name for the folder of the run. No other run has written into this folder. If the folder has files of a
 * failed start, adds them to `recorded`, so that they are used again.
 */
async function freeName(
  bucket: Bucket,
  { resource, first, sent, manifests, recorded }: Names,
  call: BucketCall,
): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = numbered(first, number);
    const own = sent.includes(name) ? await manifests.read(sentName(name)) : new Map<string, RecordedFile>();
    const known = new Map([...recorded, ...own]);
    if (!(await isChanged(bucket, runFolder(resource, name), known, call))) {
      for (const [key, file] of own) recorded.set(key, file);
      return name;
    }
  }
}

function numbered(name: string, number: number): string {
  return number === 1 ? name : `${name}-${number}`;
}

/** Returns the number that {@link numbered} has put after a name, or 0. */
function numberOf(numberedName: string, name: string): number {
  const [start, end] = [numberedName.slice(0, name.length + 1), numberedName.slice(name.length + 1)];
  return start === `${name}-` && /^[1-9]\d{0,8}$/.test(end) ? Number(end) : 0;
}

/** Returns true if a folder has a file that is not recorded, or whose ETag differs from the recorded ETag. */
async function isChanged(bucket: Bucket, folder: string, known: StoredRecord, call: BucketCall): Promise<boolean> {
  for await (const { key, etag } of bucket.list(folder, call)) {
    const file = known.get(key);
    if (file === undefined || (file.etag !== UNANSWERED && file.etag !== etag)) return true;
  }
  return false;
}

/**
 * Returns the files that may be in the bucket if the command is killed while it carries out the plan. The ETag of
 * a file that the plan sends counts as unknown, because the bucket may then have the old or the new file.
 */
function announced({ puts, before }: SyncPlan, recorded: StoredRecord): StoredRecord {
  const all = new Map([...recorded, ...before]);
  for (const { key } of puts) all.set(key, { key, etag: UNANSWERED, content: "", isOwn: true });
  return all;
}

/** Returns the keys of all files in the lists `RUN.sent` of these runs. */
export async function keysOf(manifests: ManifestFolder, runs: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const run of runs) for (const key of (await manifests.read(sentName(run))).keys()) keys.add(key);
  return keys;
}

/** Returns the folders of these keys, two levels below the resource's folder: `runs/RUN/` or `files/HASH/`. */
export function foldersOfKeys(keys: readonly string[], resource: string): readonly string[] {
  const depth = resource.split("/").length + 1;
  return [...new Set(keys.map((key) => `${key.split("/").slice(0, depth).join("/")}/`))];
}

async function verify(
  bucket: Bucket,
  record: StoredRecord,
  folders: readonly string[],
  call: BucketCall,
): Promise<void> {
  const found = new Map<string, string>();
  for (const folder of folders) for await (const { key, etag } of bucket.list(folder, call)) found.set(key, etag);
  for (const { key, etag } of record.values()) {
    if (found.get(key) === etag) continue;
    throw new StorageError(
      "LYC6010",
      `${key} ${found.has(key) ? "has other bytes" : "is missing"} after it was stored.`,
    );
  }
}
