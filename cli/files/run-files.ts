import type { StoredFile } from "../../provider/storage";
import { UsageError } from "../command";
import { type RecordedArtifacts, recordedArtifacts } from "../runs/recorded-artifacts";

/** A file that a run has left, with the name that the program gives it. */
export interface RunFile extends StoredFile {
  readonly name: string;
}

/**
 * Returns the files that a run has left, as the state records them.
 *
 * @param path the name of an artifact, or its path in the bucket; without it, all artifacts are meant
 */
export function filesOfRun(
  run: string,
  path: string | undefined,
  { stack, folder }: { readonly stack: string | undefined; readonly folder: string },
): readonly RunFile[] {
  return chosenFiles(run, path, recordedArtifacts(run, stack, folder));
}

/** Returns the files of a run that a command line names. */
export function chosenFiles(
  run: string,
  path: string | undefined,
  { artifacts }: RecordedArtifacts,
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
