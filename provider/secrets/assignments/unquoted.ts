import type { Format } from "./formats";

/** Matches the text that may come before the first name of a line. */
export const STARTS_LINE =
  /^\s{0,200}(?:- {1,9}|export |set |ENV |\? |:|\/\/[^\s=]{1,200}:){0,3}(?:[\w.-]{1,100}\.)?$/i;

interface Around {
  readonly sign: string;
  readonly format: Format;
  /** The part of the line to the left of the name. */
  readonly before: string;
  /** The quote character at the ends of the text that contains the name. Empty if the name is not inside quotes. */
  readonly quote: string;
}

/**
 * Returns the value at the start of `rest`, the text after a sign such as `=` or `:`. The value is not in quotes of its
 * own. The first row that matches shows where the value ends:
 *
 * | the name before the sign                                     | the value ends at |
 * |--------------------------------------------------------------|-------------------|
 * | inside a quoted text, with the sign `:`                      | the closing quote |
 * | inside a quoted text, with another sign                      | the end of the word, or the closing quote |
 * | at the start of the line, but not with `=` in a shell script | the end of the line, or earlier (`wholeLine`) |
 * | in brackets or after a comma, with the sign `:`: `{ user: a, password: b }` | the next comma or closing bracket |
 * | any other, with a value such as `<your-key>`                 | the `>` |
 * | any other                                                    | the end of the word |
 */
export function rawValue(rest: string, { sign, format, before, quote }: Around): string {
  if (quote !== "") {
    const end = endOfQuoted(rest, quote);
    const inside = rest.slice(0, end);
    // A header in quotes, such as `"X-API-Key: …"`, ends at the closing quote.
    if (sign === ":") return inside.trimEnd();
    return upTo(
      inBrackets(before) ? upTo(inside, /\]/) : inside,
      inQuery(before) ? /[\s&#;]/ : /[\s;]|,\s{0,4}\w{1,40}=/,
    );
  }
  if (STARTS_LINE.test(before) && !(format === "shell" && sign === "=")) return wholeLine(rest, sign);
  const isInFlow = sign === ":" && (before.lastIndexOf("{") > before.lastIndexOf("}") || /[,[{] ?$/.test(before));
  if (isInFlow) return upTo(rest, /[,}\]]/).trimEnd();
  if (/^<[^<>\s]{1,100}>/.test(rest)) return upTo(rest, /(?<=>)/);
  return upTo(
    inBrackets(before) ? upTo(rest, /\]/) : rest,
    inQuery(before) ? /[\s;&#,"'`)<>]/ : sign === "=" ? /[\s;,"'`)]/ : /[\s,;"'`<>]/,
  );
}

/** Whether a name is inside a list in brackets, such as `SCRAM-SHA-512=[iterations=4096,password=x]`. */
function inBrackets(before: string): boolean {
  return /\[(?:[\w-]{1,40}=[^\s,[\]]{0,100},\s{0,4}){0,4}$/.test(before);
}

/** Returns true if the text before a name shows that the name is a parameter in the query of a URL. */
function inQuery(before: string): boolean {
  return /[?&]$|&amp;$/.test(before);
}

/** The text up to the first match of `end`, or the whole text if nothing matches. */
export function upTo(text: string, end: RegExp): string {
  const at = text.search(end);
  return at === -1 ? text : text.slice(0, at);
}

/** Returns the offset of the closing quote. Returns the length of `rest` if the quote stays open. */
export function endOfQuoted(rest: string, quote: string): number {
  let end = 0;
  while (end < rest.length && rest.charAt(end) !== quote) end += rest.charAt(end) === "\\" ? 2 : 1;
  return Math.min(end, rest.length);
}

/**
 * Returns the text up to the end of the line. The text ends earlier at a comment, or at the next pair of name and value
 * in a connection string or log line.
 */
function wholeLine(rest: string, sign: string): string {
  const pairs = sign === "=" ? rest.search(/;\s{0,9}[\w ]{1,40}=/) : rest.search(/, {1,4}\w{1,40}[:=]/);
  const whole = pairs === -1 ? rest : rest.slice(0, pairs);
  const comment = whole.search(/\s[#;](?:\s|$)/);
  return (comment === -1 ? whole : whole.slice(0, comment)).trimEnd().replace(/[,;]$/, "");
}

/** Returns true if a value consists of pairs of name and value, such as `Server=db;User=sa` or `host=db user=app`. */
export function isPairs(value: string): boolean {
  return (
    /^[A-Za-z]{1,20} [A-Za-z ]{1,40}=\S/.test(value) ||
    /^[\w. ]{1,60}=[^;=]{0,200};\s{0,4}[\w. ]{1,60}=/.test(value) ||
    /^\w{1,40}=[^\s=]{1,200}\s{1,4}\w{1,40}=\S/.test(value)
  );
}
