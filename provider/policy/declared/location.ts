import { relative, resolve } from "node:path";
import type { Range } from "../../../compose";
import { bundleProject } from "../../../compose/project";
import type { DeclaredInputs } from "./document";
import { type ProjectFolder, projectOptions } from "./project";

/** Where something stands in a Compose file. */
export interface DeclaredLocation {
  /** From the folder of the Pulumi project. */
  readonly file: string;
  readonly range?: Range;
}

type FindLocation = (path: readonly (string | number)[]) => DeclaredLocation | undefined;

/** A file as it is shown: from the folder of the Pulumi project, and not from that of the Compose project. */
export function fromProject(folder: string, composeFolder: string, file: string): string {
  return relative(folder, resolve(composeFolder, file));
}

/**
 * Finds where a value of an execution's document is written, also in files that are included or extended; undefined where no file shows it, or where what
 * may be secret keeps the project from being put together. Files are read when the first value is looked for, and once.
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
