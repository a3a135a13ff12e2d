/** The longest key that S3 accepts, in bytes of UTF-8. */
const LONGEST_KEY = 1024;

const UNUSABLE = /[\p{Cc}\p{Surrogate}\p{Bidi_Control}]/u;

/**
 * Whether a path has only letters, digits, `_`, `.`, `-` and `/`. Such a path can be put into any text in YAML: it
 * needs no quotes and no escapes, also for Compose, which reads `$` as a variable.
 */
export function isPlainPath(path: string): boolean {
  return /^[\p{L}\p{N}_./-]*$/u.test(path);
}

/**
 * Returns why a text is not a valid key of a file in the bucket. Undefined for a valid key. Runs see the bucket as a
 * folder, where an empty part, `.` or `..` in a path would lead to another file.
 */
export function keyProblem(key: string): string | undefined {
  if (key === "") return "it is empty";
  if (Buffer.byteLength(key) > LONGEST_KEY) return `it has more than ${LONGEST_KEY} bytes`;
  if (UNUSABLE.test(key)) return "it has a character that cannot be shown or stored";
  const wrong = key.split("/").find((part) => part === "" || part === "." || part === "..");
  return wrong === undefined ? undefined : `a part of it is ${wrong === "" ? "empty" : `\`${wrong}\``}`;
}
