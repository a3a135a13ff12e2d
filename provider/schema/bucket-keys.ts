/** The longest key that S3 accepts, in bytes of UTF-8. */
const LONGEST_KEY = 1024;

const UNUSABLE = /[\p{Cc}\p{Surrogate}\p{Bidi_Control}]/u;

/**
 * Returns true if a path has only letters, digits, `_`, `.`, `-` and `/`. A text in YAML can contain this path without
 * quotes or escapes. Compose finds no variable in the path, because the path has no `$`.
 */
export function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_./-]*$/u.test(path);
}

/**
 * Returns why a text is not a valid key of a file in the bucket, or undefined for a valid key. A run sees the bucket as
 * a folder. In this folder, an empty name, `.` or `..` in a path leads to another file.
 */
export function keyProblem(key: string): string | undefined {
  if (key === "") return "it is empty";
  if (Buffer.byteLength(key) > LONGEST_KEY) return `it has more than ${LONGEST_KEY} bytes`;
  if (UNUSABLE.test(key)) return "it has a character that cannot be shown or stored";
  const wrong = key.split("/").find((part) => part === "" || part === "." || part === "..");
  return wrong === undefined ? undefined : `a part of it is ${wrong === "" ? "empty" : `\`${wrong}\``}`;
}
