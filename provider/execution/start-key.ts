import { keyedDigest } from "../compose";
import { type IdentityValues, identityKeyParts } from "../schema";
import type { OnDelete } from "./inputs";

/** Letters of base 36 for each keyed part: 31, 36 and 36 bits; with one for `onDelete` and three for the attempt they are 24. */
const LENGTHS = { scope: 6, resource: 7, inputs: 7 } as const;
const MAXIMUM_ATTEMPT = 36 ** 3 - 1;
const PATTERN = new RegExp(
  `^([a-z0-9]{${LENGTHS.scope}})([a-z0-9]{${LENGTHS.resource}})([a-z0-9]{${LENGTHS.inputs}})([al])([a-z0-9]{1,3})(?:-|$)`,
);

/**
 * The keyed parts of a start key, all HMACs under the stack's secret: `scope` of the stack itself, so that its runs are
 * found when the stack goes; `resource` of the URN, so that attempts are counted over all runs of a resource, whatever their
 * inputs; `inputs` of everything that calls for a new run.
 */
export interface KeyParts {
  readonly scope: string;
  readonly resource: string;
  readonly inputs: string;
}

/** A whole start key: the parts, and which start of the resource it is. */
export interface StartKey extends KeyParts {
  readonly attempt: number;
  /** What was to become of the run: one that was to be left alone is not an abandoned run. Decides nothing else. */
  readonly onDelete: OnDelete;
}

/** Keyed text of `length` letters `[a-z0-9]`; the label keeps uses apart. */
export function keyedText(secret: string, label: string, parts: readonly string[], length: number): string {
  return keyedDigest(secret, [label, ...parts], length);
}

/** The stack's part of every key. */
export function scopePart(scope: string): string {
  return keyedText(scope, "scope", [], LENGTHS.scope);
}

/** The keyed parts of a resource's key; the attempt comes from the record or from history. */
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
    resource: keyedText(scope, "resource", [identity.urn], LENGTHS.resource),
    inputs: keyedText(scope, "inputs", inputs, LENGTHS.inputs),
  };
}

/** The key as text: at most 24 letters `[a-z0-9]`. */
export function formatStartKey(key: StartKey): string {
  const attempt = Math.min(Math.max(1, Math.floor(key.attempt)), MAXIMUM_ATTEMPT);
  return `${key.scope}${key.resource}${key.inputs}${key.onDelete === "leave" ? "l" : "a"}${attempt.toString(36)}`;
}

/** `file_name` of a start: the key in front, the user's label behind. */
export function formatFileName(key: StartKey, label: string | undefined): string {
  return label === undefined || label === "" ? formatStartKey(key) : `${formatStartKey(key)}-${label}`;
}

/** Reads a key back from a `file_name`; anything that is not one of ours gives `undefined`. */
export function parseFileName(fileName: string | undefined): StartKey | undefined {
  const match = fileName === undefined ? null : PATTERN.exec(fileName);
  if (match === null) return undefined;
  const [, scope = "", resource = "", inputs = "", flag, attempt = ""] = match;
  const count = Number.parseInt(attempt, 36);
  return count >= 1
    ? { scope, resource, inputs, attempt: count, onDelete: flag === "l" ? "leave" : "abort" }
    : undefined;
}

/** What a `file_name` says behind the start key; all of it where it has none, and nothing where there is no label. */
export function labelIn(fileName: string | undefined): string {
  if (fileName === undefined || parseFileName(fileName) === undefined) return fileName ?? "";
  const end = fileName.indexOf("-");
  return end === -1 ? "" : fileName.slice(end + 1);
}

/** Whether two keys are of one resource of one stack. */
export function sameResource(left: KeyParts, right: KeyParts): boolean {
  return left.scope === right.scope && left.resource === right.resource;
}
