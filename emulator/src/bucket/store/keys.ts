import { createHash } from "node:crypto";
import { S3Error } from "../errors";

/** The longest key, in bytes, as in S3. */
export const LONGEST_KEY = 1024;
/** The longest name of a file, in bytes, as in Linux and macOS. */
const LONGEST_NAME = 255;

/**
 * Checks a key that a client sends.
 * @throws S3Error if the key is empty, is too long, or has a character that a listing in XML cannot show
 */
export function checkKey(key: string): void {
  if (key === "") throw new S3Error("InvalidArgument", "The key is empty.");
  if (Buffer.byteLength(key) > LONGEST_KEY) throw new S3Error("KeyTooLongError");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression finds characters that are refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(key)) {
    throw new S3Error("InvalidArgument", "The key has a control character. The emulator has no such keys.");
  }
}

/**
 * Returns the path of a key: the names of its folders and its file. Undefined if no file can have this path, as for
 * `a//b`, `../a`, `a/` and names that are too long. The object of such a key is stored in a folder that no mount shows.
 */
export function pathOfKey(key: string): readonly string[] | undefined {
  const names = key.split("/");
  const isFile = names.every(
    (name) => name !== "" && name !== "." && name !== ".." && Buffer.byteLength(name) <= LONGEST_NAME,
  );
  return isFile ? names : undefined;
}

/** Returns the folders above a key, as keys, beginning with the outermost: `a` and `a/b` for `a/b/c`. */
export function foldersOf(key: string): readonly string[] {
  const folders: string[] = [];
  for (let at = key.indexOf("/"); at >= 0; at = key.indexOf("/", at + 1)) folders.push(key.slice(0, at));
  return folders;
}

/** Returns a file name for the data about a key. The name is valid for a key of any length and with any characters. */
export function nameOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Compares two keys in the order of listings, which is the order of their bytes in UTF-8. */
export function compareKeys(a: string, b: string): number {
  // Keys of these characters have the same order in UTF-16 as in UTF-8. With other characters, the orders may differ.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range begins at U+0000
  const isPlain = /^[\u0000-\ud7ff]*$/;
  if (isPlain.test(a) && isPlain.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
