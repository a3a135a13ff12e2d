import { isSecretLeaf } from "../../../compose";
import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { knownText } from "./values";

/** The path of a value inside a part of a document. */
export type PartPath = readonly (string | number)[];

/**
 * A problem in a part of a document. `words` follow the name of the part in a message. `path` is the path of the
 * problem inside the part.
 */
export interface PartFinding {
  readonly words: string;
  readonly path: PartPath;
  /** Set if the part is unknown at preview. */
  readonly isUnknown?: boolean;
}

/** The finding that a part of a Compose document is unknown at preview. */
export const NOT_KNOWN: readonly PartFinding[] = [{ words: "is not known", path: [], isUnknown: true }];

/** The text of a finding about a key that the rules about images do not know. */
export const STRANGE_KEY = "has a key that the rules about images do not know";

/** Returns a list with one finding. */
export function say(words: string, path: PartPath = []): readonly PartFinding[] {
  return [{ words, path }];
}

/** Returns one finding if `isFound` is true. */
export function when(isFound: boolean, words: string, path: PartPath = []): readonly PartFinding[] {
  return isFound ? say(words, path) : [];
}

/** Whether a value is null, or a list or map without entries. */
export function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}

/** Puts a path in front of the path of each finding. */
export function below(path: PartPath, found: readonly PartFinding[]): readonly PartFinding[] {
  return found.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

/** Checks each item of a list. A missing value and null have no items. Any other value is checked as a single item. */
export function eachItem(value: unknown, check: (item: unknown) => readonly PartFinding[]): readonly PartFinding[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => below([at], check(item)));
  return value === null || value === undefined ? [] : check(value);
}

/** Checks each definition in a section of the document, such as `volumes`. */
export function eachOf(
  section: unknown,
  check: (definition: unknown) => readonly PartFinding[],
): readonly PartFinding[] {
  if (section === null) return [];
  if (!isMap(section)) return say("is not written out");
  return Object.entries(section).flatMap(([name, definition]) => below([name], check(definition)));
}

/**
 * Checks the keys of a map. A key that is not in `checks` is a finding, except an extension (`x-…`). If the check of a
 * key is undefined, any value is allowed.
 */
export function keysOf(
  value: unknown,
  checks: Readonly<Record<string, ((value: unknown) => readonly PartFinding[]) | undefined>>,
): readonly PartFinding[] {
  if (value === null || value === undefined) return [];
  if (value === UNKNOWN_TEXT) return NOT_KNOWN;
  if (!isMap(value)) return say("is not written out");
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key.startsWith("x-")) return [];
    if (!Object.hasOwn(checks, key)) return say(STRANGE_KEY);
    const found = inner === UNKNOWN_TEXT && checks[key] !== undefined ? NOT_KNOWN : (checks[key]?.(inner) ?? []);
    return below([key], found);
  });
}

/** Returns true if a value is a text that is not empty, and has no variables, secrets and unknown parts. */
export function isWrittenOut(value: unknown): value is string {
  const text = knownText(value);
  return text !== undefined && text !== "" && !text.includes("$") && !isSecretLeaf(text);
}

/** Returns true if a value certainly switches a key off: the value is absent, null, false or the text `false`. */
export function isOff(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === "false";
}
