import { isAbsolute, join, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostic";
import type { LineIndex } from "../position";
import type { Bundled } from "./bundle";

/** Diagnostics whose files are named as a folder sees them, and the lines of a file of such a name. */
export interface RelativeToFolder {
  readonly diagnostics: readonly Diagnostic[];
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
}

/**
 * What bundling has found, with its files named relative to a folder: where the reader of a message stands.
 *
 * @param folder absolute.
 * @param whole the name that stands in front of a diagnostic of no single file: the path as it was given.
 */
export function relativeToFolder(folder: string, whole: string, bundled: Bundled): RelativeToFolder {
  const relativePath = relative(folder, bundled.folder).split(sep).join("/");
  const names = new Map<string, string>();
  const diagnostics = bundled.diagnostics.map((diagnostic) => {
    const { file } = diagnostic;
    if (file === undefined) return { ...diagnostic, file: whole };
    const shown = isAbsolute(file) ? file : join(relativePath, file);
    names.set(shown, file);
    return { ...diagnostic, file: shown };
  });
  return { diagnostics, linesOf: (file) => (file === undefined ? undefined : bundled.linesOf(names.get(file))) };
}
