import { relative } from "node:path";
import { type ComposeDocument, locate, type Range, readCompose } from "../compose";
import { locateProject, type ProjectFiles } from "../compose/project";
import type { DeclaredInputs } from "./document";
import { knownText } from "./known-text";

/** Where the Compose files of executions are looked for. */
export interface ProjectFolder {
  /** The folder of the Pulumi project, which `composeFile` starts from; absolute. */
  readonly folder: string;
  readonly files: ProjectFiles;
}

/** A place in a Compose file. */
export interface Place {
  /** From the folder of the Pulumi project. */
  readonly file: string;
  readonly range: Range;
}

/** A Compose file of an execution. */
interface ComposeFile {
  readonly file: string;
  readonly text: string;
  readonly document: ComposeDocument | undefined;
}

const LARGEST_FILE = 1_048_576;

/** The Compose files that `composeFile` of an execution names and that can be read, in their order. */
export function composeFilesOf(
  { composeFile }: DeclaredInputs,
  { folder, files }: ProjectFolder,
): readonly ComposeFile[] {
  const paths = [composeFile].flat().flatMap((path) => knownText(path) ?? []);
  if (paths.length === 0) return [];
  return (locateProject({ paths, from: folder }, files)?.files ?? []).flatMap((file) => {
    const content = files.read(file, LARGEST_FILE);
    if (content.kind !== "bytes") return [];
    const read = readCompose(content.bytes);
    const text = Buffer.from(content.bytes).toString("utf8");
    return [{ file: relative(folder, file), text, document: read.kind === "document" ? read : undefined }];
  });
}

/** Where a value of an execution's document stands; undefined where its files do not show it. */
export function placeOf(
  path: readonly (string | number)[],
  inputs: DeclaredInputs,
  project: ProjectFolder,
): Place | undefined {
  // What stands in a later file is what holds.
  for (const { file, document } of [...composeFilesOf(inputs, project)].reverse()) {
    const found = document === undefined ? undefined : locate(document.root, path);
    if (document !== undefined && found !== undefined) return { file, range: document.lines.range(found.node.span) };
  }
  return undefined;
}
