import { relative, resolve } from "node:path";
import { locate, type Range, readCompose } from "../../../compose";
import { bundleProject } from "../../../compose/project";
import { type DeclaredInputs, textOf } from "./document";
import { type ProjectFolder, projectOptions } from "./project";

/** The file name in locations of a text that the program contains. */
const IN_PROGRAM = "composeFileCode";

/** A location in a Compose document. */
export interface DeclaredLocation {
  /**
   * The path of the file, relative to the folder of the Pulumi project. `composeFileCode` for a text that the program
   * contains.
   */
  readonly file: string;
  readonly range?: Range;
}

type FindLocation = (path: readonly (string | number)[]) => DeclaredLocation | undefined;

/** The path of a file as messages show it: relative to the folder of the Pulumi project, not of the Compose project. */
export function fromProject(folder: string, composeFolder: string, file: string): string {
  return relative(folder, resolve(composeFolder, file));
}

/**
 * Finds the location of a value in an execution's document, or in a file that the document includes or extends. If the
 * files contain the value only as a part of another value, as in the short form of a mount, the result is the location
 * of the other value. Undefined if no text contains the value, or if the project cannot be bundled because it may
 * contain secrets. Each file is read once.
 */
export function locations(inputs: DeclaredInputs, project: ProjectFolder): FindLocation {
  let find: FindLocation | undefined;
  return (path) => {
    find ??= inputs.composeFile === undefined ? inText(inputs) : inWholeProject(inputs, project);
    for (let length = path.length; length > 0; length -= 1) {
      const found = find(path.slice(0, length));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function inText(inputs: DeclaredInputs): FindLocation {
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document") return () => undefined;
  return (path) => {
    // A job that is sent as a service stands in the section `jobs` of the text.
    const [section, ...rest] = path;
    const asJob = section === "services" && rest.length > 0 ? locate(read.root, ["jobs", ...rest]) : undefined;
    const span = (locate(read.root, path) ?? asJob)?.node.span;
    return span && { file: IN_PROGRAM, range: read.lines.range(span) };
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
