import { createHash } from "node:crypto";
import { readFileSync, type Stats, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { StorageError } from "../storage/errors";
import { validKey } from "../storage/keys";
import { localError, openContent } from "../storage/local/content";
import { isInside, type LocalFile, type LocalFiles, realPath, scanFile, scanFolder } from "../storage/local/scan";
import { forEachAtOnce } from "../storage/slots";
import { excluding } from "./glob";
import { type ManifestFile, NO_STAMP, stampOf } from "./manifest";

/** A local file, and the digest of its content. */
export interface SourceFile extends LocalFile, ManifestFile {}

/** A file or a folder on this machine, with everything in it. */
export interface Source {
  /** Whether the source is a single file. */
  readonly isFile: boolean;
  /** The files, in the order of their paths. */
  readonly files: readonly SourceFile[];
  /**
   * Paths that cannot be stored: sockets, pipes, devices, broken links, and links to a folder that contains the link.
   */
  readonly skipped: readonly string[];
}

/** The source to read, and how to read it. */
export interface SourceRequest {
  /** The folder to which a relative source path refers. */
  readonly folder: string;
  readonly source: string;
  readonly exclude: readonly string[];
  /** The manifest of an earlier reading. A file whose size and times are unchanged is not read again. */
  readonly known: readonly ManifestFile[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Symbolic links inside the source must lead to files below this folder. Default: the source. */
  readonly root?: string;
}

/** The largest number of large files that are read at the same time. */
const FILES_AT_ONCE = 4;
/** A file of up to this many bytes is small, and is read in one call. */
const SMALL = 1024 * 1024;
/** The number of small files that are read before other work of the process can run. */
const TURN = 100;

/**
 * Finds the files of a source, and computes the digest of each file.
 *
 * @throws {StorageError} LYC6007, LYC6008, LYC6009, LYC6013
 */
export async function readSource({ folder, source, exclude, known, now, root }: SourceRequest): Promise<Source> {
  const location = resolve(folder, source);
  const isFile = isFileAt(location, source);
  refuseHiddenTarget(folder, location, source);
  const found: LocalFiles = isFile
    ? { files: [await scanFile(location, basename(location))], skipped: [], outside: [] }
    : await scanFolder(location, excluding(exclude), root);
  const [outside] = found.outside;
  if (outside !== undefined) {
    throw new StorageError("LYC6013", `${outside} in ${source} is a link to something outside of the folder.`);
  }
  const earlier = new Map<string, ManifestFile>();
  for (const file of known) earlier.set(file.path, file);
  // An earlier command has already checked the paths of the known files.
  for (const { path } of found.files) if (!earlier.has(path)) validKey(path);
  const contents: string[] = [];
  const large: number[] = [];
  let read = 0;
  const stamped = found.files.map((file) => ({ file, stamp: stampOf(file, now) }));
  for (const [at, { file, stamp }] of stamped.entries()) {
    const same = earlier.get(file.path);
    if (same?.bytes === file.bytes && same.stamp === stamp && stamp !== NO_STAMP) contents[at] = same.content;
    else if (file.bytes > SMALL) large.push(at);
    else {
      contents[at] = smallDigest(file);
      read += 1;
      if (read % TURN === 0) await nextTurn();
    }
  }
  await forEachAtOnce(large, FILES_AT_ONCE, async (at) => {
    const file = found.files[at];
    if (file !== undefined) contents[at] = await largeDigest(file);
  });
  const files = stamped.map(
    // The properties are written one by one, because a spread of 10,000 objects takes longer than reading the files'
    // times.
    ({ file: { path, location, bytes, modifiedMilliseconds, changedMilliseconds }, stamp }, at): SourceFile => ({
      path,
      location,
      bytes,
      modifiedMilliseconds,
      changedMilliseconds,
      stamp,
      content: contents[at] ?? "",
    }),
  );
  return { isFile, files, skipped: found.skipped };
}

/**
 * Returns true if a local file still has the size and the times with which it was found.
 *
 * @throws {StorageError} LYC6008 if the metadata of the file cannot be read
 */
export function isUnchanged({ path, location, bytes, modifiedMilliseconds, changedMilliseconds }: LocalFile): boolean {
  let now: Stats | undefined;
  try {
    now = statSync(location, { throwIfNoEntry: false });
  } catch (error) {
    throw localError(path, "read", error);
  }
  return now?.size === bytes && now.mtimeMs === modifiedMilliseconds && now.ctimeMs === changedMilliseconds;
}

/** The error of a file that has changed since it was found. */
export function changedError({ path }: { readonly path: string }): StorageError {
  return new StorageError("LYC6007", `${path} changed while the command ran.`);
}

/**
 * Refuses a path that leads out of the program's folder through a symbolic link. A path such as `../data` is allowed,
 * because the program itself shows that this path leads out of the folder.
 *
 * @throws {StorageError} LYC6013
 */
function refuseHiddenTarget(folder: string, location: string, source: string): void {
  const root = resolve(folder);
  if (!isInside(location, root) || isInside(realPath(location), realPath(root))) return;
  throw new StorageError("LYC6013", `${source} is a link to something outside of the program's folder.`);
}

function isFileAt(location: string, source: string): boolean {
  try {
    const found = statSync(location);
    if (found.isFile()) return true;
    if (found.isDirectory()) return false;
  } catch (error) {
    throw localError(source, "read", error);
  }
  throw new StorageError("LYC6008", `${source} is neither a file nor a folder.`);
}

function smallDigest(file: LocalFile): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file.location);
  } catch (error) {
    throw localError(file.path, "read", error);
  }
  if (bytes.length !== file.bytes || !isUnchanged(file)) throw changedError(file);
  return createHash("sha256").update(bytes).digest("base64url");
}

async function largeDigest(file: LocalFile): Promise<string> {
  const content = await openContent(file.location);
  try {
    const hash = createHash("sha256");
    for (let at = 0; at < file.bytes; at += SMALL)
      hash.update(await content.read(at, Math.min(SMALL, file.bytes - at)));
    if (!isUnchanged(file)) throw changedError(file);
    return hash.digest("base64url");
  } finally {
    await content.close();
  }
}
