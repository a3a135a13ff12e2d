import { createHash } from "node:crypto";
import { relative, resolve, sep } from "node:path";
import type { ProjectFiles } from "./files";
import { mostBytes } from "./reader";

/**
 * What stood at each path that was asked for, by its name relative to the project folder: `missing`, `folder`, `file` (of
 * which nothing was read), or a digest of the content.
 */
export interface ObservedFiles {
  readonly [file: string]: string;
}

/** Makes a digest of a content's hash: one under a key says nothing to who has no key. */
export type ContentDigest = (hash: string) => string;

/** Files that note what they are asked. */
export interface WatchedFiles extends ProjectFiles {
  /** What was seen so far. */
  observed(folder: string, digest: ContentDigest): ObservedFiles;
}

/** The same files; what they answer is noted, so that it can be asked again. */
export function watchFiles(files: ProjectFiles): WatchedFiles {
  const answers = new Map<string, string | { readonly hash: string }>();
  return {
    stat(path) {
      const found = files.stat(path);
      if (!answers.has(resolve(path))) answers.set(resolve(path), found);
      return found;
    },
    real: (path) => files.real(path),
    read(path, most) {
      const read = files.read(path, most);
      answers.set(resolve(path), read.kind === "bytes" ? { hash: hashOf(read.bytes) } : read.reason);
      return read;
    },
    observed: (folder, digest) =>
      Object.fromEntries(
        [...answers]
          .map(([path, answer]) => [nameIn(folder, path), typeof answer === "string" ? answer : digest(answer.hash)])
          .sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
      ),
  };
}

/** Whether all that was seen is there, as it was. */
export function areSame(observed: ObservedFiles, folder: string, files: ProjectFiles, digest: ContentDigest): boolean {
  return Object.entries(observed).every(([name, before]) => {
    const path = resolve(folder, name);
    if (["missing", "folder", "file"].includes(before)) return files.stat(path) === before;
    const read = files.read(path, mostBytes);
    return read.kind === "bytes" && digest(hashOf(read.bytes)) === before;
  });
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/") || ".";
}
