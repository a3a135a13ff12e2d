import { isAbsolute, join, relative, sep } from "node:path";
import type { Bundled } from "./bundle";

/**
 * What bundling has found, with its files named relative to a folder: where the reader of a message stands.
 *
 * @param folder absolute.
 * @param whole the name that stands in front of a diagnostic of no single file: the path as it was given.
 */
export function relativeToFolder(
  folder: string,
  whole: string,
  bundled: Bundled,
): Pick<Bundled, "diagnostics" | "linesOf"> {
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
