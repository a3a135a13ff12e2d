import { relative, resolve } from "node:path";
import { locate, type Range, readCompose } from "../../../compose";
import { bundleProject } from "../../../compose/project";
import { type DeclaredInputs, textOf } from "./document";
import { type ProjectFolder, projectOptions } from "./project";

/** In a location, this text replaces the file name if the program itself contains the Compose text. */
const IN_PROGRAM = "composeFileCode";

/** A location in a Compose document. */
export interface DeclaredLocation {
  /**
   * The path of the file, relative to the folder of the Pulumi project. `composeFileCode` if the program contains the
   * text.
   */
  readonly file: string;
  readonly range?: Range;
}

type FindLocation = (path: readonly (string | number)[]) => DeclaredLocation | undefined;

/**
 * Returns the path of a file relative to the folder of the Pulumi project. `file` is relative to the Compose project.
 */
export function fromProject(folder: string, composeFolder: string, file: string): string {
  return relative(folder, resolve(composeFolder, file));
}

/**
 * Returns a function that finds the location of a value in an execution's document, or in a file that the document
 * includes or extends. If the value has no location, as in a mount in short form, the function returns the location of
 * the nearest outer value. Undefined if no text contains the value, or if the project cannot be bundled.
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
    // The Compose text contains a job in its section `jobs`, even if the provider sends the job as a service.
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
