import { type IdentityValues, identityKeyParts } from "../../schema";
import { keyedDigest } from "../../secrets";
import type { OnDelete } from "./inputs";

/**
 * Letters of base 36 for each keyed part: 31, 36 and 36 bits; with one for `onDelete`, three for the attempt and four for the tag they
 * are 28. The keyed parts are in front, so that a name that is cut after 20 letters still identifies the run.
 */
const LENGTHS = { scope: 6, resource: 7, inputs: 7 } as const;
const ATTEMPT_LETTERS = 3;
/** Letters of a tag: about 20 bits. Only starts of one attempt of one resource are told apart by it. */
export const TAG_LETTERS = 4;
const MAXIMUM_ATTEMPT = 36 ** ATTEMPT_LETTERS - 1;
const KEYED = `([a-z0-9]{${LENGTHS.scope}})([a-z0-9]{${LENGTHS.resource}})([a-z0-9]{${LENGTHS.inputs}})`;
/** Older versions wrote no tag, and before that the attempt in one to three letters. */
const ATTEMPT_AND_TAG = `([a-z0-9]{${ATTEMPT_LETTERS}})([a-z0-9]{${TAG_LETTERS}})?`;
const UNALTERED = new RegExp(`^${KEYED}[al](?:${ATTEMPT_AND_TAG}|[1-9a-z][a-z0-9]?)(?:-|$)`);
/** A key at the begin of any word of a name in lower case, whole, or cut at the end of the name. */
const ANYWHERE = new RegExp(
  `(?<![a-z0-9])${KEYED}(?:([al])(?:${ATTEMPT_AND_TAG}|([1-9a-z][a-z0-9]?)(?![a-z0-9]))|[al]?0{0,2}$)`,
  "g",
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
  /** From 1; 0 where the name was cut before it. */
  readonly attempt: number;
  /** What was to become of the run: one that was to be left alone is not reported. Decides nothing else. */
  readonly onDelete: OnDelete;
  /**
   * Drawn anew for each request of a start, `[a-z0-9]{4}`. A run that carries the whole key with its tag is the run of that very request,
   * whoever else starts the same attempt. Absent in the keys of older versions, and where a name was cut.
   */
  readonly tag?: string;
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
    resource: resourcePart(scope, identity.urn),
    inputs: keyedText(scope, "inputs", inputs, LENGTHS.inputs),
  };
}

/** The key as text: 28 letters `[a-z0-9]`, 24 without a tag. */
export function formatStartKey(key: StartKey): string {
  const attempt = Math.min(Math.max(1, Math.floor(key.attempt)), MAXIMUM_ATTEMPT);
  const letters = attempt.toString(36).padStart(ATTEMPT_LETTERS, "0");
  return `${key.scope}${key.resource}${key.inputs}${key.onDelete === "leave" ? "l" : "a"}${letters}${key.tag ?? ""}`;
}

/** `file_name` of a start: the key in front, the user's label behind. */
export function formatFileName(key: StartKey, label: string | undefined): string {
  return label === undefined || label === "" ? formatStartKey(key) : `${formatStartKey(key)}-${label}`;
}

/**
 * Every text in a `file_name` that can be a start key: services may put something in front, change its case or its separators, or cut
 * it. Whether one is ours, its keyed parts decide. Of a run whose name was cut nobody knows whether it was to be left alone: so it is.
 */
export function keysIn(fileName: string | undefined): StartKey[] {
  return [...(fileName ?? "").toLowerCase().matchAll(ANYWHERE)].flatMap(
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

/** Reads the key back from a `file_name` or a recorded start key; anything that is not one of ours gives `undefined`. */
export function parseFileName(fileName: string | undefined): StartKey | undefined {
  return keysIn(fileName)[0];
}

/** Whether a `file_name` has a start key in front of it as it was sent, whoever's it is. */
export function isUnaltered(fileName: string | undefined): boolean {
  return fileName !== undefined && UNALTERED.test(fileName);
}

/** What a `file_name` says behind the start key; all of it where it has none, and nothing where there is no label. */
export function labelIn(fileName: string | undefined): string {
  if (fileName === undefined || !isUnaltered(fileName)) return fileName ?? "";
  const end = fileName.indexOf("-");
  return end === -1 ? "" : fileName.slice(end + 1);
}

/**
 * Whether a key that was read from a name can be that of a start: a name that was cut shows neither the attempt nor the tag. Two tags that
 * differ are two starts.
 */
export function isOfStart(found: StartKey, key: StartKey): boolean {
  const isAttempt = found.attempt === key.attempt || found.attempt === 0;
  const isTag = found.tag === undefined || key.tag === undefined || found.tag === key.tag;
  return isAttempt && isTag && sameResource(found, key) && found.inputs === key.inputs;
}

/** Whether a key that was read from a name proves that its run is that of a start: the whole key with its tag is the same. */
export function provesStart(found: StartKey, key: StartKey): boolean {
  return found.tag !== undefined && found.tag === key.tag && isOfStart(found, key);
}

/** The part of every key of a resource, from the stack's secret and the resource's URN. */
export function resourcePart(scope: string, urn: string): string {
  return keyedText(scope, "resource", [urn], LENGTHS.resource);
}

/** Whether two keys are of one resource of one stack. */
export function sameResource(left: KeyParts, right: KeyParts): boolean {
  return left.scope === right.scope && left.resource === right.resource;
}
