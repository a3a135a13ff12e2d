/** What the bucket stores about an object in addition to its bytes. */
export interface ObjectDescription {
  /** The ETag without quotes: the MD5 of the bytes. After a multipart upload: `<md5>-<number of parts>`. */
  readonly etag: string;
  /** The headers that a client has sent and gets back: `content-type`, `x-amz-meta-…` and others. */
  readonly headers: Readonly<Record<string, string>>;
  /** Checksums of the whole object, in base64, by the name of the algorithm. */
  readonly checksums: Readonly<Record<string, string>>;
  /** Present if no client has uploaded the object: a run has written its file into the mount. */
  readonly isFromMount?: true;
}

/** An object of the bucket. */
export interface StoredObject extends ObjectDescription {
  readonly key: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** The path of the file with the object's bytes. */
  readonly path: string;
}

/** A file that a run has written into the mount. */
export interface WrittenFile extends Pick<StoredObject, "key" | "size" | "modified"> {}

/** Returns the description of a file that a run has written. No client has sent headers for such a file. */
export function undescribed(etag: string): ObjectDescription {
  return { etag, headers: {}, checksums: {}, isFromMount: true };
}
