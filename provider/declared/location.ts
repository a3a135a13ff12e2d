import { relative } from "node:path";
import { type ComposeDocument, largestComposeText, locate, type Range, readCompose } from "../compose";
import { locateProject } from "../compose/project";
import type { DeclaredInputs } from "./document";
import { programFolder } from "./program-folder";
import { type ProjectFolder, textsOf } from "./project";

/** Where something stands in a Compose file. */
export interface DeclaredLocation {
  /** From the folder of the Pulumi project. */
  readonly file: string;
  readonly range?: Range;
}

/**
 * Finds where a value of an execution's document stands; undefined where the files that the program names do not show it. The files are read when the
 * first one is looked for, and once.
 */
export function locations(
  inputs: DeclaredInputs,
  project: ProjectFolder,
): (path: readonly (string | number)[]) => DeclaredLocation | undefined {
  let documents: ReturnType<typeof documentsOf> | undefined;
  return (path) => {
    documents ??= documentsOf(inputs, project);
    // What stands in a later file is what holds.
    for (const { file, document } of [...documents].reverse()) {
      const found = locate(document.root, path);
      if (found !== undefined) return { file, range: document.lines.range(found.node.span) };
    }
    return undefined;
  };
}

/** The Compose files that a program names and that can be read, in their order. */
function documentsOf(
  { composeFile }: DeclaredInputs,
  { folder, files }: ProjectFolder,
): readonly { readonly file: string; readonly document: ComposeDocument }[] {
  const paths = textsOf(composeFile) ?? [];
  if (paths.length === 0) return [];
  return (locateProject({ paths, from: programFolder(folder, files) }, files)?.files ?? []).flatMap((file) => {
    const content = files.read(file, largestComposeText);
    const read = content.kind === "bytes" ? readCompose(content.bytes) : undefined;
    return read?.kind === "document" ? [{ file: relative(folder, file), document: read }] : [];
  });
}
