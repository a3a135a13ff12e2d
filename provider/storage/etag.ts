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

/** Reads content once, a part at a time. */
export async function fingerprintOf(content: Content): Promise<Fingerprint> {
  const sha256 = createHash("sha256");
  const digests: Uint8Array[] = [];
  for (const { offset, length } of partsOf(content.bytes)) {
    const bytes = await content.read(offset, length);
    sha256.update(bytes);
    digests.push(createHash("md5").update(bytes).digest());
  }
  return { etag: etagOf(digests, isDivided(content.bytes)), sha256: sha256.digest("hex") };
}

/** Whether an ETag is an MD5 digest, or one of digests of parts. Only these can be compared with a content. */
export function isDigest(etag: string): boolean {
  return /^[0-9a-f]{32}(?:-[1-9]\d{0,4})?$/.test(etag);
}
