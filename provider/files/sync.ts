import type { Bucket, BucketCall, StoredFile } from "../storage/bucket";
import { StorageError } from "../storage/errors";
import { hasEtag, isDivided } from "../storage/etag";
import { validKey } from "../storage/keys";
import { openContent } from "../storage/local/content";
import { forEachAtOnce } from "../storage/slots";
import { type Action, decide, type FoundFile, questionsAbout, type Writer } from "./decide";
import { type RecordedFile, type StoredRecord, UNANSWERED } from "./record";
import { changedError, isUnchanged, type SourceFile } from "./source";
import { isOfSameStack } from "./writer";

/** A local file, and its key in the bucket. */
export interface WantedFile {
  readonly key: string;
  readonly file: SourceFile;
}

/** The files that the bucket should contain for one writer. */
export interface DesiredFiles {
  /** The writer's name, which the bucket keeps with each file. */
  readonly writer: string;
  readonly wanted: readonly WantedFile[];
  /** The stored files that the state records. */
  readonly recorded: StoredRecord;
  /** Prefixes that cover all desired keys and all recorded keys. */
  readonly prefixes: readonly string[];
  /** Whether the bucket may contain files that the state does not record, because an earlier command was killed. */
  readonly mayHaveUnrecorded: boolean;
  /** Whether only this resource and its own runs write below the prefixes. */
  readonly isExclusive?: boolean;
}

/** What will happen to each file, by the file's key. */
export interface SyncPlan {
  readonly puts: readonly WantedFile[];
  readonly removes: readonly string[];
  /** Keys of this resource's files that a run or another writer has changed. These files stay in the bucket. */
  readonly left: readonly string[];
  /** Keys of files with this writer's name that the state does not record. A renamed resource may have stored them. */
  readonly unrecorded: readonly string[];
  /** Keys of files that another writer has stored with the desired content. The resource uses these files. */
  readonly shared: readonly string[];
  /**
   * Keys of files that this resource has stored, and that a run or another writer has changed or removed since. These
   * files are stored again.
   */
  readonly repaired: readonly string[];
  /**
   * The list of stored files before anything is sent: the files that are kept or shared, and the files that will be
   * replaced or removed.
   */
  readonly before: StoredRecord;
}

/** The largest number of files whose content or writer is requested at the same time. */
const QUESTIONS_AT_ONCE = 16;
/** The largest number of files that are sent at the same time. */
const FILES_AT_ONCE = 8;
/**
 * The largest number of files in a plan that are neither desired nor recorded. Further such files in the bucket are
 * ignored, because each needs a request for its writer.
 */
const MOST_UNRECORDED = 1000;

/**
 * Compares the desired files with the files in the bucket, and returns a plan. Sends no file.
 *
 * @throws {StorageError} LYC6012 if another writer has stored other content under a key
 */
export async function planSync(bucket: Bucket, desired: DesiredFiles, call: BucketCall = {}): Promise<SyncPlan> {
  const wanted = new Map(desired.wanted.map((one) => [one.key, one]));
  for (const key of wanted.keys()) validKey(key);
  const found = await filesIn(bucket, desired, wanted, call);
  const keys = new Set([...wanted.keys(), ...desired.recorded.keys(), ...found.keys()]);
  const facts = await answered(bucket, desired, wanted, found, [...keys], call);
  return planOf(facts, wanted, desired.recorded);
}

/** The facts about a key, and what happens to the file with this key. */
interface Answered {
  readonly key: string;
  readonly recorded: RecordedFile | undefined;
  readonly found: FoundFile | undefined;
  readonly action: Action;
}

/** Lists the files in the bucket that matter for the plan. Drops all other files, because their number may be large. */
async function filesIn(
  bucket: Bucket,
  { recorded, prefixes, mayHaveUnrecorded }: DesiredFiles,
  wanted: ReadonlyMap<string, WantedFile>,
  call: BucketCall,
): Promise<ReadonlyMap<string, StoredFile>> {
  const found = new Map<string, StoredFile>();
  let unrecorded = 0;
  for (const prefix of new Set(prefixes)) {
    for await (const file of bucket.list(prefix, call)) {
      const isKnown = wanted.has(file.key) || recorded.has(file.key);
      if (!isKnown && (!mayHaveUnrecorded || unrecorded >= MOST_UNRECORDED)) continue;
      if (!isKnown) unrecorded += 1;
      found.set(file.key, file);
    }
  }
  return found;
}

