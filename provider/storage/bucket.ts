import type { Readable } from "node:stream";

/** A file in the bucket. */
export interface StoredFile {
  /** Its name: a path without a leading slash. */
  readonly key: string;
  readonly bytes: number;
  /** The ETag without quotes. It changes with the content. */
  readonly etag: string;
  /** In ISO 8601; undefined if the server did not report it. */
  readonly modified: string | undefined;
}

/** Content that is sent, and that is read again if a request has to be repeated. */
export interface Content {
  readonly bytes: number;
  /** Reads a part. It rejects if there are fewer bytes now. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Options of every call. */
export interface BucketCall {
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an upload. */
export interface UploadCall extends BucketCall {
  /** Called for each part that has arrived. */
  readonly onBytes?: (bytes: number) => void;
  /** The writer's name, which the bucket keeps with the file. It shows later who has put the file there. */
  readonly writer?: string | undefined;
}

/** A file on its way from the bucket. */
export interface Download {
  readonly body: Readable;
  /** Whether the server makes ETags of MD5 digests, so that the ETag can be compared with the content. */
  readonly hasDigest: boolean;
}

/**
 * The account's bucket. Each call retries a limited number of times after network errors, 429 and 5xx, and asks once for
 * new credentials if these have expired. Then it throws a `StorageError`.
 */
export interface Bucket {
  /** The files whose keys begin with a prefix, in the order of their keys. */
  list(prefix: string, call?: BucketCall): AsyncIterable<StoredFile>;
  /** Stores content: in one request below 8 MB, else in parts. Creates the bucket if it does not exist. */
  upload(key: string, content: Content, call?: UploadCall): Promise<{ readonly etag: string }>;
  /**
   * Reads a file from an offset on.
   *
   * @param etag the file must still have this content; otherwise the call throws LYC6007
   */
  download(key: string, etag: string, offset: number, call?: BucketCall): Promise<Download>;
  /** The writer's name that the bucket keeps with a file; undefined without a name, or if there is no such file. */
  writerOf(key: string, call?: BucketCall): Promise<string | undefined>;
  /**
   * Removes the parts of uploads that were not completed, below a prefix. A command that was killed leaves them, they
   * take space, and no list of files shows them. What the bucket does not allow is left out.
   *
   * @param isOwn whether this key's parts may be removed
   */
  removeUnfinished(prefix: string, isOwn: (key: string) => boolean, call?: BucketCall): Promise<void>;
  /** Removes files. A key that does not exist counts as removed. */
  remove(keys: readonly string[], call?: BucketCall): Promise<void>;
  /** Closes the connections. */
  close(): Promise<void>;
}
