import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { localError } from "./content";

/** The names of downloads that have not ended. */
export const PARTIAL = /^\.lyceum-[0-9a-f]{12}-[0-9a-f]{12}\.(\d{1,10})\.part$/;

/** A file below a folder. */
export interface LocalFile {
  /** From the folder, with `/` between its parts. A source that is a file has its own name. */
  readonly path: string;
  /** Where it is. */
  readonly location: string;
  readonly bytes: number;
  readonly modifiedMilliseconds: number;
  /** When content or metadata last changed on this machine. */
  readonly changedMilliseconds: number;
}

/** What a folder holds. */
export interface LocalFiles {
  /** In the order of their paths. */
  readonly files: readonly LocalFile[];
  /** What cannot be stored: sockets, pipes, devices, broken links, and links that lead back to a folder above. */
  readonly skipped: readonly string[];
  /** Links to something outside of the folder. What they lead to is among the files. */
  readonly outside: readonly string[];
}

/**
 * Finds the files of a folder, through symbolic links, because a bucket has none. Each folder is read at once, because a
 * promise for each of 10,000 files takes longer than the files.
 *
 * @param isExcluded is asked for each path of a file and, with a slash at its end, of a folder
 */
export async function scanFolder(folder: string, isExcluded: (path: string) => boolean): Promise<LocalFiles> {
  const files: LocalFile[] = [];
  const skipped: string[] = [];
  const outside: string[] = [];
  const root = realPath(folder);

  const visit = async (inside: string, above: readonly string[]): Promise<void> => {
    const location = join(folder, inside);
    const real = realPath(location);
    if (above.includes(real)) {
      skipped.push(`${inside}/`);
      return;
    }
    const folders: string[] = [];
    for (const entry of entriesOf(location)) {
      const { name } = entry;
      if (PARTIAL.test(name)) continue;
      const path = inside === "" ? name : `${inside}/${name}`;
      const place = `${location}${sep}${name}`;
      const found = statOf(place);
      const isFolder = found?.isDirectory() === true;
      if (isExcluded(isFolder ? `${path}/` : path)) continue;
      if (entry.isSymbolicLink() && found !== undefined && !isInside(realPath(place), root)) outside.push(path);
      if (isFolder) folders.push(path);
      else if (found?.isFile() === true) files.push(fileOf(path, place, found));
      else skipped.push(path);
    }
    for (const path of folders) {
      await nextTurn();
      await visit(path, [...above, real]);
    }
  };

  await visit("", []);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: skipped.sort(), outside };
}

/** One file as a source. */
export async function scanFile(location: string, name: string): Promise<LocalFile> {
  try {
    return fileOf(name, location, statSync(location));
  } catch (error) {
    throw localError(location, "read", error);
  }
}

function realPath(location: string): string {
  try {
    return realpathSync.native(location);
  } catch (error) {
    throw localError(location, "read", error);
  }
}

function entriesOf(location: string): readonly Dirent[] {
  try {
    return readdirSync(location, { withFileTypes: true });
  } catch (error) {
    throw localError(location, "read", error);
  }
}

function statOf(location: string): Stats | undefined {
  try {
    return statSync(location, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}

function fileOf(path: string, location: string, { size, mtimeMs, ctimeMs }: Stats): LocalFile {
  return { path, location, bytes: size, modifiedMilliseconds: mtimeMs, changedMilliseconds: ctimeMs };
}
