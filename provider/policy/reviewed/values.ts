import { keyedDigest } from "../../secrets";
import { isWithin, type Leaf, shownValue } from "./leaves";

/**
 * A value in a review. A known value is stored as a digest and, if it is short, also as text. `secret`: the digest that
 * the provider has computed with the stack's secret, or `true` if there is no such digest. `hasRandomEnd`: see
 * {@link Leaf}.
 */
export type ReviewedValue =
  | { readonly digest: string; readonly text?: string; readonly hasRandomEnd?: true }
  | { readonly secret: string | true }
  | { readonly unknown: true };

/** Values, by their paths. */
export type ReviewedValues = Readonly<Record<string, ReviewedValue>>;

/** The longest value that a review stores as text, in characters. */
const LONGEST_TEXT = 80;

/**
 * Converts leaves to the values of a review. Each review has its own salt, so the digests of two reviews are not
 * comparable.
 */
export function valuesOf(leaves: readonly Leaf[], salt: string): ReviewedValues {
  return Object.fromEntries(leaves.map((leaf) => [leaf.path, reviewedValue(leaf, salt)]));
}

/** Converts one leaf to a value of a review. */
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

/** A path at which the plan has another value than the review. */
export interface DifferentValue {
  readonly path: string;
  /** Undefined if the review has no value at this path. */
  readonly reviewed: ReviewedValue | undefined;
  /** Undefined if the plan has no value at this path. */
  readonly planned: ReviewedValue | undefined;
}

/**
 * Returns the values that differ between the review and the plan. The first matching row counts.
 *
 * | at a path, the review has | the plan has | differs |
 * |---------------------------|--------------|---------|
 * | an unknown value          | anything, also inside the path, or nothing | no; the review lists it as not reviewed |
 * | a secret, with `isPlaintext` | anything, also inside the path, or nothing | no |
 * | a secret                  | a secret                   | only if both have the provider's digest, and the digests differ |
 * | a known value             | a known value              | if the digests of the values differ |
 * | any value                 | another kind of value, or nothing | yes |
 * | nothing                   | any value                  | yes |
 *
 * @param isPlaintext whether the planned values contain secrets in plaintext, as in a provider
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

/** Returns true if two values are equal. Two secrets differ only if both have a digest and the digests differ. */
export function areEqual(one: ReviewedValue | undefined, other: ReviewedValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if ("unknown" in one || "unknown" in other) return "unknown" in one && "unknown" in other;
  if ("secret" in one || "secret" in other) {
    if (!("secret" in one && "secret" in other)) return false;
    return one.secret === true || other.secret === true || one.secret === other.secret;
  }
  return one.digest === other.digest;
}

/** Returns a value of a review as words inside a sentence. */
export function valueText(value: ReviewedValue | undefined): string {
  if (value === undefined) return "none";
  if ("unknown" in value) return "not known yet";
  if ("secret" in value) return "a secret";
  return value.text ?? "a longer value";
}
