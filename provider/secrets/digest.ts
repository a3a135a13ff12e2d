import { createHmac } from "node:crypto";

/**
 * Makes a digest that reveals nothing without the key (HMAC-SHA-256). With a plain hash, an attacker could guess a
 * short password. The length of each part is digested too, so that `["ab","c"]` and `["a","bc"]` get different digests.
 *
 * @param length characters of base 36 (`[0-9a-z]`), 1 to 48; default 20 (103 bits)
 * @throws RangeError for an empty key, or for a length outside its limits; both are errors of the caller
 */
export function keyedDigest(key: string, parts: readonly string[], length = 20): string {
  if (key === "") throw new RangeError("A keyed digest needs a key.");
  if (!Number.isInteger(length) || length < 1 || length > 48) {
    throw new RangeError(`A digest has 1 to 48 characters, not ${length}.`);
  }
  const hmac = createHmac("sha256", key);
  for (const part of parts) {
    // Half of a surrogate pair cannot be written in UTF-8. JSON writes the half as an escape, so different texts stay
    // different.
    const bytes = Buffer.from(JSON.stringify(part), "utf8");
    hmac.update(`${bytes.length}:`).update(bytes);
  }
  // 256 bits have up to 50 digits in base 36. The first digits are not evenly distributed, so the last ones are used.
  return BigInt(`0x${hmac.digest("hex")}`)
    .toString(36)
    .padStart(50, "0")
    .slice(-length);
}
