import { crc32 } from "node:zlib";

/** The lookup table for CRC-32C: the remainder for each byte value. */
const CASTAGNOLI = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** The lookup table for CRC-64/NVME: the remainder for each byte value. */
const NVME = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
  return value;
});
const [NVME_HIGHS, NVME_LOWS] = [
  Int32Array.from(NVME, (value) => Number(value >> 32n)),
  Int32Array.from(NVME, (value) => Number(value & 0xffffffffn)),
];

/** A checksum of bytes that arrive in pieces. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  /** Returns the checksum in base64, as S3 writes it, of all bytes that were given to `update`. */
  result(): string;
}

/** Makes a checksum with the algorithm CRC-32, for which Node has a function. */
export function crc32Checksum(): Checksum {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    result: () => base64(value),
  };
}

/** Makes a CRC-32C (Castagnoli) checksum. */
export function crc32cChecksum(): Checksum {
  let value = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) value = (CASTAGNOLI[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
    },
    result: () => base64(~value),
  };
}

/**
 * Makes a CRC-64/NVME checksum. Each half of the value is a number, because calculations with `bigint` take ten times
 * as long.
 */
export function crc64nvmeChecksum(): Checksum {
  let [high, low] = [0xffffffff, 0xffffffff];
  return {
    update(bytes) {
      for (const byte of bytes) {
        const at = (low ^ byte) & 255;
        low = ((low >>> 8) | (high << 24)) ^ (NVME_LOWS[at] ?? 0);
        high = (high >>> 8) ^ (NVME_HIGHS[at] ?? 0);
      }
    },
    result: () => base64(~high, ~low),
  };
}

/** Returns 32-bit words in base64, the highest word first. */
function base64(...words: readonly number[]): string {
  const bytes = Buffer.alloc(4 * words.length);
  for (const [at, word] of words.entries()) bytes.writeUInt32BE(word >>> 0, 4 * at);
  return bytes.toString("base64");
}
