import { relative, resolve } from "node:path";
import { largestComposeText, locate, type Range, readCompose } from "../../../compose";
import { bundleProject, locateProject } from "../../../compose/project";
import type { DeclaredInputs } from "./document";
import { type ProjectFolder, programFolder, projectOptions, textsOf } from "./project";

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
 * Finds where a value of an execution's document is written; undefined where no file shows it. Files are read when the first value is looked for, and
 * once.
 */
export function locations(inputs: DeclaredInputs, project: ProjectFolder): FindLocation {
  let inWhole: FindLocation | undefined;
  let inNamed: FindLocation | undefined;
  return (path) => {
    if (inputs.composeFile === undefined) return undefined;
    inWhole ??= wholeProject(inputs, project);
    const found = inWhole(path);
    if (found !== undefined) return found;
    inNamed ??= namedFiles(inputs, project);
    return inNamed(path);
  };
}

/** Looks in the project as it is put together: also in files that are included or extended. */
function wholeProject(inputs: DeclaredInputs, project: ProjectFolder): FindLocation {
  const options = projectOptions(inputs, project);
  if (options === undefined) return () => undefined;
  const { folder, locate: inProject } = bundleProject(options, project.files);
  return (path) => {
    const found = inProject(path);
    return found && { ...found, file: fromProject(project.folder, folder, found.file) };
  };
}

/** Looks in the files that the program itself names, also where a variable that is secret or not known keeps the project from being put together. */
function namedFiles({ composeFile }: DeclaredInputs, { folder, files }: ProjectFolder): FindLocation {
  const paths = textsOf(composeFile) ?? [];
  const named = paths.length === 0 ? undefined : locateProject({ paths, from: programFolder(folder, files) }, files);
  const documents = (named?.files ?? []).flatMap((file) => {
    const content = files.read(file, largestComposeText);
    const read = content.kind === "bytes" ? readCompose(content.bytes) : undefined;
    return read?.kind === "document" ? [{ file: relative(folder, file), document: read }] : [];
  });
  return (path) => {
    // What stands in a later file is what holds.
    for (const { file, document } of [...documents].reverse()) {
      const found = locate(document.root, path);
      if (found !== undefined) return { file, range: document.lines.range(found.node.span) };
    }
    return undefined;
  };
}
