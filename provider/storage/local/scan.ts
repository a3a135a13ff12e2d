import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { localError } from "./content";

/** Matches the names of the hidden files in which unfinished downloads keep their bytes. */
export const PARTIAL = /^\.lyceum-[0-9a-f]{12}-[0-9a-f]{12}\.(\d{1,10})\.part$/;

/** A file on this machine. */
export interface LocalFile {
  /** The path relative to the scanned folder, with `/` between its parts. If a single file is scanned, its name. */
  readonly path: string;
  /** The path of the file on this machine. */
  readonly location: string;
  readonly bytes: number;
  readonly modifiedMilliseconds: number;
  /** When the content or the metadata of the file last changed on this machine. */
  readonly changedMilliseconds: number;
}

/** The files of a folder. */
export interface LocalFiles {
  /** The files, in the order of their paths. */
  readonly files: readonly LocalFile[];
  /**
   * Paths that cannot be stored: sockets, pipes, devices, broken links, and links to a folder that contains the link.
   */
  readonly skipped: readonly string[];
  /** Links whose target is outside of the folder. The files behind these links are in `files` too. */
  readonly outside: readonly string[];
}

/**
 * Finds the files of a folder. Symbolic links are followed, because a bucket has no links. Folders are read
 * synchronously, because promises for 10,000 files would take longer than the reading.
 *
 * @param isExcluded called with the path of each file and folder. The path of a folder has a slash at its end
 * @param within the folder to which `outside` refers: a link is in `outside` if its target is not in this folder
 * @throws {StorageError} LYC6008 for a file or folder that cannot be read and is not excluded
 */
export async function scanFolder(
  folder: string,
  isExcluded: (path: string) => boolean,
  within: string = folder,
): Promise<LocalFiles> {
  const files: LocalFile[] = [];
  const skipped: string[] = [];
  const outside: string[] = [];
  const root = realPath(within);

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
      if (found instanceof Error) {
        // It is not known whether the unreadable path is a file or a folder. So a pattern for a file or for a folder
        // excludes it.
        if (isExcluded(path) || isExcluded(`${path}/`)) continue;
        throw found;
      }
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

/** Returns the path, size and times of a single file. */
export async function scanFile(location: string, name: string): Promise<LocalFile> {
  try {
    return fileOf(name, location, statSync(location));
  } catch (error) {
    throw localError(location, "read", error);
  }
}

/** Returns the path of a file or folder after all symbolic links are resolved. */
export function realPath(location: string): string {
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

/**
 * Returns the metadata of a file or folder. Undefined if the file does not exist, or is a link without a target.
 * Returns an error if the file may exist but cannot be read. If such a file counted as missing, its copy in the bucket
 * would be removed.
 */
function statOf(location: string): Stats | Error | undefined {
  try {
    return statSync(location, { throwIfNoEntry: false });
  } catch (error) {
    // A link that leads back to itself has no target.
    if ((error as { code?: unknown }).code === "ELOOP") return undefined;
    const found = localError(location, "read", error);
    return found instanceof Error ? found : new Error(String(found));
  }
}

/** Returns true if `real` is the folder `root` or is inside of this folder. Both paths are absolute. */
export function isInside(real: string, root: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}

function fileOf(path: string, location: string, { size, mtimeMs, ctimeMs }: Stats): LocalFile {
  return { path, location, bytes: size, modifiedMilliseconds: mtimeMs, changedMilliseconds: ctimeMs };
}
