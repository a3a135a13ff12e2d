import { posix } from "node:path";
import { isIn, type RepositoryTexts } from "./file-index";
import { packagesFor } from "./packages";
import { anyPaths, type NamedPath, resolvedPaths, upwardPaths } from "./path-texts";

/** The files outside of its folder that a project may use. */
export interface Dependencies {
  /** Files, and folders with everything in them; `.` is the whole repository. */
  readonly paths: ReadonlySet<string>;
}

/**
 * What a project may use outside of its own folder, from the texts in it. A path with `..` counts, wherever it stands,
 * and so does the name of another package of the repository. What these files name is followed in the same way. If only
 * a part of a path is known, such as the part before a variable, everything in that folder counts.
 */
export function dependenciesOf(folder: string, texts: RepositoryTexts): Dependencies {
  const { index } = texts;
  const importedBy = packagesFor(folder, texts);
  const paths = new Set<string>();
  const open = [...(index.folders.get(folder) ?? [])];
  const seen = new Set(open);
  const add = (path: string) => {
    if (isIn(path, folder) || [...paths].some((known) => isIn(path, known))) return;
    paths.add(path);
    for (const file of index.folders.get(path) ?? [path]) {
      if (!seen.has(file)) open.push(file);
      seen.add(file);
    }
  };
  // If everything counts, nothing more can.
  for (let path = open.pop(); path !== undefined && !paths.has("."); path = open.pop()) {
    const link = texts.linkOf(path);
    if (link !== undefined) add(link);
    const text = link === undefined ? texts.textOf(path) : undefined;
    if (text === undefined) continue;
    const bases = [posix.dirname(path), ...(isIn(path, folder) ? [folder] : [])];
    // The files outside of a project may name others without `..`, as a Compose file does.
    const named: readonly NamedPath[] = isIn(path, folder) ? upwardPaths(text) : anyPaths(text);
    for (const one of named) for (const found of resolvedPaths([...new Set(bases)], one, index)) add(found);
    for (const found of importedBy(path, text)) add(found);
  }
  return { paths };
}

/** Whether a changed file is one that a project may use. */
export function uses(folder: string, { paths }: Dependencies, changed: string): boolean {
  if (isIn(changed, folder)) return true;
  // Files next to a folder above hold settings for everything below them: lockfiles, versions of tools, variables.
  if (isIn(folder, posix.dirname(changed)) && !/\.md$/i.test(changed)) return true;
  return [...paths].some((path) => isIn(changed, path) || isIn(path, changed));
}
