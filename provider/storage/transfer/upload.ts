import type { Bucket, BucketCall, StoredFile } from "../bucket";
import { fingerprintOf } from "../etag";
import { validKey } from "../keys";
import { openContent } from "../local/content";
import type { LocalFile } from "../local/scan";
import { forEachAtOnce } from "../slots";

/** The largest number of files that are read and sent at the same time. */
const FILES_AT_ONCE = 8;

/** Functions that are called during an upload. */
export interface UploadProgress {
  /** Called for a file that the bucket already has with the same content. */
  readonly onKept?: (file: LocalFile) => void;
  readonly onBytes?: (bytes: number) => void;
  readonly onStored?: (file: LocalFile) => void;
}

/** The result of an upload. */
export interface Uploaded {
  readonly sent: readonly StoredAs[];
  readonly kept: readonly StoredAs[];
}

/** A local file, and its key and ETag in the bucket. */
export interface StoredAs {
  readonly file: LocalFile;
  readonly key: string;
  readonly etag: string;
}

/**
 * Stores local files under keys that begin with a prefix. Sends only files that the bucket does not have with the same
 * content. So a second call after a failure sends the missing files. Removes nothing.
 *
 * @param prefix the beginning of each key
 */
export async function uploadFiles(
  bucket: Bucket,
  files: readonly LocalFile[],
  prefix: string,
  { onKept, onBytes, onStored, ...call }: UploadProgress & BucketCall = {},
): Promise<Uploaded> {
  for (const { path } of files) validKey(`${prefix}${path}`);
  const stored = await storedAmong(bucket, new Set(files.map(({ path }) => `${prefix}${path}`)), prefix, call);
  const sent: StoredAs[] = [];
  const kept: StoredAs[] = [];
  await forEachAtOnce(files, FILES_AT_ONCE, async (file) => {
    call.signal?.throwIfAborted();
    const key = `${prefix}${file.path}`;
    const content = await openContent(file.location);
    try {
      const there = stored.get(key);
      if (there?.bytes === content.bytes && (await fingerprintOf(content)).etag === there.etag) {
        kept.push({ file, key, etag: there.etag });
        onKept?.(file);
        return;
      }
      const { etag } = await bucket.upload(key, content, { ...call, ...(onBytes === undefined ? {} : { onBytes }) });
      sent.push({ file, key, etag });
      onStored?.(file);
    } finally {
      await content.close();
    }
  });
  return { sent: sent.sort(byKey), kept: kept.sort(byKey) };
}

/** Lists the files in the bucket that have one of these keys. */
async function storedAmong(
  bucket: Bucket,
  keys: ReadonlySet<string>,
  prefix: string,
  call: BucketCall,
): Promise<ReadonlyMap<string, StoredFile>> {
  const [only] = keys;
  const stored = new Map<string, StoredFile>();
  // If there is a single file, lists only its key, so that the list of a whole folder is not read.
  for await (const one of bucket.list(keys.size === 1 && only !== undefined ? only : prefix, call))
    if (keys.has(one.key)) stored.set(one.key, one);
  return stored;
}

function byKey(one: StoredAs, other: StoredAs): number {
  return one.key < other.key ? -1 : 1;
}
