import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
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
}

/** What a folder holds. */
export interface LocalFiles {
  /** In the order of their paths. */
  readonly files: readonly LocalFile[];
  /** What cannot be stored: sockets, pipes, devices, broken links, and links that lead back to a folder above. */
  readonly skipped: readonly string[];
}

/**
 * Finds the files of a folder, through symbolic links, because a bucket has none.
 *
 * @param isExcluded is asked for each path of a file and, with a slash at its end, of a folder
 */
export async function scanFolder(folder: string, isExcluded: (path: string) => boolean): Promise<LocalFiles> {
  const files: LocalFile[] = [];
  const skipped: string[] = [];

  const visit = async (inside: string, above: readonly string[]): Promise<void> => {
    const location = join(folder, inside);
    const real = await realpath(location).catch((error: unknown) => {
      throw localError(location, "read", error);
    });
    if (above.includes(real)) {
      skipped.push(`${inside}/`);
      return;
    }
    const entries = await readdir(location, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
      throw localError(location, "read", error);
    });
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (PARTIAL.test(name)) continue;
      const path = inside === "" ? name : `${inside}/${name}`;
      const found = await stat(join(folder, path)).catch(() => undefined);
      if (isExcluded(found?.isDirectory() === true ? `${path}/` : path)) continue;
      if (found?.isDirectory() === true) await visit(path, [...above, real]);
      else if (found?.isFile() === true) files.push(fileOf(path, join(folder, path), found));
      else skipped.push(path);
    }
  };

  await visit("", []);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

/** One file as a source. */
export async function scanFile(location: string, name: string): Promise<LocalFile> {
  const found = await stat(location).catch((error: unknown) => {
    throw localError(location, "read", error);
  });
  return fileOf(name, location, found);
}

function fileOf(path: string, location: string, found: { readonly size: number; readonly mtimeMs: number }): LocalFile {
  return { path, location, bytes: found.size, modifiedMilliseconds: found.mtimeMs };
}
