import { S3Error } from "../errors";

/** The requested bytes of an object. The byte at `end` is the last byte of the range. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the range in a header. Undefined for the whole object. As in S3, a header with several ranges is ignored.
 * @throws S3Error InvalidRange if no byte of the object is in the range
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec((header ?? "").trim()) ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") {
    if (Number(to) === 0 || size === 0) throw new S3Error("InvalidRange");
    return { start: Math.max(0, size - Number(to)), end: size - 1 };
  }
  if (Number(from) >= size) throw new S3Error("InvalidRange");
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  // A range that ends before it begins is not valid, and is ignored.
  return end < Number(from) ? undefined : { start: Number(from), end };
}
