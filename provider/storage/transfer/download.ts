import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { Bucket, BucketCall, StoredFile } from "../bucket";
import { StorageError } from "../errors";
import { etagOf, isDivided, partsOf } from "../etag";
import { localError } from "../local/content";
import { forEachAtOnce } from "../slots";

/** How many files are fetched at the same time. */
const FILES_AT_ONCE = 6;
/** How often the rest of a file is asked for after its connection broke off. */
const ATTEMPTS = 4;

/** What a download reports while it goes on. */
export interface DownloadProgress {
  readonly onBytes?: (bytes: number) => void;
  readonly onFetched?: (file: StoredFile) => void;
}

/** A file of the bucket and where it is to be. */
export interface Fetch {
  readonly file: StoredFile;
  readonly location: string;
}

/**
 * Fetches files. A file has its name only when all of it has arrived and was compared with its ETag. What has arrived
 * before a failure stays in a hidden file next to it, and the next download continues there.
 */
export async function downloadFiles(
  bucket: Bucket,
  fetches: readonly Fetch[],
  { onFetched, ...options }: DownloadProgress & BucketCall = {},
): Promise<void> {
  await forEachAtOnce(fetches, FILES_AT_ONCE, async ({ file, location }) => {
    options.signal?.throwIfAborted();
    try {
      await mkdir(dirname(location), { recursive: true });
      await fetchWhole(bucket, file, location, options);
    } catch (error) {
      throw localError(location, "written", error);
    }
    onFetched?.(file);
  });
}

async function fetchWhole(
  bucket: Bucket,
  file: StoredFile,
  location: string,
  options: DownloadProgress & BucketCall,
): Promise<void> {
  const partial = partialOf(location, file);
  // An earlier command may have ended between the last byte and the comparison.
  if ((await sizeOf(partial)) >= file.bytes) await rm(partial, { force: true });
  const hasDigest = await fetchRest(bucket, file, partial, options);
  if (hasDigest && !(await hasEtag(partial, file))) {
    await rm(partial, { force: true });
    throw new StorageError("LYC6010", `${file.key} arrived with other bytes than its ETag ${file.etag} has.`);
  }
  await rename(partial, location);
}

/** Fetches what is missing in a partial file. Returns whether the ETag can be compared. */
async function fetchRest(
  bucket: Bucket,
  file: StoredFile,
  partial: string,
  { onBytes, signal }: DownloadProgress & BucketCall,
): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const offset = await sizeOf(partial);
    const { body, hasDigest } = await bucket.download(file.key, file.etag, offset, { signal });
    try {
      await append(body, partial, onBytes);
    } catch (error) {
      if (!isBroken(error)) throw error;
    }
    if ((await sizeOf(partial)) === file.bytes) return hasDigest;
  }
  throw brokenOff(file);
}

function brokenOff({ key, bytes }: StoredFile): StorageError {
  return new StorageError("LYC6001", `${key} (${bytes} bytes) broke off ${ATTEMPTS} times.`);
}

/** The hidden file of a download. Its name has the ETag, because the rest of another content would not fit. */
function partialOf(location: string, { etag }: StoredFile): string {
  const mark = createHash("sha256").update(`${location}\n${etag}`).digest("hex").slice(0, 16);
  return join(dirname(location), `.lyceum-${mark}.part`);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Writes what arrives to the end of a file. What arrived before an error is written too. */
async function append(body: Readable, path: string, onBytes: DownloadProgress["onBytes"]): Promise<void> {
  const target = await open(path, "a");
  try {
    for await (const chunk of body) {
      await target.writeFile(chunk as Uint8Array);
      onBytes?.((chunk as Uint8Array).length);
    }
  } finally {
    await target.close();
  }
}

/** Whether the connection broke, and not the disk. Errors of the disk have a system call. */
function isBroken(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === "AbortError" || StorageError.isInstance(error)) return false;
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown };
  if (syscall === "write" || syscall === "open") return false;
  return (
    /^(UND_ERR_|ECONN|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE)/.test(String(code)) || error.message === "aborted"
  );
}

/** Whether a file has the content of an ETag. If the parts of the ETag had another size than ours, nobody can know. */
async function hasEtag(path: string, { bytes, etag }: StoredFile): Promise<boolean> {
  const parts = partsOf(bytes);
  const count = /-(\d+)$/.exec(etag)?.[1];
  if (count === undefined) return etagOf([await digestOf(createReadStream(path))], false) === etag;
  if (Number(count) !== parts.length || !isDivided(bytes)) return true;
  const digests: Uint8Array[] = [];
  for (const { offset, length } of parts)
    digests.push(await digestOf(createReadStream(path, { start: offset, end: offset + length - 1 })));
  return etagOf(digests, true) === etag;
}

async function digestOf(source: Readable): Promise<Uint8Array> {
  const hash = createHash("md5");
  for await (const chunk of source) hash.update(chunk as Uint8Array);
  return hash.digest();
}
