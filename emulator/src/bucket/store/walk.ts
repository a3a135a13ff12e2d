import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { compareKeys } from "./keys";

/** Where a listing begins, and what it leaves out. */
export interface WalkFrom {
  /** Only keys that begin with this. */
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after: string;
  /** Keys that begin with this are left out. The reader sets it while it reads, to pass over a folder. */
  passOver?: string | undefined;
}

/**
 * The keys of all files in a folder, in the order of listings. Only files and folders count: a link could lead out of the
 * bucket, and a device or pipe has no content.
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
    // Every key in a folder begins with its path, and comes after it.
    if (compareKeys(path, after) <= 0 && !(isFolder && after.startsWith(path))) continue;
    if (isFolder) yield* walk(root, path, from);
    else yield path;
  }
}

/** The paths of files and folders in a folder. A folder's path ends with a slash, so that its keys are in order. */
async function sortedEntries(root: string, folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => folder + entry.name + (entry.isDirectory() ? "/" : ""))
      .sort(compareKeys);
  } catch (error) {
    // A run has removed the folder in the meantime, or nobody else may read it.
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return [];
    throw error;
  }
}

/** Joins two sorted lists of keys. A key that is in both comes once. */
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
    // Meanwhile, the reader may have set what is passed over.
    if (counts(file)) yield file;
  }
  for (const other of waiting.slice(at)) if (counts(other)) yield other;
}