async function answered(
  bucket: Bucket,
  { writer, recorded, isExclusive }: DesiredFiles,
  wanted: ReadonlyMap<string, WantedFile>,
  found: ReadonlyMap<string, StoredFile>,
  keys: readonly string[],
  call: BucketCall,
): Promise<readonly Answered[]> {
  const all: Answered[] = [];
  await forEachAtOnce(keys, QUESTIONS_AT_ONCE, async (key) => {
    const file = wanted.get(key)?.file;
    const stored = found.get(key);
    const facts = { wanted: file?.content, recorded: recorded.get(key), found: stored, isExclusive };
    const asks = questionsAbout(facts);
    const known: FoundFile | undefined = stored && {
      etag: stored.etag,
      isSame: asks.content && file !== undefined ? await hasContent(file, stored) : undefined,
      writer: asks.writer ? kindOf(await bucket.writerOf(key, call), writer) : undefined,
    };
    all.push({ key, recorded: facts.recorded, found: known, action: decide({ ...facts, found: known }) });
  });
  return all.sort((one, other) => (one.key < other.key ? -1 : 1));
}

function kindOf(name: string | undefined, own: string): Writer {
  if (name === undefined) return "none";
  return name === own ? "own" : isOfSameStack(name, own) ? "stack" : "other";
}

async function hasContent(file: SourceFile, stored: StoredFile): Promise<boolean> {
  if (stored.bytes !== file.bytes) return false;
  const content = await openContent(file.location);
  try {
    return (await hasEtag(content, stored.etag)) === true;
  } finally {
    await content.close();
  }
}

/** Throws LYC6012 if another writer has stored other content under one of the keys. */
function refuse(facts: readonly Answered[]): void {
  const refused = facts.filter(({ action }) => action === "refuse");
  const [first] = refused;
  if (first === undefined) return;
  const [more, them] = refused.length === 1 ? ["", "it"] : [` and ${refused.length - 1} more`, "them"];
  const who =
    first.found?.writer === "stack"
      ? `another resource of this stack has stored ${them}. A renamed resource needs an alias with its former name`
      : `this resource did not put ${them} there`;
  throw new StorageError("LYC6012", `The bucket already has ${first.key}${more} with another content, and ${who}.`);
}

function planOf(facts: readonly Answered[], wanted: ReadonlyMap<string, WantedFile>, recorded: StoredRecord): SyncPlan {
  refuse(facts);
  const before = new Map<string, RecordedFile>();
  for (const { key, action, found, recorded: old } of facts) {
    const content = wanted.get(key)?.file.content ?? "";
    if (action === "keep" || action === "share")
      before.set(key, { key, etag: found?.etag ?? "", content, isOwn: action === "keep" });
    else if (action === "remove" || (action === "put" && found !== undefined))
      before.set(key, {
        key,
        etag: found?.etag ?? "",
        content: old?.etag === found?.etag ? (old?.content ?? "") : "",
        isOwn: true,
      });
  }
  const isRepaired = ({ key, action, found }: Answered): boolean => {
    const old = recorded.get(key);
    return action === "put" && isAnswered(old) && old.isOwn && old.etag !== found?.etag;
  };
  return {
    puts: keysWith(facts, "put").flatMap((key) => wanted.get(key) ?? []),
    removes: keysWith(facts, "remove"),
    left: facts.filter(({ action, recorded: old }) => action === "leave" && isAnswered(old)).map(({ key }) => key),
    unrecorded: facts
      .filter(({ action, recorded: old, found }) => action === "leave" && old === undefined && found?.writer === "own")
      .map(({ key }) => key),
    shared: keysWith(facts, "share"),
    repaired: facts.filter(isRepaired).map(({ key }) => key),
    before,
  };
}

