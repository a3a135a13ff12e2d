import { keyedDigest } from "../../secrets";
import { isWithin, type Leaf, shownValue } from "./leaves";

/**
 * A value in a review. A known value is stored as a digest and, if it is short, as text. Of a secret, only the
 * provider's own digest is stored, which is keyed with the secret of the stack. `hasRandomEnd`: the random end is not
 * part of the digest.
 */
export type ReviewedValue =
  | { readonly digest: string; readonly text?: string; readonly hasRandomEnd?: true }
  | { readonly secret: string | true }
  | { readonly unknown: true };

/** Values by their paths. */
export type ReviewedValues = Readonly<Record<string, ReviewedValue>>;

/** The longest text of a value in a review, in characters. */
const LONGEST_TEXT = 80;

/** The values of leaves. The salt belongs to one review, so digests of two reviews cannot be compared. */
export function valuesOf(leaves: readonly Leaf[], salt: string): ReviewedValues {
  return Object.fromEntries(leaves.map((leaf) => [leaf.path, reviewedValue(leaf, salt)]));
}

/** One value. */
export function reviewedValue(leaf: Leaf, salt: string): ReviewedValue {
  if (leaf.kind === "unknown") return { unknown: true };
  if (leaf.kind === "secret") return { secret: leaf.digest ?? true };
  const digest = keyedDigest(salt, [JSON.stringify(leaf.value)]);
  const text = shownValue(leaf.value, leaf.key);
  return {
    digest,
    ...(text.length > LONGEST_TEXT ? {} : { text }),
    ...(leaf.hasRandomEnd === true ? { hasRandomEnd: true } : {}),
  };
}

/** A value that differs from the reviewed one. */
export interface DifferentValue {
  readonly path: string;
  /** The reviewed value; undefined if the review has none at this path. */
  readonly reviewed: ReviewedValue | undefined;
  readonly planned: ReviewedValue | undefined;
}

/**
 * The values that differ from the reviewed ones.
 *
 * | reviewed          | planned                         | differs |
 * |-------------------|---------------------------------|---------|
 * | unknown           | anything there or inside it     | no, it was listed as not reviewed |
 * | secret            | secret                          | only if both have the provider's digest, and it differs |
 * | secret            | plaintext in the provider (`isPlaintext`) | no |
 * | known             | known                           | if the digest differs |
 * | anything          | another kind of value, or none  | yes |
 * | none              | anything                        | yes |
 *
 * @param isPlaintext whether secrets are in plaintext among the planned values, as a provider receives them
 */
export function differentValues(
  reviewed: ReviewedValues,
  planned: ReviewedValues,
  isPlaintext = false,
): readonly DifferentValue[] {
  const open = Object.entries(reviewed)
    .filter(([, value]) => "unknown" in value || (isPlaintext && "secret" in value))
    .map(([path]) => path);
  const isOpen = (path: string) => open.some((outer) => isWithin(path, outer));
  return [...new Set([...Object.keys(reviewed), ...Object.keys(planned)])]
    .sort()
    .filter((path) => !areEqual(reviewed[path], planned[path]) && !isOpen(path))
    .map((path) => ({ path, reviewed: reviewed[path], planned: planned[path] }));
}

/** Whether two values are the same. Two secrets count as the same, unless both have a digest and the digests differ. */
export function areEqual(one: ReviewedValue | undefined, other: ReviewedValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if ("unknown" in one || "unknown" in other) return "unknown" in one && "unknown" in other;
  if ("secret" in one || "secret" in other) {
    if (!("secret" in one && "secret" in other)) return false;
    return one.secret === true || other.secret === true || one.secret === other.secret;
  }
  return one.digest === other.digest;
}

/** A value in a sentence. */
export function valueText(value: ReviewedValue | undefined): string {
  if (value === undefined) return "none";
  if ("unknown" in value) return "not known yet";
  if ("secret" in value) return "a secret";
  return value.text ?? "a longer value";
}
