import type { Artifact } from "../../schema";
import type { Effects, EndEffects, ResultBucket } from "../process/context";
import { InitFailure, type LifecycleError, lifecycleErrors, messageOf } from "../run/errors";
import {
  artifactsToDelete,
  awaitedArtifacts,
  type FileInBucket,
  nearestKeys,
  withArtifacts,
  writtenBy,
} from "../run/record/artifacts";
import type { ExecutionOutputs } from "../run/record/record";
import { isSameTarget } from "../run/target";
import { bounded } from "../watch/deadline";

/** Seconds for a lookup of artifacts, with all its requests. */
const LOOKUP_SECONDS = 60;

/**
 * Seconds between two lookups of artifacts after the end of a run. The mount of the bucket may send the last files
 * after the end of the run.
 */
const PAUSES = [2, 3];

/** Maximum number of files that are read from the list of a folder. Further files are looked up by their own keys. */
const MOST_LISTED = 2000;

type Context = Pick<EndEffects, "bucket" | "clock" | "report" | "client" | "processCache">;

/**
 * Adds the artifacts of a completed run to its outputs, in a create or update. Warns of a file that this run has not
 * written.
 *
 * @param isFirst whether the run has just ended; a missing file may then still arrive
 * @throws {InitFailure} LYC3026 if a file is missing, LYC3027 if the bucket cannot be read. The state keeps the run,
 * and the next `up` looks for the files again
 */
export async function withArtifactsOf(
  context: Context,
  outputs: ExecutionOutputs,
  isFirst: boolean,
): Promise<ExecutionOutputs> {
  const { outputs: current, problem } = await lookUpArtifacts(context, outputs, isFirst ? PAUSES : []);
  if (problem === undefined) return current;
  throw new InitFailure(current.executionId, current, [problem.message]);
}

/**
 * Adds the artifacts of a completed run to its outputs, in a refresh. If a file is missing or cannot be read, only
 * warns.
 */
export async function withShownArtifacts(context: Context, outputs: ExecutionOutputs): Promise<ExecutionOutputs> {
  const { outputs: current, problem } = await lookUpArtifacts(context, outputs, []);
  if (problem !== undefined) context.report.warning(problem.message);
  return current;
}

async function lookUpArtifacts(
  context: Context,
  outputs: ExecutionOutputs,
  pauses: readonly number[],
): Promise<{ readonly outputs: ExecutionOutputs; readonly problem?: LifecycleError }> {
  const { executionId: id, declaredArtifacts = {} } = outputs;
  const awaited = awaitedArtifacts(outputs);
  if (awaited.length === 0) return { outputs };
  const keyOf = (name: string): string => declaredArtifacts[name]?.key ?? "";
  const found = new Map<string, FileInBucket>();
  const keys = [...new Set(awaited.map(keyOf))];
  const missing = (): boolean => keys.some((key) => !found.has(key));
  // Returns the keys that must be looked up again: keys without a file, and keys with a file of an earlier run. The
  // mount of this run may still replace that file.
  const late = (): string[] =>
    keys.filter((key) => {
      const file = found.get(key);
      return file === undefined || writtenBy(file, outputs) === "earlier";
    });
  let current = outputs;
  try {
    // The bucket at another base URL or of another organization may have other files with these keys.
    if (!isSameTarget(outputs, context.client)) return { outputs };
    const others = await bounded(context.clock, LOOKUP_SECONDS, async (signal) => {
      let listed = await find(context.bucket, keys, found, signal);
      for (const seconds of pauses) {
        if (late().length === 0) break;
        await context.clock.sleep(seconds, signal);
        listed = await find(context.bucket, late(), found, signal);
      }
      if (!missing()) return [];
      const others = [...listed, ...(await some(context.bucket, signal))];
      return others.filter((key) => !found.has(key));
    });
    current = withArtifacts(outputs, found);
    context.processCache.sawArtifacts(current);
    warnOfOthers(context, current, awaited);
    const absent = awaited.map((name) => ({ name, key: keyOf(name) })).filter(({ key }) => !found.has(key));
    const [first] = absent;
    if (first === undefined) return { outputs: current };
    return { outputs: current, problem: lifecycleErrors.noArtifact(id, absent, nearestKeys(first.key, others)) };
  } catch (error) {
    return { outputs: withArtifacts(outputs, found), problem: lifecycleErrors.bucketUnread(id, messageOf(error)) };
  }
}

/**
 * Finds files in the bucket by their keys. For this purpose, lists each folder that contains one of these files.
 *
 * @param found the function adds the files to this map
 * @returns the keys of the other files in these folders
 */
