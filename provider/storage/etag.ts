import { createHash } from "node:crypto";
import type { Content } from "./bucket";

const MEBIBYTE = 1024 * 1024;
/** Content of at least this size is sent in parts. The Lyceum CLI uses the same size. */
const SMALLEST_PART = 8 * MEBIBYTE;
/** S3 accepts no more parts than this. */
const MOST_PARTS = 10_000;

/** A part of a content. */
export interface Part {
  /** From 1 on. */
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

/** Into which parts content is divided. One part, which may be empty, is sent in one request. */
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
 * The ETag of the MD5 digests of parts, as S3 makes it. Servers that encrypt make other ETags, so a different ETag does
 * not prove a different content.
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

/** What identifies a content. */
export interface Fingerprint {
  /** The ETag that the bucket gives to this content, as far as its server makes ETags of MD5. */
  readonly etag: string;
  /** SHA-256, in hexadecimal. */
  readonly sha256: string;
}

/** How much is read at once to compute digests. */
const READ_LENGTH = MEBIBYTE;

/** Reads content once, in short reads, so that many can be read at the same time. */
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

/** Sizes of parts that clients of S3 use, in MiB. */
const USUAL_SIZES = [5, 6, 8, 10, 15, 16, 20, 25, 32, 50, 64, 100, 128, 256, 512];

/**
 * Whether content has an ETag. If the ETag is one of parts, their size is not known, so each usual size with this number
 * of parts is tried. Undefined: nobody can know.
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

/** Whether an ETag is an MD5 digest, or one of digests of parts. Only these can be compared with a content. */
export function isDigest(etag: string): boolean {
  return /^[0-9a-f]{32}(?:-[1-9]\d{0,4})?$/.test(etag);
}
