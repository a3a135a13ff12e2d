import type { StoredFile } from "../../provider/storage";
import { UsageError } from "../command";
import { type RecordedArtifacts, recordedArtifacts } from "../runs/recorded-artifacts";

/** An artifact of a run: a file in the bucket, and its name in the argument `artifacts`. */
export interface RunFile extends StoredFile {
  readonly name: string;
}

/** The chosen files of a run. */
export interface RunFiles {
  readonly files: readonly RunFile[];
  /** The argument `name` of `fetchFiles`: the key of a single file, or a folder in the bucket. */
  readonly base: string;
}

/**
 * Returns the artifacts that the state records for a run.
 *
 * @param path the name of an artifact, or its path in the bucket. Default: all artifacts
 */
export function filesOfRun(
  run: string,
  path: string | undefined,
  { stack, folder }: { readonly stack: string | undefined; readonly folder: string },
): RunFiles {
  const recorded = recordedArtifacts(run, stack, folder);
  const files = chosenFiles(run, path, recorded);
  return { files, base: path === undefined ? commonFolder(files, recorded) : (files[0]?.key ?? "") };
}

/**
 * Returns the folder in the bucket to which the local paths of fetched files are relative: the run's own folder if it
 * contains all of `files`, or else the whole bucket (an empty text).
 */
export function commonFolder(
  files: readonly RunFile[],
  { filesPrefix }: Pick<RecordedArtifacts, "filesPrefix">,
): string {
  return files.every(({ key }) => key.startsWith(filesPrefix)) ? filesPrefix : "";
}

/**
 * Returns the artifacts that have `path` as their name, or as their path in the bucket. Without `path`, returns all
 * artifacts of the run.
 */
export function chosenFiles(
  run: string,
  path: string | undefined,
  { artifacts }: Pick<RecordedArtifacts, "artifacts">,
): readonly RunFile[] {
  const all = Object.entries(artifacts).map(([name, { modified, ...file }]) => ({ ...file, modified, name }));
  if (all.length === 0) {
    throw new UsageError(
      `The state records no artifacts of ${run}. Name them in the argument \`artifacts\`, or list the folder: \`npx pulumi-lyceum files list FOLDER/\``,
    );
  }
  const chosen = path === undefined ? all : all.filter(({ name, key }) => name === path || key === path);
  if (chosen.length > 0) return chosen;
  const known = all.map(({ name, key }) => `${name} (${key})`).join(", ");
  throw new UsageError(`${run} has no artifact ${path}; it has ${known}`);
}
