import { posix } from "node:path";
import { isIn, type RepositoryTexts } from "./file-index";
import { packagesFor } from "./packages";
import { anyPaths, type NamedPath, resolvedPaths, upwardPaths } from "./path-texts";

/** The files that a project may use outside of its own folder. */
export interface Dependencies {
  /** Paths of files and of whole folders; `.` is the whole repository. */
  readonly paths: ReadonlySet<string>;
}

/**
 * Returns the files that a project may use outside of its own folder. A text in the folder may name such a file by a
 * path with `..`, or by the name of a package of the repository. The texts of these files may name further files. A
 * path such as `../configs/${name}.yaml` names the whole folder `../configs`.
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
  // If `paths` contains the whole repository (`.`), no other path can be added.
  for (let path = open.pop(); path !== undefined && !paths.has("."); path = open.pop()) {
    const link = texts.linkOf(path);
    if (link !== undefined) add(link);
    const text = link === undefined ? texts.textOf(path) : undefined;
    if (text === undefined) continue;
    const bases = [posix.dirname(path), ...(isIn(path, folder) ? [folder] : [])];
    // In a file of the project, a relative path leads out of the project only with `..`. In a file outside of the
    // project, such as a Compose file, every relative path may name a file outside of the project.
    const named: readonly NamedPath[] = isIn(path, folder) ? upwardPaths(text) : anyPaths(text);
    for (const one of named) for (const found of resolvedPaths([...new Set(bases)], one, index)) add(found);
    for (const found of importedBy(path, text)) add(found);
  }
  return { paths };
}

/** Returns whether a project may use a changed file. */
export function uses(folder: string, { paths }: Dependencies, changed: string): boolean {
  if (isIn(changed, folder)) return true;
  // A file in a parent folder of the project, such as a lockfile, may have settings for all projects below this folder.
  // A Markdown file has no settings.
  if (isIn(folder, posix.dirname(changed)) && !/\.md$/i.test(changed)) return true;
  return [...paths].some((path) => isIn(changed, path) || isIn(path, changed));
}
