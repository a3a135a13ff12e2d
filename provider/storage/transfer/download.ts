import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { Bucket, BucketCall, StoredFile } from "../bucket";
import { StorageError } from "../errors";
import { hasEtag } from "../etag";
import { localError, openContent } from "../local/content";
import { PARTIAL } from "../local/scan";
import { forEachAtOnce } from "../slots";

/** The largest number of files that are downloaded at the same time. */
const FILES_AT_ONCE = 6;
/** A download fails after this many attempts in a row without a new byte. */
const ATTEMPTS = 4;

/** Functions that are called during a download. */
export interface DownloadProgress {
  /** Called for a file that already exists locally with the same content. */
  readonly onKept?: (file: StoredFile) => void;
  readonly onBytes?: (bytes: number) => void;
  readonly onFetched?: (file: StoredFile) => void;
}

/** A file of the bucket, and the local path for it. */
export interface Fetch {
  readonly file: StoredFile;
  readonly location: string;
}

/**
 * Downloads the files that are missing on this machine, or may have other content here. The bytes go to a hidden file
 * in the same folder.
 *
 * | when | what happens to the hidden file |
 * |---|---|
 * | the download fails | the next download continues it, or removes it if the bucket has other content then |
 * | all bytes have arrived, and the content does not fit the ETag | it is removed, and the download fails |
 * | all bytes have arrived, and the content fits, or the ETag shows nothing about it | it gets its final name |
 */
export async function downloadFiles(
  bucket: Bucket,
  fetches: readonly Fetch[],
  { onFetched, onKept, ...options }: DownloadProgress & BucketCall = {},
): Promise<void> {
  await forEachAtOnce(fetches, FILES_AT_ONCE, async ({ file, location }) => {
    options.signal?.throwIfAborted();
    try {
      if (await isThere(file, location)) {
        onKept?.(file);
        return;
      }
      await mkdir(dirname(location), { recursive: true });
      await fetchWhole(bucket, file, location, options);
    } catch (error) {
      throw localError(location, "written", error);
    }
    onFetched?.(file);
  });
}

async function isThere(file: StoredFile, location: string): Promise<boolean> {
  const found = await stat(location).catch(() => undefined);
  return found?.isFile() === true && found.size === file.bytes && (await compare(location, file)) === true;
}

/** Whether a local file has the ETag of a stored file. Undefined if the ETag cannot be compared. */
async function compare(path: string, { etag }: StoredFile): Promise<boolean | undefined> {
  const content = await openContent(path);
  try {
    return await hasEtag(content, etag);
  } finally {
    await content.close();
  }
}

async function fetchWhole(
  bucket: Bucket,
  file: StoredFile,
  location: string,
  options: DownloadProgress & BucketCall,
): Promise<void> {
  const partial = await claimPartial(location, file);
  // The local file is opened before the first request. Otherwise, if the file could not be opened, the answer to the
  // request would stay unread.
  const target = await open(partial, "a").then(async (created) => {
    await created.close();
    return open(partial, "r+");
  });
  let hasDigest = false;
  try {
    hasDigest = await fetchRest(bucket, file, target, options);
  } catch (error) {
    // The bucket now has other content, so no later download can continue the partial file.
    if (StorageError.isInstance(error) && error.code === "LYC6007") await rm(partial, { force: true });
    throw error;
  } finally {
    await target.close();
  }
  if (hasDigest && (await compare(partial, file)) === false) {
    await rm(partial, { force: true });
    throw new StorageError("LYC6010", `${file.key} arrived with other bytes than its ETag ${file.etag} has.`);
  }
  await rename(partial, location);
}

/** Downloads the missing bytes of a partial file. Returns whether the ETag can be compared with the content. */
async function fetchRest(
  bucket: Bucket,
  file: StoredFile,
  target: FileHandle,
  { onBytes, signal }: DownloadProgress & BucketCall,
): Promise<boolean> {
  const { size } = await target.stat();
  // If the partial file has all bytes, an earlier command ended before it compared the bytes with the ETag. The file is
  // then downloaded again.
  let offset = size >= file.bytes ? 0 : size;
  await target.truncate(offset);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { body, hasDigest } = await bucket.download(file.key, file.etag, offset, { signal });
    const before = offset;
    try {
      for await (const chunk of body as Readable & AsyncIterable<Uint8Array>) {
        // Each chunk is written at its own position, because another command may write the same content to this file.
        await writeAt(target, chunk, offset);
        offset += chunk.length;
        onBytes?.(chunk.length);
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!isBroken(error)) throw error;
    }
    if (offset === file.bytes) return hasDigest;
    if (offset > file.bytes) break;
    if (offset > before) attempt = 0;
  }
  throw new StorageError("LYC6001", `${file.key} broke off after ${offset} of ${file.bytes} bytes, again and again.`);
}

async function writeAt(target: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await target.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

/**
 * Returns the path of the hidden file in which a download collects its bytes. The name of the file has digests of the
 * location and of the ETag. It also has the process id, because two commands may download the same file. Of the hidden
 * files for this location, those of running processes stay. Of those of ended processes, one with the same ETag is
 * continued, and the others are removed.
 */
async function claimPartial(location: string, { etag }: StoredFile): Promise<string> {
  const folder = dirname(location);
  const mark = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
  const [own, content] = [mark(location), mark(etag)];
  const claimed = join(folder, `.lyceum-${own}-${content}.${process.pid}.part`);
  for (const name of await readdir(folder)) {
    const [, left] = name.startsWith(`.lyceum-${own}-`) ? (PARTIAL.exec(name) ?? []) : [];
    if (left === undefined || isRunning(Number(left))) continue;
    if (!name.includes(`-${content}.`)) await rm(join(folder, name), { force: true });
    // Renaming fails if another command has renamed the hidden file first.
    else await rename(join(folder, name), claimed).catch(() => undefined);
  }
  return claimed;
}

function isRunning(processId: number): boolean {
  if (processId === process.pid) return true;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM means that the process exists, but belongs to another user.
    return (error as { code?: unknown }).code === "EPERM";
  }
}

/** Returns true if the connection broke. An error of a file operation (`syscall`) comes from the local disk. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof Error) || StorageError.isInstance(error)) return false;
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
  if (["write", "open", "ftruncate", "fstat"].includes(String(syscall))) return false;
  return /^(UND_ERR_|ECONN|EHOST|ENET|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE)/.test(String(code));
}
