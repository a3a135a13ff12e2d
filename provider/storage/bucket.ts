import type { Readable } from "node:stream";

/** A file in the bucket. */
export interface StoredFile {
  /** The key of the file in the bucket: a path without a leading slash. */
  readonly key: string;
  readonly bytes: number;
  /** The ETag of the file, without quotes. The ETag changes if the content changes. */
  readonly etag: string;
  /** When the file was stored, in ISO 8601. Undefined if the server did not report the time. */
  readonly modified: string | undefined;
}

/** Content to send. The same bytes may be read more than once. */
export interface Content {
  readonly bytes: number;
  /** Reads a part of the content. Rejects if the content has changed since it was opened. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Options of every call. */
export interface BucketCall {
  /** Cancels the call. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an upload. */
export interface UploadCall extends BucketCall {
  /** Called with the size of each part that the server has received. */
  readonly onBytes?: (bytes: number) => void;
  /**
   * A name that identifies the resource that stores the file. The bucket keeps this name with the file, so that a later
   * command knows who stored the file.
   */
  readonly writer?: string | undefined;
}

/** A file while it is downloaded. */
export interface Download {
  readonly body: Readable;
  /** Whether the server makes ETags from MD5 digests. If so, the ETag can be compared with the content. */
  readonly hasDigest: boolean;
}

/**
 * The account's bucket. After network errors, 429, 500, 502, 503 and 504, each call repeats its requests a limited
 * number of times. If the credentials have expired, the call requests new credentials once. A call that still fails
 * throws a `StorageError`.
 */
export interface Bucket {
  /** Lists the files whose keys begin with a prefix, in the order of their keys. */
  list(prefix: string, call?: BucketCall): AsyncIterable<StoredFile>;
  /**
   * Stores content under a key. Content below 8 MB is sent in one request, and larger content in parts. Creates the
   * bucket if it does not exist.
   */
  upload(key: string, content: Content, call?: UploadCall): Promise<{ readonly etag: string }>;
  /**
   * Reads a file from an offset to its end.
   *
   * @param etag the ETag that the file must still have. If the file has another ETag, the call throws LYC6007
   */
  download(key: string, etag: string, offset: number, call?: BucketCall): Promise<Download>;
  /**
   * Returns the writer's name that the bucket keeps with a file. Undefined if the file does not exist, has no writer's
   * name, or was changed after its upload.
   */
  writerOf(key: string, call?: BucketCall): Promise<string | undefined>;
  /**
   * Removes the parts of unfinished uploads to keys with a prefix. A killed command leaves such parts. They take space,
   * but no list of files shows them. If the bucket does not allow this operation, nothing is removed.
   *
   * @param isOwn returns whether unfinished uploads to a key may be removed
   */
  removeUnfinished(prefix: string, isOwn: (key: string) => boolean, call?: BucketCall): Promise<void>;
  /** Removes files. A key without a file counts as removed. */
  remove(keys: readonly string[], call?: BucketCall): Promise<void>;
  close(): Promise<void>;
}
