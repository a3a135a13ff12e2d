/**
 * A text as it may be shown on a terminal: control characters, and those that change the direction of what follows, as
 * escapes. A path, a file name or a daemon's words could otherwise move the cursor, or show something else than they are.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
    sign === "\n" ? sign : `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
