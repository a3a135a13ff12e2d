import { relative, resolve } from "node:path";
import type { Range } from "../../../compose";
import { bundleProject } from "../../../compose/project";
import type { DeclaredInputs } from "./document";
import { type ProjectFolder, projectOptions } from "./project";

/** A location in a Compose file. */
export interface DeclaredLocation {
  /** The path of the file, relative to the folder of the Pulumi project. */
  readonly file: string;
  readonly range?: Range;
}

type FindLocation = (path: readonly (string | number)[]) => DeclaredLocation | undefined;

/**
 * The path of a file as it is shown: relative to the folder of the Pulumi project, not to that of the Compose project.
 */
export function fromProject(folder: string, composeFolder: string, file: string): string {
  return relative(folder, resolve(composeFolder, file));
}

/**
 * Finds the location of a value in an execution's document, including files that are included or extended. Undefined if
 * no file contains the value, or if the project cannot be bundled because of possible secrets. Each file is read once.
 */
export function locations(inputs: DeclaredInputs, project: ProjectFolder): FindLocation {
  let find: FindLocation | undefined;
  return (path) => {
    if (inputs.composeFile === undefined) return undefined;
    find ??= inWholeProject(inputs, project);
    return find(path);
  };
}

function inWholeProject(inputs: DeclaredInputs, project: ProjectFolder): FindLocation {
  const options = projectOptions(inputs, project);
  if (options === undefined) return () => undefined;
  const { folder, locate: inProject } = bundleProject(options, project.files);
  return (path) => {
    const found = inProject(path);
    return found && { ...found, file: fromProject(project.folder, folder, found.file) };
  };
}
