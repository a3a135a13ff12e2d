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
 * Returns the declared artifacts with their keys in the bucket. Undefined if the program declares none. The key is
 * usually the path that the program declares. If this path begins with `./`, it names a file in a mounted folder of the
 * project, and the key is the key of the file's copy in the bucket.
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

/** Removes artifacts from the outputs if `declaredArtifacts` does not have them, or has them with another key. */
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
 * Returns the names of artifacts that are not recorded yet although the run has completed. A failed or active run has
 * no artifacts.
 */
export function awaitedArtifacts(outputs: RecordedOutputs): readonly string[] {
  if (kindOf(outputs) !== "completed") return [];
  const { artifacts = {}, declaredArtifacts: all = {} } = outputs;
  return Object.keys(all).filter((name) => !Object.hasOwn(artifacts, name));
}

/** Adds the files that were found in the bucket to the artifacts of a run. */
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
 * Seconds by which a file of a run may seem older than the start of the run, because the bucket has whole seconds and
 * its own clock.
 */
const BEFORE_START_SECONDS = 5;

/** Seconds after the end of a run in which the run's mount may still send files to the bucket. */
const AFTER_END_SECONDS = 300;

/**
 * Returns whether a file was written by a run, or earlier, or later. Only the times decide.
 *
 * | time of the file                                              | written by |
 * |---------------------------------------------------------------|------------|
 * | not known, or the times of the run are not known              | run |
 * | more than 5 s before the run started                          | earlier |
 * | more than 5 minutes after the run ended                       | later |
 * | anything else                                                 | run |
 *
 * A time without its offset from UTC may be in any time zone, so it counts as not known.
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
 * Returns the recorded artifacts that the deletion of the resource removes if the bucket still has them unchanged:
 * those with `onDelete: "delete"` that this run has written.
 */
export function artifactsToDelete(outputs: RecordedOutputs): readonly Artifact[] {
  return Object.entries(outputs.artifacts ?? {}).flatMap(([name, artifact]) => {
    const isDeleted = artifactNamed(outputs.declaredArtifacts, name)?.onDelete === "delete";
    const { modified } = artifact;
    return isDeleted && writtenBy({ modified }, outputs) === "run" ? [artifact] : [];
  });
}

/** Maximum number of keys that a message suggests for a missing key. */
const MOST_SHOWN = 5;

/**
 * Returns the keys that are most similar to a missing key, the best first: files of the same name, then files in the
 * same folder. If there are none, returns the keys with the longest common beginning.
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
