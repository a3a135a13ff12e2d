import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareKeys } from "./keys";

/** The position at which a listing of the bucket begins, and the keys that the listing leaves out. */
export interface WalkFrom {
  /** Only keys that begin with this text are listed. */
  readonly prefix: string;
  /** Only keys after this key are listed. */
  readonly after: string;
  /** Keys that begin with this text are left out. The reader of the listing sets this text to skip a folder. */
  passOver?: string | undefined;
}

/**
 * Returns the keys of all files in a folder, in the order of listings. Leaves out links, because a link could lead out
 * of the bucket. Leaves out devices and pipes, because they have no content.
 */
export function walkKeys(root: string, from: WalkFrom): AsyncGenerator<string> {
  return walk(root, "", from);
}

async function* walk(root: string, folder: string, from: WalkFrom): AsyncGenerator<string> {
  const { prefix, after } = from;
  for (const path of await sortedEntries(root, folder)) {
    const isFolder = path.endsWith("/");
    if (from.passOver !== undefined && path.startsWith(from.passOver)) continue;
    if (!path.startsWith(prefix) && !(isFolder && prefix.startsWith(path))) continue;
    // Skips paths up to `after`. A folder is not skipped if `after` is inside the folder, because the folder may have
    // later keys.
    if (compareKeys(path, after) <= 0 && !(isFolder && after.startsWith(path))) continue;
    if (isFolder) yield* walk(root, path, from);
    else yield path;
  }
}

/**
 * Returns the paths of the files and folders in a folder, sorted. The path of a folder ends with a slash, because the
 * keys of its files have this slash: `a.txt` comes before `a/b`.
 */
async function sortedEntries(root: string, folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => folder + entry.name + (entry.isDirectory() ? "/" : ""))
      .sort(compareKeys);
  } catch (error) {
    // A run may have removed the folder after the listing began, or this user has no right to read the folder.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
    throw error;
  }
}

/** Joins two sorted lists of keys. A key in both lists appears once. */
export async function* mergeKeys(
  files: AsyncGenerator<string>,
  others: readonly string[],
  from: WalkFrom,
): AsyncGenerator<string> {
  const { prefix, after } = from;
  const counts = (key: string) =>
    key.startsWith(prefix) &&
    compareKeys(key, after) > 0 &&
    !(from.passOver !== undefined && key.startsWith(from.passOver));
  const waiting = others.filter((key) => key.startsWith(prefix) && compareKeys(key, after) > 0);
  let at = 0;
  for await (const file of files) {
    for (let other = waiting[at]; other !== undefined && compareKeys(other, file) <= 0; other = waiting[++at]) {
      if (other !== file && counts(other)) yield other;
    }
    // The caller may have set `passOver` after an earlier key, and the folder may contain this file.
    if (counts(file)) yield file;
  }
  for (const other of waiting.slice(at)) if (counts(other)) yield other;
}
