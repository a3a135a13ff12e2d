import { keyedDigest } from "../compose";

/** Length of each of the two keyed parts: 10 letters of base 36 are 51 bits. */
const PART_LENGTH = 10;
const MAXIMUM_ATTEMPT = 36 ** 4 - 1;
const PATTERN = new RegExp(`^([a-z0-9]{${PART_LENGTH}})([a-z0-9]{${PART_LENGTH}})([a-z0-9]{1,4})(?:-|$)`);

/**
 * A start key taken apart. The two first parts are HMACs under the stack's scope: `resource` of the URN, `inputs` of
 * everything that calls for a new run. Kept apart so that the attempts of a resource can be counted over all its runs,
 * whatever their inputs were.
 */
export interface StartKey {
  readonly resource: string;
  readonly inputs: string;
  readonly attempt: number;
}

/** Keyed text of `length` letters `[a-z0-9]`; the label keeps uses apart. */
export function keyedText(secret: string, label: string, parts: readonly string[], length: number): string {
  return keyedDigest(secret, [label, ...parts], { length });
}

/** The keyed parts of a resource's key; the attempt comes from the record or from history. */
export function startKeyParts(
  scope: string,
  identity: {
    readonly urn: string;
    readonly composeDigest: string;
    readonly executionType: string;
    readonly enableS3Mount: boolean;
    readonly triggersDigest: string;
  },
): { readonly resource: string; readonly inputs: string } {
  return {
    resource: keyedText(scope, "resource", [identity.urn], PART_LENGTH),
    inputs: keyedText(
      scope,
      "inputs",
      [identity.composeDigest, identity.executionType, String(identity.enableS3Mount), identity.triggersDigest],
      PART_LENGTH,
    ),
  };
}

/** The key as text: at most 24 letters `[a-z0-9]`. */
export function formatStartKey(key: StartKey): string {
  const attempt = Math.min(Math.max(1, Math.floor(key.attempt)), MAXIMUM_ATTEMPT);
  return `${key.resource}${key.inputs}${attempt.toString(36)}`;
}

/** `file_name` of a start: the key in front, the user's label behind. */
export function formatFileName(key: StartKey, label: string | undefined): string {
  return label === undefined || label === "" ? formatStartKey(key) : `${formatStartKey(key)}-${label}`;
}

/** Reads a key back from a `file_name`; anything that is not one of ours gives `undefined`. */
export function parseFileName(fileName: string | undefined): StartKey | undefined {
  const match = fileName === undefined ? null : PATTERN.exec(fileName);
  if (match === null) return undefined;
  const [, resource = "", inputs = "", attempt = ""] = match;
  const count = Number.parseInt(attempt, 36);
  return count >= 1 ? { resource, inputs, attempt: count } : undefined;
}
