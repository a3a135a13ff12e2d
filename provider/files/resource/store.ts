import { randomBytes } from "node:crypto";
import { sizeText } from "../../display/sizes";
import type { Properties } from "../../schema";
import { StorageError } from "../../storage/errors";
import { beginningsOf } from "../../storage/keys";
import {
  applySync,
  bytesOf,
  type DesiredFiles,
  hashOf,
  planSync,
  readSource,
  type Source,
  type StoredRecord,
  SyncFailure,
  type SyncPlan,
  writerId,
} from "..";
import { isEmpty, plannedChange } from "./diff";
import { countOf, leftText, repairedText, sharedText, unrecordedText } from "./messages";
import { FilesFailure, type FilesPorts, keysOfOthers } from "./ports";
import {
  createdOf,
  type FilesInputs,
  type FilesState,
  filesInputsOf,
  filesOutputsOf,
  RECORDED,
  recordOf,
} from "./state";

/** The request to create a resource of type StoredFiles. */
export interface FilesCreate {
  readonly urn: string;
  /** The random secret of the stack. */
  readonly scope: string;
  /** The checked inputs. */
  readonly news: Properties;
  readonly signal: AbortSignal;
}

/** The result of a create or update. */
export interface StoredResource {
  readonly id: string;
  readonly outputs: Properties;
}

/**
 * Stores the files of a new resource. If an earlier command was killed, some of these files may already be in the
 * bucket. The writer's name in the bucket shows that they belong to this resource.
 *
 * @throws {FilesFailure} if the create fails, and the bucket may already have files of this resource
 */
export async function createFiles(
  ports: FilesPorts,
  { urn, scope, news, signal }: FilesCreate,
): Promise<StoredResource> {
  const id = writerId(scope, urn);
  const created = randomBytes(6).toString("hex");
  return store(ports, { id, urn, outputs: { [RECORDED.created]: created } }, filesInputsOf(news), signal, true);
}

/**
 * Stores the files that differ from the state's list, and removes files that the source no longer has. If nothing
 * differs, sends no request.
 *
 * @throws {FilesFailure} if files may have been stored or removed
 */
export async function updateFiles(
  ports: FilesPorts,
  state: FilesState,
  news: Properties,
  signal: AbortSignal,
): Promise<StoredResource> {
  return store(ports, state, filesInputsOf(news), signal, false);
}

async function store(
  ports: FilesPorts,
  state: FilesState,
  inputs: FilesInputs,
  signal: AbortSignal,
  isNew: boolean,
): Promise<StoredResource> {
  const { id, urn } = state;
  const recorded = recordOf(state.outputs);
  const created = createdOf(state.outputs);
  ports.memory.current.set(urn, created);
  const answer = (record: StoredRecord): Properties => ({
    ...filesOutputsOf(inputs, record),
    [RECORDED.created]: created,
  });
  try {
    if (!isNew && isEmpty(plannedChange(inputs, recorded))) return { id, outputs: answer(recorded) };
    const source = await currentSource(ports, urn, inputs);
    const desired = desiredFiles(state, inputs, source, recorded, isNew);
    const bucket = ports.bucket();
    const plan = await planSync(bucket, desired, { signal });
    ports.admit(bytesOf(plan.puts.map(({ file }) => file)));
    reportPlan(ports, urn, plan);
    const progress = progressOf(ports, urn, plan);
    const kept = (): ReadonlySet<string> => keysOfOthers(ports.memory, urn);
    const record = await applySync(bucket, desired, plan, { signal, kept, ...progress });
    for (const key of record.keys()) ports.memory.inUse.add(key);
    return { id, outputs: answer(record) };
  } catch (error) {
    throw failureOf(id, error, answer, isNew, signal);
  } finally {
    await ports.flush();
  }
}

/**
 * Converts an error of a create or update. If files of this resource may be in the bucket, the result is a
 * `FilesFailure`, so that the state records these files.
 */
function failureOf(
  id: string,
  error: unknown,
  answer: (record: StoredRecord) => Properties,
  isNew: boolean,
  signal: AbortSignal,
): unknown {
  const cause = error instanceof SyncFailure ? error.cause : error;
  const shown = signal.aborted
    ? new StorageError("LYC6015", "The command was cancelled before all files were stored.")
    : cause;
  if (!(error instanceof SyncFailure)) return shown;
  const hasOwn = [...error.record.values()].some(({ isOwn }) => isOwn);
  if (isNew && !hasOwn) return shown;
  // An error without a code is a bug in this package. The error is passed on unchanged, so that the host reports its
  // stack.
  if (!isCoded(shown)) return shown;
  return new FilesFailure(id, answer(error.record), messageOf(shown));
}

function isCoded(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && /^LYC\d{4}$/.test(String((error as { code?: unknown }).code));
}

function messageOf(error: Error & { readonly code: string }): string {
  return error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
}

/**
 * Returns the files as the check has read them. Reads them again if this process has no files in memory with the hash
 * in `inputs`.
 */
async function currentSource(ports: FilesPorts, urn: string, inputs: FilesInputs): Promise<Source> {
  const known = ports.memory.sources.get(urn);
  if (known?.hash === inputs.hash) return known.source;
  const source = await readSource({
    folder: known?.folder ?? ports.folder(),
    source: inputs.source,
    exclude: inputs.exclude,
    known: inputs.manifest,
    now: ports.now(),
  });
  if (hashOf(source.files) !== inputs.hash) {
    throw new StorageError("LYC6007", `The files of ${inputs.source} changed after the command had checked them.`);
  }
  return source;
}

function desiredFiles(
  { id }: FilesState,
  { prefix }: FilesInputs,
  { isFile, files }: Source,
  recorded: StoredRecord,
  isNew: boolean,
): DesiredFiles {
  const wanted = files.map((file) => ({ key: `${prefix}${file.path}`, file }));
  return {
    writer: id,
    wanted,
    recorded,
    // The prefix of a single file is its key, so that the bucket does not list the whole folder.
    prefixes: [
      ...(isFile ? wanted.map(({ key }) => key) : [prefix]),
      ...beginningsOf([...recorded.keys()].filter((key) => isFile || !key.startsWith(prefix))),
    ],
    mayHaveUnrecorded: isNew && !isFile,
  };
}

function reportPlan({ report }: FilesPorts, urn: string, { left, unrecorded, shared, repaired }: SyncPlan): void {
  if (shared.length > 0) report.notice(urn, sharedText(shared));
  if (repaired.length > 0) report.notice(urn, repairedText(repaired));
  if (left.length > 0) report.warning(urn, leftText(left));
  if (unrecorded.length > 0) report.warning(urn, unrecordedText(unrecorded));
}

/** The milliseconds between two progress texts on the row of the resource. */
const PROGRESS_EVERY = 5000;

function progressOf({ report, now }: FilesPorts, urn: string, { puts, removes }: SyncPlan) {
  const total = bytesOf(puts.map(({ file }) => file));
  let [files, bytes, shownAt] = [0, 0, now()];
  const show = (): void => {
    if (files < puts.length && now() - shownAt < PROGRESS_EVERY) return;
    shownAt = now();
    const removed = removes.length === 0 ? "" : `, ${removes.length} to remove`;
    report.progress(
      urn,
      `stored ${files} of ${countOf(puts.length, "file")}, ${sizeText(bytes)} of ${sizeText(total)}${removed}`,
    );
  };
  return {
    onBytes: (sent: number) => {
      bytes += sent;
      if (files < puts.length) show();
    },
    onStored: () => {
      files += 1;
      show();
    },
  };
}
