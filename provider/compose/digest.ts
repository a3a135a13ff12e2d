import { createHmac } from "node:crypto";
import { canonicalText } from "./canonical";
import type { ComposeMapping } from "./model";

/** Options of `keyedDigest`. */
export interface DigestOptions {
  /** Characters, 1 to 48; default 20 (103 bits in base 36). */
  readonly length?: number;
  /** Default `base36`: `[0-9a-z]`. */
  readonly encoding?: "hex" | "base36";
}

/**
 * A digest that says nothing to who has no key: HMAC-SHA-256 over the parts, each with its length in front, so that
 * `["ab","c"]` and `["a","bc"]` differ. A plain hash would give away a short password to guessing.
 *
 * @throws RangeError without a key, or for a length out of its limits: both are slips of the caller.
 */
export function keyedDigest(key: string, parts: readonly string[], options: DigestOptions = {}): string {
  const { length = 20, encoding = "base36" } = options;
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
  const hex = hmac.digest("hex");
  // 256 bits fill 50 digits of base 36; the last digits are the evenly spread ones.
  return (encoding === "hex" ? hex : BigInt(`0x${hex}`).toString(36).padStart(50, "0")).slice(-length);
}

/** Digests of a compose model that may stand in state. */
export interface ComposeDigests {
  /** Of the whole canonical form: 20 characters `[0-9a-z]`. */
  readonly overall: string;
}

/**
 * Digests of what a compose model means, under a secret key. Equal when `canonicalText` is equal. They are for
 * recognising a run; to learn whether something changed, compare canonical texts, which a newer version of this
 * package reads by the same rules on both sides.
 */
export function composeDigests(key: string, model: ComposeMapping): ComposeDigests {
  return { overall: keyedDigest(key, ["compose", canonicalText(model)]) };
}
