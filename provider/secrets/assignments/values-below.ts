import type { TextSpan } from "../mark";

/** The length of the longest value that is read, in characters. */
export const LONGEST_VALUE = 4096;
/** The largest number of lines that are read after a name. */
const MOST_LINES = 400;

/**
 * Returns the lines below a name that belong to the value of this name: the lines of a block, the items of a list, or a
 * value on a separate line. Lines with less indentation than the line of the name end the value. Without `isText`, a
 * line with another name ends it too. With `isText`, the value is a block or a text in quotes, which may contain such
 * lines.
 */
export function belowOf(
  text: string,
  nameAt: number,
  from: number,
  isText: boolean,
): readonly (TextSpan & { readonly value: string })[] {
  const line = lineStart(text, nameAt);
  const before = text.slice(line, nameAt);
  const indent = before.length - before.trimStart().length;
  const values: (TextSpan & { value: string })[] = [];
  let at = nextLine(text, from);
  for (let count = 0; at > 0 && count < MOST_LINES; count += 1) {
    const whole = lineAt(text, at);
    const own = whole.trim();
    const start = at + whole.indexOf(own);
    const isItem = /^- /.test(own);
    if (own !== "" && (start - at < indent || (start - at === indent && !isItem))) break;
    if (own !== "" && (isText || !/^[#;]\s/.test(own))) {
      if (!isText && /^(?:- )?["']?[\w.-]{1,100}["']?:(?:\s|$)|^[{[]|^[\w.-]{1,100}\s{0,4}=/.test(own)) break;
      const skipped = isItem && !isText ? own.length - own.slice(2).trimStart().length : 0;
      const comment = isText ? -1 : own.search(/\s#(?:\s|$)/);
      const raw = (comment === -1 ? own : own.slice(0, comment)).trimEnd();
      const value = raw.slice(skipped).replace(/^["']|["']$/g, "");
      values.push({ start: start + skipped, end: start + raw.length, value });
    }
    at = nextLine(text, at);
  }
  return values;
}

/** The text from an offset to the end of its line. */
export function lineAt(text: string, at: number): string {
  const most = text.slice(at, at + LONGEST_VALUE);
  const end = most.indexOf("\n");
  const line = end === -1 ? most : most.slice(0, end);
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/**
 * Returns the beginning of the line that contains an offset. If the line begins more than `LONGEST_VALUE` characters
 * before the offset, returns the first offset that is read.
 */
function lineStart(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_VALUE);
  return from + text.slice(from, at).lastIndexOf("\n") + 1;
}

/** The beginning of the next line. 0 if no next line is found within `LONGEST_VALUE` characters. */
function nextLine(text: string, at: number): number {
  const end = text.slice(at, at + LONGEST_VALUE).indexOf("\n");
  return end === -1 ? 0 : at + end + 1;
}
