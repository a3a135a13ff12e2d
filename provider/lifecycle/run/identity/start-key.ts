import { type IdentityValues, identityKeyParts } from "../../../schema";
import { keyedDigest } from "../../../secrets";
import type { OnDelete } from "../inputs";

/**
 * Number of letters of three parts of a start key, in base 36: `scope` for the stack, `resource` and `inputs`. These
 * parts come first in the key. So if a `file_name` is cut off, its first 20 letters still identify the stack, the
 * resource and the inputs. A key has 28 letters: the 20 letters of these parts, one letter for `onDelete`, three for
 * the attempt and four for the tag.
 */
const LENGTHS = { scope: 6, resource: 7, inputs: 7 } as const;
const ATTEMPT_LETTERS = 3;
/**
 * Number of letters of a tag. Four are enough, because a tag only distinguishes starts of one attempt of one resource.
 */
export const TAG_LETTERS = 4;
const MAXIMUM_ATTEMPT = 36 ** ATTEMPT_LETTERS - 1;
const KEYED = `([a-z0-9]{${LENGTHS.scope}})([a-z0-9]{${LENGTHS.resource}})([a-z0-9]{${LENGTHS.inputs}})`;
/**
 * Matches the attempt and the tag in a start key. Keys of older versions have no tag. The patterns below also match
 * keys of the oldest versions, whose attempt has no leading zeros.
 */
const ATTEMPT_AND_TAG = `([a-z0-9]{${ATTEMPT_LETTERS}})([a-z0-9]{${TAG_LETTERS}})?`;
const UNALTERED = new RegExp(`^${KEYED}[al](?:${ATTEMPT_AND_TAG}|[1-9a-z][a-z0-9]?)(?:-|$)`);
/**
 * Finds each start key in a `file_name` that was converted to lower case. A key begins at the beginning of a word. The
 * last key may be cut off.
 */
const ANYWHERE = new RegExp(
  `(?<![a-z0-9])${KEYED}(?:([al])(?:${ATTEMPT_AND_TAG}|([1-9a-z][a-z0-9]?)(?![a-z0-9]))|[al]?0{0,2}$)`,
  "g",
);

/**
 * The keyed parts of a start key. Each part is an HMAC with the stack's secret. `scope` identifies the stack, and
 * `resource` the URN of the resource. `inputs` identifies all inputs whose change starts a new run.
 */
export interface KeyParts {
  readonly scope: string;
  readonly resource: string;
  readonly inputs: string;
}

/** A whole start key: the parts that are made with the stack's secret, `onDelete`, the attempt and the tag. */
export interface StartKey extends KeyParts {
  /** The attempt, counted from 1. 0 in a key from a label that Lyceum has cut off before the attempt. */
  readonly attempt: number;
  /** The `onDelete` of the run. The provider does not report a run with "leave" as abandoned. */
  readonly onDelete: OnDelete;
  /**
   * A random text `[a-z0-9]{4}`, new for each request of a start. A run that has the whole key of a request certainly
   * comes from this request. Absent in keys of older versions, and in names that were cut off.
   */
  readonly tag?: string;
}

/**
 * Returns a text of `length` letters `[a-z0-9]`, made with a secret. `label` says what the text is for, so that texts
 * for different purposes differ.
 */
export function keyedText(secret: string, label: string, parts: readonly string[], length: number): string {
  return keyedDigest(secret, [label, ...parts], length);
}

/** Returns the part of a start key that identifies the stack. */
export function scopePart(scope: string): string {
  return keyedText(scope, "scope", [], LENGTHS.scope);
}

/** Returns the keyed parts of a resource's start key. */
export function startKeyParts(
  scope: string,
  identity: {
    readonly urn: string;
    readonly composeDigest: string;
    readonly triggersDigest: string;
  } & IdentityValues,
): KeyParts {
  const { always, chosen } = identityKeyParts(identity);
  const inputs = [identity.composeDigest, ...always, identity.triggersDigest, ...chosen];
  return {
    scope: scopePart(scope),
    resource: resourcePart(scope, identity.urn),
    inputs: keyedText(scope, "inputs", inputs, LENGTHS.inputs),
  };
}

