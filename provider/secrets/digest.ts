import { createHmac } from "node:crypto";

/**
 * A digest that says nothing to who has no key: HMAC-SHA-256 over the parts, each with its length in front, so that
 * `["ab","c"]` and `["a","bc"]` differ. A plain hash would give away a short password to guessing.
 *
 * @param length characters of base 36 (`[0-9a-z]`), 1 to 48; default 20 (103 bits).
 * @throws RangeError without a key, or for a length out of its limits: both are slips of the caller.
 */
export function keyedDigest(key: string, parts: readonly string[], length = 20): string {
  if (key === "") throw new RangeError("A keyed digest needs a key.");
  if (!Number.isInteger(length) || length < 1 || length > 48) {
    throw new RangeError(`A digest has 1 to 48 characters, not ${length}.`);
  }
  const hmac = createHmac("sha256", key);
  for (const part of parts) {
    // Half a surrogate pair has no UTF-8 of its own; JSON writes it as an escape, which keeps every string distinct.
    const bytes = Buffer.from(JSON.stringify(part), "utf8");
    hmac.update(`${bytes.length}:`).update(bytes);
  }
  // 256 bits fill 50 digits of base 36; the last digits are the evenly spread ones.
  return BigInt(`0x${hmac.digest("hex")}`)
    .toString(36)
    .padStart(50, "0")
    .slice(-length);
}
