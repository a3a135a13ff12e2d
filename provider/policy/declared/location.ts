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

/** The shown path of a file: from the folder of the Pulumi project, not from that of the Compose project. */
export function fromProject(folder: string, composeFolder: string, file: string): string {
  return relative(folder, resolve(composeFolder, file));
}

/**
 * Finds the location of a value in an execution's document, also in files that are included or extended. Undefined
 * where no file contains it, or where possible secrets keep the project from being bundled. Files are read once.
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
