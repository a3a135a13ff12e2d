import { createHash } from "node:crypto";
import { relative, resolve, sep } from "node:path";
import type { FileRead, FolderList, ProjectFiles } from "../project/files/files";
import { MOST_BYTES, MOST_LISTED } from "../project/files/reader";

/**
 * What was found at each path. Paths are relative to the project folder.
 *
 * | the path | the value |
 * |---|---|
 * | of a file that was read | a digest of the content |
 * | with `/` at its end: of a folder that was listed | a digest of the names in the folder |
 * | any other | `missing`, `folder`, `file`, `device`, or the reason why reading failed |
 */
export interface ObservedFiles {
  readonly [file: string]: string;
}

/** Converts the hash of a content to a digest. A digest made with a secret key reveals nothing about the content. */
export type ContentDigest = (hash: string) => string;

/** Access to files that records the answers of `stat`, `read` and `list`. */
export interface WatchedFiles extends ProjectFiles {
  /** Returns the recorded answers. The paths in the answers are relative to `folder`. */
  observed(folder: string, digest: ContentDigest): ObservedFiles;
}

/**
 * Wraps access to files, and records each answer of `stat`, `read` and `list`. With `areSame`, a later command can find
 * out whether the files still give these answers.
 */
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
      answers.set(resolve(path), read.kind === "bytes" ? { hash: hashOfRead(read) } : read.reason);
      return read;
    },
    list(path, most) {
      const list = files.list(path, most);
      answers.set(`${resolve(path)}/`, { hash: hashOfList(list) });
      return list;
    },
    observed: (folder, digest) =>
      Object.fromEntries(
        [...answers]
          .map(([path, answer]) => [nameIn(folder, path), typeof answer === "string" ? answer : digest(answer.hash)])
          .sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
      ),
  };
}

/**
 * Returns true if the files still give the answers in `observed`. An answer `large` or `unreadable` counts as changed,
 * because the content of the file was not recorded.
 */
export function areSame(observed: ObservedFiles, folder: string, files: ProjectFiles, digest: ContentDigest): boolean {
  return Object.entries(observed).every(([name, before]) => {
    const path = resolve(folder, name);
    if (name.endsWith("/")) return digest(hashOfList(files.list(path, MOST_LISTED))) === before;
    if (["missing", "folder", "file", "device", "forbidden"].includes(before)) return files.stat(path) === before;
    const read = files.read(path, MOST_BYTES);
    return read.kind === "bytes" && digest(hashOfRead(read)) === before;
  });
}

function hashOfRead({ bytes, executable, ownerOnly }: Extract<FileRead, { kind: "bytes" }>): string {
  return `${hashOf(bytes)}${executable === true ? " x" : ""}${ownerOnly === true ? " o" : ""}`;
}

function hashOfList(list: FolderList): string {
  return hashOf(Buffer.from(list.kind === "names" ? list.names.join("\0") : `\0${list.reason}`));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function nameIn(folder: string, path: string): string {
  const name = relative(folder, path).split(sep).join("/") || ".";
  return path.length > 1 && path.endsWith("/") ? `${name}/` : name;
}
