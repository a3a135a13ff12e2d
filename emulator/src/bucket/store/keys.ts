import { createHash } from "node:crypto";
import { S3Error } from "../protocol/errors";

/** The longest key, in bytes: that of S3. */
export const LONGEST_KEY = 1024;
/** The longest name of a file, in bytes: that of Linux and macOS. */
const LONGEST_NAME = 255;

/**
 * Checks a key that a client sends.
 * @throws S3Error when it is empty, too long, or has a character that no listing in XML can show
 */
export function checkKey(key: string): void {
  if (key === "") throw new S3Error("InvalidArgument", "The key is empty.");
  if (Buffer.byteLength(key) > LONGEST_KEY) throw new S3Error("KeyTooLongError");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(key)) {
    throw new S3Error("InvalidArgument", "The key has a control character. The emulator has no such keys.");
  }
}

/**
 * The path of a key as names of folders and a file, or undefined if no file can have this path: keys such as `a//b`,
 * `../a`, `a/` and names that are too long. Such an object is kept where no mount shows it.
 */
export function pathOfKey(key: string): readonly string[] | undefined {
  const names = key.split("/");
  const isFile = names.every(
    (name) => name !== "" && name !== "." && name !== ".." && Buffer.byteLength(name) <= LONGEST_NAME,
  );
  return isFile ? names : undefined;
}

/** The folders above a key, as keys, the outermost first: `a` and `a/b` for `a/b/c`. */
export function foldersOf(key: string): readonly string[] {
  const folders: string[] = [];
  for (let at = key.indexOf("/"); at >= 0; at = key.indexOf("/", at + 1)) folders.push(key.slice(0, at));
  return folders;
}

/** The name of the files about a key, which a key of any length and form has. */
export function nameOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The order of listings: that of the bytes in UTF-8. */
export function compareKeys(a: string, b: string): number {
  // UTF-16 has the same order unless a text has a character outside the basic plane, or one after those.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is the range of ASCII
  const isPlain = /^[\u0000-\ud7ff]*$/;
  if (isPlain.test(a) && isPlain.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
