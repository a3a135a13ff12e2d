import { isDeepStrictEqual } from "node:util";
import { kindOf } from "../../../lyceum/answers/status";
import type { Artifact, ArtifactSource, DeclaredArtifact, RecordedOutputs } from "../../../schema";
import type { ExecutionInputs } from "../inputs";
import { foldersOf, keyOfLocalPath } from "../mounts";

/** A file as the bucket shows it. */
export interface FileInBucket {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly modified: string | undefined;
}

/** Artifacts by name, with their keys in the bucket. */
type Declared = Readonly<Record<string, DeclaredArtifact>>;

/**
 * Returns the artifacts that the program declares, in recorded form. Undefined if it declares none. A path is relative
 * to the bucket, so it is the key. A path in a mounted folder of the project (`./out/model.pt`) has the key of its
 * copy.
 *
 * @param filesPrefix the folder of the run in the bucket
 */
export function declaredArtifacts(
  { artifacts, project }: Partial<Pick<ExecutionInputs, "artifacts" | "project">>,
  filesPrefix: string | undefined,
): Declared | undefined {
  const entries = Object.entries(artifacts ?? {});
  if (entries.length === 0) return undefined;
  const mounts = project?.record.mounts ?? [];
  const keyOf = (path: string): string => {
    if (!path.startsWith("./") || filesPrefix === undefined) return path;
    return keyOfLocalPath(mounts, path, foldersOf(filesPrefix)) ?? path;
  };
  return Object.fromEntries(entries.map(([name, source]) => [name, declared(source, keyOf)]));
}

function declared(source: ArtifactSource, keyOf: (path: string) => string): DeclaredArtifact {
  const { path, onDelete = "leave" } = typeof source === "string" ? { path: source } : source;
  return onDelete === "delete" ? { key: keyOf(path), onDelete } : { key: keyOf(path) };
}

/** Whether the program declares other artifacts than the state records. */
export function artifactsChanged(
  { declaredArtifacts: recorded = {}, filesPrefix }: Pick<RecordedOutputs, "declaredArtifacts" | "filesPrefix">,
  news: Partial<Pick<ExecutionInputs, "artifacts" | "project">>,
): boolean {
  return !isDeepStrictEqual(recorded, declaredArtifacts(news, filesPrefix) ?? {});
}

/** Returns the outputs without artifacts that are no longer declared, or are declared with another key. */
export function withoutOtherArtifacts(outputs: RecordedOutputs): RecordedOutputs {
  const { artifacts, ...rest } = outputs;
  const kept = Object.entries(artifacts ?? {}).filter(
    ([name, { key }]) => artifactNamed(outputs.declaredArtifacts, name)?.key === key,
  );
  return kept.length === 0 ? rest : { ...rest, artifacts: Object.fromEntries(kept) };
}

function artifactNamed(all: Declared | undefined, name: string): DeclaredArtifact | undefined {
  return all !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
}

/**
 * Returns the names of artifacts that still have to be looked up, because the run has completed and the state does not
 * record them yet. A run that failed has no artifacts, and an active one does not have them yet.
 */
export function awaitedArtifacts(outputs: RecordedOutputs): readonly string[] {
  if (kindOf(outputs) !== "completed") return [];
  const { artifacts = {}, declaredArtifacts: all = {} } = outputs;
  return Object.keys(all).filter((name) => !Object.hasOwn(artifacts, name));
}

/** Adds files of the bucket to the artifacts of a run. */
export function withArtifacts(outputs: RecordedOutputs, found: ReadonlyMap<string, FileInBucket>): RecordedOutputs {
  const added = awaitedArtifacts(outputs).flatMap((name): [string, Artifact][] => {
    const file = found.get(artifactNamed(outputs.declaredArtifacts, name)?.key ?? "");
    if (file === undefined) return [];
    const { key, bytes, etag, modified } = file;
    return [[name, modified === undefined ? { key, bytes, etag } : { key, bytes, etag, modified }]];
  });
  return added.length === 0
    ? outputs
    : { ...outputs, artifacts: { ...outputs.artifacts, ...Object.fromEntries(added) } };
}

/**
 * A file that a run wrote may have a time up to this many seconds before the start of the run, because the bucket has
 * whole seconds and its own clock.
 */
const BEFORE_START_SECONDS = 5;

/** Seconds after the end of a run in which a mount may still send what the run has written. */
const AFTER_END_SECONDS = 300;

/**
 * Returns who has written a file, as far as its time shows this.
 *
 * | time of the file                                              | written by |
 * |---------------------------------------------------------------|------------|
 * | not known, or the times of the run are not known              | the run |
 * | more than 5 s before the run started                          | somebody earlier, such as an earlier run |
 * | more than 5 minutes after the run ended                       | somebody later |
 * | anything else                                                 | the run |
 *
 * A time of the run without its offset from UTC may be in any time zone, so it counts as not known.
 */
export function writtenBy(
  { modified }: Pick<FileInBucket, "modified">,
  { startedAt, createdAt, endedAt }: { readonly [Time in "startedAt" | "createdAt" | "endedAt"]?: string | undefined },
): "earlier" | "run" | "later" {
  const at = momentOf(modified);
  const start = momentOf(startedAt ?? createdAt);
  const end = momentOf(endedAt);
  if (at !== undefined && start !== undefined && at < start - BEFORE_START_SECONDS * 1000) return "earlier";
  if (at !== undefined && end !== undefined && at > end + AFTER_END_SECONDS * 1000) return "later";
  return "run";
}

function momentOf(time: string | undefined): number | undefined {
  if (time === undefined || !/(Z|[+-]\d\d:?\d\d)$/i.test(time)) return undefined;
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Returns the recorded artifacts that the deletion of the resource removes, if the bucket still has them unchanged:
 * those with `onDelete: "delete"` that this run has written.
 */
export function artifactsToDelete(outputs: RecordedOutputs): readonly Artifact[] {
  return Object.entries(outputs.artifacts ?? {}).flatMap(([name, artifact]) => {
    const isDeleted = artifactNamed(outputs.declaredArtifacts, name)?.onDelete === "delete";
    const { modified } = artifact;
    return isDeleted && writtenBy({ modified }, outputs) === "run" ? [artifact] : [];
  });
}

/** The largest number of keys that a message shows in place of a missing one. */
const MOST_SHOWN = 5;

/**
 * Returns the keys that are most like a missing key, best first: files of the same name, then files in the same folder.
 * Without such files, returns the keys with the longest common beginning.
 */
export function nearestKeys(missing: string, keys: Iterable<string>): readonly string[] {
  const name = fileName(missing).toLowerCase();
  const folder = missing.slice(0, missing.length - fileName(missing).length);
  const rank = (key: string): number => {
    if (fileName(key).toLowerCase() === name) return 0;
    const isInFolder = folder === "" ? !key.includes("/") : key.startsWith(folder);
    return isInFolder ? 1 : 2;
  };
  const ranked = [...new Set(keys)].map((key) => ({ key, rank: rank(key), common: commonLength(key, missing) }));
  const similar = ranked.filter((one) => one.rank < 2);
  return (similar.length > 0 ? similar : ranked)
    .sort((one, other) => one.rank - other.rank || other.common - one.common || (one.key < other.key ? -1 : 1))
    .slice(0, MOST_SHOWN)
    .map(({ key }) => key);
}

function fileName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