async function find(
  bucket: ResultBucket,
  keys: readonly string[],
  found: Map<string, FileInBucket>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const others = new Set<string>();
  const folders = new Map<string, Set<string>>();
  for (const key of keys) {
    // A file in no folder is listed by its own key, because the list of the whole bucket may be long.
    const folder = key.slice(0, key.lastIndexOf("/") + 1) || key;
    folders.set(folder, (folders.get(folder) ?? new Set<string>()).add(key));
  }
  for (const [folder, desired] of folders) {
    let listed = 0;
    for await (const file of bucket.list(folder, { signal })) {
      if (desired.delete(file.key)) found.set(file.key, file);
      else others.add(file.key);
      listed += 1;
      if (desired.size === 0 || listed === MOST_LISTED) break;
    }
    if (listed < MOST_LISTED) continue;
    for (const key of desired) {
      // A list is sorted by key. So a file with exactly this key is the first in the list.
      for await (const file of bucket.list(key, { signal })) {
        if (file.key === key) found.set(key, file);
        break;
      }
    }
  }
  return others;
}

/** Returns the first keys in the bucket, at most `MOST_LISTED` keys. */
async function some(bucket: ResultBucket, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const { key } of bucket.list("", { signal })) {
    keys.add(key);
    if (keys.size === MOST_LISTED) break;
  }
  return keys;
}

function warnOfOthers({ report }: Context, outputs: ExecutionOutputs, names: readonly string[]): void {
  for (const name of names) {
    const artifact = outputs.artifacts?.[name];
    if (artifact === undefined) continue;
    const { key, modified } = artifact;
    const by = writtenBy({ modified }, outputs);
    if (by === "run") continue;
    const { message } = lifecycleErrors.otherArtifact(outputs.executionId, { name, key, modified: modified ?? "" }, by);
    report.warning(message);
  }
}

/**
 * Removes the artifacts with `onDelete: "delete"` from the bucket. Decides for each file by the first row that applies:
 *
 * | in the bucket                                        | result |
 * |------------------------------------------------------|--------|
 * | no file                                              | nothing |
 * | another ETag than the recorded one                   | stays |
 * | another time than the recorded one, if both are known | stays: another run may have written the same bytes |
 * | an artifact of another resource of the program       | stays |
 * | anything else                                        | removed |
 *
 * @throws {LifecycleError} LYC3027 if the bucket cannot be read or written
 */
export async function deleteArtifacts(
  context: Pick<Effects, "bucket" | "clock" | "report" | "client" | "processCache">,
  outputs: ExecutionOutputs,
): Promise<void> {
  const artifacts = artifactsToDelete(outputs);
  if (artifacts.length === 0) return;
  const { executionId: id } = outputs;
  const warn = (keys: readonly string[], why: string): void => {
    if (keys.length > 0) context.report.warning(`The bucket keeps ${keys.join(", ")} of run ${id}: ${why}.`);
  };
  const keys = artifacts.map(({ key }) => key);
  if (!isSameTarget(outputs, context.client)) {
    warn(keys, "the configuration sets another base URL or organization than the one of the run");
    return;
  }
  const found = new Map<string, FileInBucket>();
  const keysWith = (state: BucketState): string[] =>
    artifacts.filter((one) => stateOf(one, found.get(one.key), isOfOther(one.key)) === state).map(({ key }) => key);
  const isOfOther = (key: string): boolean => context.processCache.isArtifactOfOther(id, key);
  try {
    await bounded(context.clock, LOOKUP_SECONDS, async (signal) => {
      await find(context.bucket, keys, found, signal);
      const own = keysWith("own");
      if (own.length > 0) await context.bucket.remove(own, { signal });
    });
  } catch (error) {
    throw lifecycleErrors.bucketUnread(id, messageOf(error));
  }
  warn(keysWith("changed"), "somebody has changed the file since the run");
  warn(keysWith("written"), "somebody has written the file again since the run");
  warn(keysWith("shared"), "another resource of the program has the file too");
}

/** What a deletion finds in the bucket under the key of an artifact that the deletion wants to remove. */
type BucketState = "missing" | "changed" | "written" | "shared" | "own";

function stateOf({ etag, modified }: Artifact, found: FileInBucket | undefined, isOfOther: boolean): BucketState {
  if (found === undefined) return "missing";
  if (found.etag !== etag) return "changed";
  if (modified !== undefined && found.modified !== undefined && modified !== found.modified) return "written";
  return isOfOther ? "shared" : "own";
}
