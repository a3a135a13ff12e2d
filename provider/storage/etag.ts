import { createHash } from "node:crypto";
import type { Content } from "./bucket";

const MEBIBYTE = 1024 * 1024;
/**
 * The smallest size of content that is sent in parts, and the smallest part, in bytes. The Lyceum CLI uses the same
 * size.
 */
const SMALLEST_PART = 8 * MEBIBYTE;
/** The largest number of parts that S3 accepts. */
const MOST_PARTS = 10_000;

/** One part of the content of a file. */
export interface Part {
  /** The first part has number 1. */
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Divides content of `bytes` bytes into parts. Content below 8 MB is one part, which may be empty. Larger content has
 * parts of 8 MB, or larger ones if it would have more than `MOST_PARTS` parts.
 */
export function partsOf(bytes: number): readonly Part[] {
  if (bytes < SMALLEST_PART) return [{ number: 1, offset: 0, length: bytes }];
  const size = Math.max(SMALLEST_PART, Math.ceil(bytes / MOST_PARTS / MEBIBYTE) * MEBIBYTE);
  return Array.from({ length: Math.ceil(bytes / size) }, (_, index) => {
    const offset = index * size;
    return { number: index + 1, offset, length: Math.min(size, bytes - offset) };
  });
}

/** Whether content of this size is sent in parts. */
export function isDivided(bytes: number): boolean {
  return bytes >= SMALLEST_PART;
}

/**
 * Makes an ETag from the MD5 digests of parts, as S3 does. Servers that encrypt files make other ETags, so a different
 * ETag does not prove that the content is different.
 *
 * @param digests the MD5 digest of each part
 */
export function etagOf(digests: readonly Uint8Array[], divided: boolean): string {
  const [only] = digests;
  if (!divided && only !== undefined) return Buffer.from(only).toString("hex");
  const whole = createHash("md5");
  for (const digest of digests) whole.update(digest);
  return `${whole.digest("hex")}-${digests.length}`;
}

/** Values that identify content. */
export interface Fingerprint {
  /** The ETag that the bucket shows for a file with this content, if the server makes ETags from MD5 digests. */
  readonly etag: string;
  /** The SHA-256 digest, in hexadecimal. */
  readonly sha256: string;
}

/** The number of bytes that are read at once to compute digests. */
const READ_LENGTH = MEBIBYTE;

/**
 * Returns the digests of content, and reads it only once. The content is read in small pieces, so that many files at
 * the same time need little memory.
 */
export async function fingerprintOf(content: Content): Promise<Fingerprint> {
  const sha256 = createHash("sha256");
  const digests: Uint8Array[] = [];
  for (const { offset, length } of partsOf(content.bytes)) {
    const md5 = createHash("md5");
    for (let at = 0; at < length; at += READ_LENGTH) {
      const bytes = await content.read(offset + at, Math.min(READ_LENGTH, length - at));
      sha256.update(bytes);
      md5.update(bytes);
    }
    digests.push(md5.digest());
  }
  return { etag: etagOf(digests, isDivided(content.bytes)), sha256: sha256.digest("hex") };
}

/** The part sizes that S3 clients usually use, in MiB. */
const USUAL_SIZES = [5, 6, 8, 10, 15, 16, 20, 25, 32, 50, 64, 100, 128, 256, 512];

/**
 * Whether content has an ETag. The ETag of an object that was stored in several parts shows the number of the parts,
 * but not their size. So each usual size that gives this number is tried. Returns `undefined` if none of them gives the
 * ETag, because the parts may have another size. Also returns `undefined` for an ETag that is not made from MD5
 * digests.
 */
export async function hasEtag(content: Content, etag: string): Promise<boolean | undefined> {
  if (!isDigest(etag)) return undefined;
  const count = /-(\d+)$/.exec(etag)?.[1];
  if (count === undefined) return etagOf([await digestOf(content, 0, content.bytes)], false) === etag;
  const own = partsOf(content.bytes)[0]?.length ?? 0;
  const sizes = [own, ...USUAL_SIZES.map((size) => size * MEBIBYTE)];
  for (const size of new Set(sizes.filter((one) => Math.ceil(content.bytes / one) === Number(count)))) {
    const digests: Uint8Array[] = [];
    for (let offset = 0; offset < content.bytes; offset += size)
      digests.push(await digestOf(content, offset, Math.min(size, content.bytes - offset)));
    if (etagOf(digests, true) === etag) return true;
  }
  return undefined;
}

async function digestOf(content: Content, offset: number, length: number): Promise<Uint8Array> {
  const md5 = createHash("md5");
  for (let at = 0; at < length; at += READ_LENGTH)
    md5.update(await content.read(offset + at, Math.min(READ_LENGTH, length - at)));
  return md5.digest();
}

/**
 * Whether an ETag is an MD5 digest, or was made from the MD5 digests of parts. Only such an ETag can be compared with
 * content.
 */
export function isDigest(etag: string): boolean {
  return /^[0-9a-f]{32}(?:-[1-9]\d{0,4})?$/.test(etag);
}
