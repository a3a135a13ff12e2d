import type { Readable } from "node:stream";
import type { Bucket, BucketCall, StoredFile } from "./bucket";
import { StorageError } from "./errors";
import { validKey } from "./keys";

/** The largest file that {@link readText} reads, in bytes. */
const MOST_READ = 1024 * 1024;

/** Options of {@link readText}. */
export interface ReadTextCall extends BucketCall {
  /** The ETag that the file must have. Default: any ETag. */
  readonly etag?: string | undefined;
}

/**
 * Reads a small file of the bucket as text in UTF-8.
 *
 * @throws {StorageError} LYC6006 if there is no such file, LYC6020 if it is too large, LYC6021 if it is not text,
 * LYC6022 if it has another ETag
 */
export async function readText(
  bucket: Bucket,
  key: string,
  { etag, ...call }: ReadTextCall = {},
): Promise<{ readonly file: StoredFile; readonly text: string }> {
  const file = await fileWith(bucket, validKey(key), call);
  if (file === undefined) throw new StorageError("LYC6006", `The bucket has no file ${key}.`);
  if (etag !== undefined && file.etag !== etag)
    throw new StorageError("LYC6022", `${key} has the ETag ${file.etag}, but ${etag} is expected.`);
  if (file.bytes > MOST_READ)
    throw new StorageError("LYC6020", `${key} has ${file.bytes} bytes, and at most ${MOST_READ} (1 MB) can be read.`);
  const { body } = await bucket.download(key, file.etag, 0, call);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as Readable & AsyncIterable<Uint8Array>) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (content.length !== file.bytes)
    throw new StorageError("LYC6010", `${content.length} of ${file.bytes} bytes of ${key} have arrived.`);
  return { file, text: textOf(key, content) };
}

/**
 * Finds the file with a key. The bucket lists all files whose keys begin with `key`. The list is sorted, so a file with
 * exactly this key comes first.
 */
async function fileWith(bucket: Bucket, key: string, call: BucketCall): Promise<StoredFile | undefined> {
  for await (const file of bucket.list(key, call)) return file.key === key ? file : undefined;
  return undefined;
}

function textOf(key: string, content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new StorageError("LYC6021", `${key} is not text in UTF-8.`);
  }
}
