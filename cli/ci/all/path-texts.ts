import { posix } from "node:path";
import type { FileIndex } from "./file-index";

/** A path in a text. The end of the path is not certain, because a path may contain spaces and parentheses. */
export interface NamedPath {
  /** The texts that may be the path, the shortest first. */
  readonly readings: readonly string[];
  /** Whether one of `readings` is certainly a path, even if no file exists at this path. */
  readonly isCertain: boolean;
}

/** The characters that a path without quotes cannot contain. */
const END = "\\s\"'`,;:()[\\]<>|*?\\\\#";
/** Matches `..`, and a longer path that begins with `..`. Three dots are not a path. */
const UPWARD = new RegExp(`(?<![\\w.])(?:\\./)?\\.\\.(?![\\w.])(?:/[^${END}{}]*)?`, "g");
/** Finds every part of a text that may be a path. */
const ANY = new RegExp(`[^${END}=]+`, "g");
/** The longest text that may be a path, in characters. */
const LONGEST_PATH = 300;

/** Returns the paths of a text that begin with `..`. */
export function upwardPaths(text: string): readonly NamedPath[] {
  return namedIn(text, UPWARD);
}

/** Returns everything in a text that may be a path. */
export function anyPaths(text: string): readonly NamedPath[] {
  return namedIn(text, ANY);
}

function namedIn(text: string, pattern: RegExp): readonly NamedPath[] {
  const found = new Map<string, NamedPath>();
  for (const match of text.matchAll(pattern)) {
    const readings = [match[0], ...longerReadings(text, match)];
    found.set(readings.join("\0"), { readings, isCertain: /^\.\.?\//.test(match[0]) });
  }
  return [...found.values()];
}

/**
 * Looks for a longer path at the offset of a match, because a path may contain spaces or parentheses. The longer path
 * ends at the closing quote, or at the end of a value in YAML. Returns an empty list if there is no longer path.
 */
function longerReadings(text: string, { index, 0: short }: RegExpExecArray): readonly string[] {
  if (!/[ ,;()[\]{}]/.test(text[index + short.length] ?? "\n")) return [];
  const before = text[index - 1] ?? "\n";
  const line = text.slice(index, index + LONGEST_PATH).split("\n", 1)[0] ?? "";
  if (/["'`]/.test(before)) return line.includes(before) ? [line.slice(0, line.indexOf(before))] : [];
  const isValue = /[:-] +$/.test(text.slice(Math.max(0, index - 10), index));
  return isValue ? [(line.split(" #", 1)[0] ?? "").trimEnd()] : [];
}

/**
 * Returns the files and folders that a path in a text may name. The path may be relative to each of the folders
 * `bases`. If nothing exists at the path, and the text certainly is a path (`isCertain`), returns the nearest folder or
 * submodule above it that exists. Files that `npm` installs do not count.
 */
export function resolvedPaths(
  bases: readonly string[],
  { readings, isCertain }: NamedPath,
  index: FileIndex,
): readonly string[] {
  const found = readings.flatMap((reading) => bases.flatMap((base) => resolved(base, reading, index)));
  if (found.length > 0 || !isCertain) return found;
  const short = readings[0] ?? "";
  if (short.split("/").includes("node_modules")) return [];
  return bases.flatMap((base) => nearest(wholePath(base, short), index));
}

/**
 * Returns `named`, a path relative to `base`, as a path from the root of the repository. Undefined if `named` is not
 * a path, or leads out of the repository.
 */
function wholePath(base: string, named: string): string | undefined {
  const known = named.includes("$") ? named.slice(0, named.indexOf("$")) : named;
  // If the path contains a variable, only the part before the variable is known, up to the last slash of this part.
  const path = known === named ? named : known.slice(0, known.lastIndexOf("/") + 1);
  // A text that begins with a variable may also be the name of an image. It is a path only if it contains a slash.
  if (path === "" && (known === named || !named.includes("/"))) return undefined;
  const whole = posix.join(base, path).replace(/\/$/, "");
  if (named.startsWith("/") || whole === ".." || whole.startsWith("../") || whole === "") return undefined;
  return whole;
}

/** Returns the file that a path names. The file's name may have an ending that the path leaves out, as in imports. */
function resolved(base: string, named: string, { folders, stems, names }: FileIndex): readonly string[] {
  const whole = wholePath(base, named);
  if (whole === undefined) return [];
  return folders.has(whole) || names.has(whole) ? [whole] : (stems.get(whole) ?? []);
}

function nearest(whole: string | undefined, { folders, names }: FileIndex): readonly string[] {
  if (whole === undefined) return [];
  let path = whole;
  while (path !== "." && !folders.has(path) && !names.has(path)) path = posix.dirname(path);
  return [path];
}