/** Returns a start key as text: 28 letters `[a-z0-9]`, or 24 without a tag. */
export function formatStartKey(key: StartKey): string {
  const attempt = Math.min(Math.max(1, Math.floor(key.attempt)), MAXIMUM_ATTEMPT);
  const letters = attempt.toString(36).padStart(ATTEMPT_LETTERS, "0");
  return `${key.scope}${key.resource}${key.inputs}${key.onDelete === "leave" ? "l" : "a"}${letters}${key.tag ?? ""}`;
}

/** Returns the `file_name` of a start: the start key, then the user's label. */
export function formatFileName(key: StartKey, label: string | undefined): string {
  return label === undefined || label === "" ? formatStartKey(key) : `${formatStartKey(key)}-${label}`;
}

/**
 * Returns every text in a `file_name` that can be a start key of any stack. Lyceum may add text before the key, change
 * case or separators, or cut the name off. If the attempt was cut off, `onDelete` may be too. "leave" is then assumed,
 * so that the run is not reported as abandoned.
 */
export function keysIn(fileName = ""): StartKey[] {
  return [...fileName.toLowerCase().matchAll(ANYWHERE)].flatMap(
    ([, scope = "", resource = "", inputs = "", flag, three, tag, older]) => {
      const letters = three ?? older;
      if (letters === undefined) return [{ scope, resource, inputs, attempt: 0, onDelete: "leave" as const }];
      const attempt = Number.parseInt(letters, 36);
      if (attempt < 1) return [];
      const key: StartKey = { scope, resource, inputs, attempt, onDelete: flag === "l" ? "leave" : "abort" };
      return [tag === undefined ? key : { ...key, tag }];
    },
  );
}

/** Returns the start key in a `file_name` or in a recorded text. `undefined` if there is no key. */
export function parseFileName(fileName: string | undefined): StartKey | undefined {
  return keysIn(fileName)[0];
}

/** Whether a `file_name` begins with an unaltered start key of any stack. */
export function isUnaltered(fileName = ""): boolean {
  return UNALTERED.test(fileName);
}

/**
 * Returns the label in a `file_name`: the text after the start key. If `fileName` does not begin with an unaltered
 * start key, returns `fileName`.
 */
export function labelIn(fileName = ""): string {
  if (!isUnaltered(fileName)) return fileName;
  const end = fileName.indexOf("-");
  return end === -1 ? "" : fileName.slice(end + 1);
}

/**
 * Whether `found`, a start key from a file name, may be the key of a given start. A name that was cut off lacks the
 * attempt and the tag, so only its other parts have to match. A different tag never matches.
 */
export function isOfStart(found: StartKey, key: StartKey): boolean {
  const isAttempt = found.attempt === key.attempt || found.attempt === 0;
  const isTag = found.tag === undefined || key.tag === undefined || found.tag === key.tag;
  return isAttempt && isTag && sameResource(found, key) && found.inputs === key.inputs;
}

/**
 * Whether `found`, a start key from a file name, is certainly the key of a given start: the whole key is equal, with
 * its tag.
 */
export function provesStart(found: StartKey, key: StartKey): boolean {
  return found.tag !== undefined && found.tag === key.tag && isOfStart(found, key);
}

/** Returns the part of a start key that is the same for all starts of a resource. This part is made with the scope. */
export function resourcePart(scope: string, urn: string): string {
  return keyedText(scope, "resource", [urn], LENGTHS.resource);
}

/** Whether two start keys belong to one resource of one stack. */
export function sameResource(left: KeyParts, right: KeyParts): boolean {
  return left.scope === right.scope && left.resource === right.resource;
}
