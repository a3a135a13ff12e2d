import { createHash } from "node:crypto";
import { S3Error } from "../errors";
import { type Checksum, crc32Checksum, crc32cChecksum, crc64nvmeChecksum } from "./crc";

/**
 * The checksums of S3. Each name is the end of a header's name: `x-amz-checksum-NAME`. `length` is the length of the
 * value in base64.
 */
const ALGORITHMS: Readonly<Record<string, { readonly make: () => Checksum; readonly length: number }>> = {
  crc32: { make: crc32Checksum, length: 8 },
  crc32c: { make: crc32cChecksum, length: 8 },
  crc64nvme: { make: crc64nvmeChecksum, length: 12 },
  sha1: { make: () => hashed("sha1"), length: 28 },
  sha256: { make: () => hashed("sha256"), length: 44 },
};

/** The names of the checksums of S3. */
export const CHECKSUM_NAMES: readonly string[] = Object.keys(ALGORITHMS);

/** The beginning of the name of a header with a checksum. */
export const CHECKSUM_HEADER = "x-amz-checksum-";

function hashed(name: "sha1" | "sha256"): Checksum {
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), result: () => hash.digest("base64") };
}

/** Returns an object that computes a checksum with an algorithm. Undefined if S3 does not have the algorithm. */
export function checksumOf(algorithm: string): Checksum | undefined {
  return Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm]?.make() : undefined;
}

/**
 * Checks the form of a checksum. @throws S3Error if it is not in base64, or does not have the `length` of its algorithm
 */
export function checkForm(algorithm: string, value: string): void {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  if (!isBase64 || value.length !== ALGORITHMS[algorithm]?.length) {
    throw new S3Error("InvalidRequest", `Value for ${CHECKSUM_HEADER}${algorithm} header is invalid.`);
  }
}
