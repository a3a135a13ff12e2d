/** What the bucket stores about an object in addition to its bytes. */
export interface ObjectDescription {
  /** The ETag without quotes: the MD5 of the bytes, or `<md5>-<number>` after an upload in parts. */
  readonly etag: string;
  /** The headers that a client has sent and receives again: `content-type`, `x-amz-meta-…` and others. */
  readonly headers: Readonly<Record<string, string>>;
  /** Checksums of the whole object, in base64, by the name of the algorithm. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** An object of the bucket. */
export interface StoredObject extends ObjectDescription {
  readonly key: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** The file with its bytes. */
  readonly path: string;
}

/** The description of a file that a run has written. */
export function undescribed(etag: string): ObjectDescription {
  return { etag, headers: {}, checksums: {} };
}