/** Returns true if the state records the file with an ETag. Such a file was in the bucket. */
function isAnswered(file: RecordedFile | undefined): file is RecordedFile {
  return file !== undefined && file.etag !== UNANSWERED;
}

function keysWith(facts: readonly Answered[], action: Action): readonly string[] {
  return facts.filter((one) => one.action === action).map(({ key }) => key);
}

/** Functions that are called while files are stored and removed according to a plan. */
export interface SyncProgress extends BucketCall {
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly onStored?: ((file: WantedFile) => void) | undefined;
  /**
   * Returns the keys of the files that stay in the bucket although this resource no longer needs them. Called after all
   * files are stored.
   */
  readonly kept?: (() => ReadonlySet<string>) | undefined;
}

/** A failure while files are stored and removed according to a plan. Some files may already be stored or removed. */
export class SyncFailure extends Error {
  override readonly name = "SyncFailure";

  /** @param record the list of stored files for the state, with all files that the bucket may contain now */
  constructor(
    readonly record: StoredRecord,
    override readonly cause: unknown,
  ) {
    super("Not all files were stored.");
  }
}

/**
 * Carries out a plan: stores files, and then removes the files that are no longer desired. Returns the new list of
 * stored files.
 *
 * @throws {SyncFailure} after any error
 */
export async function applySync(
  bucket: Bucket,
  { writer, prefixes }: Pick<DesiredFiles, "writer" | "prefixes">,
  { puts, removes, before }: SyncPlan,
  { onBytes, onStored, kept = () => new Set(), ...call }: SyncProgress = {},
): Promise<StoredRecord> {
  const record = new Map(before);
  try {
    if (puts.length > 0) await removeUnfinished(bucket, puts, prefixes, call);
    await forEachAtOnce(puts, FILES_AT_ONCE, async (one) => {
      call.signal?.throwIfAborted();
      record.set(
        one.key,
        await store(bucket, one, { ...call, writer, ...(onBytes && { onBytes }) }, (file) => {
          if (file.etag !== UNANSWERED || !record.has(one.key)) record.set(one.key, file);
        }),
      );
      onStored?.(one);
    });
    const staying = removes.length > 0 ? kept() : new Set<string>();
    const gone = removes.filter((key) => !staying.has(key));
    if (gone.length > 0) await bucket.remove(gone, call);
    for (const key of removes) record.delete(key);
    return record;
  } catch (error) {
    throw new SyncFailure(record, error);
  }
}

/** Removes the parts of large files that a killed command has left in the bucket. */
async function removeUnfinished(
  bucket: Bucket,
  puts: readonly WantedFile[],
  prefixes: readonly string[],
  call: BucketCall,
): Promise<void> {
  const keys = new Set(puts.filter(({ file }) => isDivided(file.bytes)).map(({ key }) => key));
  if (keys.size === 0) return;
  for (const prefix of new Set(prefixes)) await bucket.removeUnfinished(prefix, (key) => keys.has(key), call);
}

async function store(
  bucket: Bucket,
  { key, file }: WantedFile,
  call: Parameters<Bucket["upload"]>[2],
  note: (file: RecordedFile) => void,
): Promise<RecordedFile> {
  const content = await openContent(file.location);
  try {
    if (!isUnchanged(file)) throw changedError(file);
    const { etag } = await bucket.upload(key, content, call).catch((error: unknown) => {
      // If no answer arrived, the bucket may still have received the file. The next command then asks the bucket which
      // writer stored the file.
      if (!isRefusal(error)) note({ key, etag: UNANSWERED, content: "", isOwn: true });
      throw error;
    });
    // If the file changed during the upload, the state records no digest. The next command then sends the file again.
    note({ key, etag, content: "", isOwn: true });
    if (!isUnchanged(file)) throw changedError(file);
    return { key, etag, content: file.content, isOwn: true };
  } finally {
    await content.close();
  }
}

/** Codes of errors that prove that the bucket has not received the file. */
const REFUSALS: ReadonlySet<string> = new Set(["LYC6002", "LYC6003", "LYC6005", "LYC6007", "LYC6008", "LYC6009"]);

function isRefusal(error: unknown): boolean {
  return StorageError.isInstance(error) && REFUSALS.has(error.code);
}
