import { isKeyLike } from "../ordinary";
import { type Format, withoutEscapes } from "./formats";
import { LineCursor } from "./line-cursor";
import { openingQuote, quoted, type Value } from "./quotes";
import { endOfQuoted, isPairs, rawValue, STARTS_LINE, upTo } from "./unquoted";
import { belowOf, lineAt } from "./values-below";

/** A value that a text assigns to a name, with its position in the text. */
export interface Assigned extends Value {
  readonly name: string;
  /**
   * How the value was found:
   *
   * - `sign`: after a sign or an option (`name=x`, `--name x`), or the whole value of a key in the Compose document
   * - `space`: after a space (`requirepass x`), or as a possible translation (`t("password", "x")`). Such a value may
   *   be an ordinary word
   * - `rule`: by a rule, for example for a command or a kind of file
   */
  readonly by: "sign" | "space" | "rule";
}

/** Matches a name before a sign: `name = x`, `"name": "x"`, `name => 'x'`, `define('NAME', 'x')`, `--name=x`. */
const NAME =
  /(?<![\w.])(?:(\\{0,3}["'`])([A-Za-z_:][\w.\-/ ]{0,100})\1\]?|([A-Za-z_][\w.\-/]{0,100}))\s{0,9}(=>|:=|\?=|\+=|[=:,])(?![=~])(?!\/\/)/g;
/** Matches an option or a directive before a space: `--name x`, `requirepass x`. */
const DIRECTIVE = /(?<=^|[\s;&|="'`([,])(?:--?)?([A-Za-z_](?:[\w.-]{0,100}\w)?)[ \t]{1,9}(?=[^\s=:-])/gm;

type Counts = (name: string) => boolean;

/**
 * Finds the values of names in a text, if `counts` returns true for the name. Names and values occur in settings, in
 * code, and in options of commands. No parser reads the text, because users mount all kinds of files, and many of these
 * files are not valid. The time is linear in the length of the text.
 */
export function assignmentsIn(text: string, counts: Counts, format: Format = "unknown"): Assigned[] {
  return [...signed(text, counts, format), ...spaced(text, counts, format)];
}

function signed(text: string, counts: Counts, format: Format): Assigned[] {
  const found: Assigned[] = [];
  const line = new LineCursor(text);
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match !== null; match = NAME.exec(text)) {
    const [, quote = "", quotedName, plainName = "", sign = ""] = match;
    const name = quotedName ?? plainName;
    if (!counts(name)) continue;
    const nameAt = match.index + quote.length;
    const around = quoteAround(text, match.index, line);
    const mention = { quote, sign, nameAt, at: NAME.lastIndex, format, around, line };
    const values = valuesAfter(text, mention).filter(({ value }) => !isPairs(value));
    // A name with capital letters is a constant, as in `define("PASSWORD", "hunter2")`. Without capital letters, the
    // value may be a translation, as in `t("password", "Passwort")`.
    const by = sign === "," && !/[A-Z]/.test(name) ? "space" : "sign";
    found.push(...values.map((value) => ({ ...value, name, by }) as const));
    NAME.lastIndex = Math.max(NAME.lastIndex, ...values.map(({ end }) => end));
  }
  return found;
}

function spaced(text: string, counts: Counts, format: Format): Assigned[] {
  const found: Assigned[] = [];
  const line = new LineCursor(text);
  DIRECTIVE.lastIndex = 0;
  for (let match = DIRECTIVE.exec(text); match !== null; match = DIRECTIVE.exec(text)) {
    const [, name = ""] = match;
    const isOption = text.charAt(match.index) === "-";
    if (!counts(name) || (!isOption && (format === "code" || format === "prose"))) continue;
    const around = quoteAround(text, match.index, line);
    const value = argumentAt(text, DIRECTIVE.lastIndex, isOption, around);
    if (value === undefined) continue;
    const isClear = /[a-z][_-][a-z]/i.test(name) && isKeyLike(value.value);
    if (isOption || isClear || isDirective(text, match.index, value, { line, around })) {
      found.push({ ...value, name, by: isOption ? "sign" : "space" });
    }
  }
  return found;
}

interface Mention {
  /** The quote around the name. Empty if the name has no quotes. */
  readonly quote: string;
  readonly sign: string;
  readonly nameAt: number;
  /** The offset of the first character after `sign`. */
  readonly at: number;
  readonly format: Format;
  /** The quote character that encloses name and value together. Empty if no quote encloses both. */
  readonly around: string;
  readonly line: LineCursor;
}

/**
 * Returns the innermost quote that is open at an offset. `LineCursor` knows only the outermost open quote. So a quote
 * directly before the offset counts as the innermost one, as in `'["name=x"]'`.
 */
function quoteAround(text: string, at: number, line: LineCursor): string {
  const { quote } = line.moveTo(at);
  const before = text.charAt(at - 1);
  return quote !== "" && /["'`]/.test(before) ? before : quote;
}

/** Matches what may come before a value in YAML: an anchor and a type, such as `&key !!str `. */
const PROPERTIES = /^(?:(?:&[\w.-]{1,60}|!![a-z]{1,20})[ \t]{1,9}){1,2}/;

/**
 * Matches what may stand between the colon after a variable and its value in code: the type of the variable, such as
 * `str = `.
 */
const TYPE = /^&?[\w.<>[\]|, ]{1,80}=[ \t]{0,4}(?=["'`])/;

/** Matches what may come before a default value in code: an expression, such as `process.env.PASSWORD ?? `. */
const INSTEAD = /^[\w.$[\]"'()-]{1,100}\s{0,4}(?:\?\?|\|\||\bor\b|\?:)\s{0,4}(?=["'`])/;

function valuesAfter(text: string, mention: Mention): readonly Value[] {
  const { quote, sign, nameAt, format } = mention;
  let { at } = mention;
  const next = text.charAt(at);
  // In `-Dpassword= -Dkey=x`, the password is empty. So the text after the space is not the password.
  if (
    sign === "=" &&
    /^[ \t]{1,9}(?:--?[A-Za-z]|[\w.-]{1,60}=[^=\s])/.test(lineAt(text, at)) &&
    text.charAt(at - 2) !== " "
  )
    return [];
  const before = text.slice(Math.max(0, nameAt - quote.length - 9), nameAt - quote.length).trimEnd();
  // A comma assigns a value only in `define("token", "x")` and in Erlang's `{token, "x"}`, not in `f(token, "x")`.
  if (sign === "," && !before.endsWith(quote === "" ? "{" : "(")) return [];
  // In YAML, `image:tag` and `host:80` assign no value.
  if (sign === ":" && quote === "" && next !== "" && !/[\s"']/.test(next)) return [];
  at = skipBlanks(text, at);
  if (sign === ":" && format !== "code") at += PROPERTIES.exec(lineAt(text, at))?.[0].length ?? 0;
  if (sign === ":" && format !== "yaml" && mention.around === "") at += TYPE.exec(lineAt(text, at))?.[0].length ?? 0;
  if (format === "code") at += INSTEAD.exec(lineAt(text, at))?.[0].length ?? 0;
  if (text.startsWith("<<", at)) at += 2;
  const opening = openingQuote(text, at);
  if (opening !== undefined) {
    if (mention.around !== "" && text.slice(opening.at, opening.end) === mention.around) return [];
    const value = quoted(text, opening, format);
    // In YAML, a text in quotes may end on a later line.
    const isOpen = text.charAt(value.end) === "\n" && (format === "yaml" || format === "unknown");
    return isOpen ? [value, ...belowOf(text, nameAt, opening.at, true)] : [value];
  }
  if (sign === "," || (format === "code" && text.charAt(at) !== "[")) return [];
  return withoutQuotes(text, at, mention);
}

/** Returns the values after a sign if no quote follows: a list in brackets, the rest of the line, or lines below it. */
function withoutQuotes(
  text: string,
  from: number,
  { sign, nameAt, format, line, quote, around }: Mention,
): readonly Value[] {
  const first = text.charAt(from);
  const rest = lineAt(text, from);
  if (first === "[") return itemsOf(text, from, format);
  const isBlock = sign === ":" && /^[|>][+-]?\d?[+-]?(?:\s|$)/.test(rest);
  if (first === "" || first === "\n" || first === "\r" || isBlock) {
    return sign === ":" || sign === "=" ? belowOf(text, nameAt, from, isBlock) : [];
  }
  if (first === "{" || /^[#;]\s/.test(rest) || isPairs(rest)) return [];
  const before = text.slice(Math.max(line.start, nameAt - 300), nameAt - quote.length);
  const raw = rawValue(rest, { sign, format, before, quote: around });
  if (raw === "") return [];
  const value = { start: from, end: from + raw.length, value: format === "properties" ? withoutEscapes(raw) : raw };
  return sign === ":" && around === "" && STARTS_LINE.test(before) && format !== "shell"
    ? [value, ...belowOf(text, nameAt, from, false)]
    : [value];
}

/** Returns the items of a list in brackets, up to the end of the line. */
function itemsOf(text: string, bracket: number, format: Format): readonly Value[] {
  const list = lineAt(text, bracket + 1).split("]", 1)[0] ?? "";
  if (/^\s{0,40}[{[]/.test(list)) return [];
  const items = format === "code" ? /["']([^"']{1,4096})["']/g : /["']([^"']{1,4096})["']|[^\s,"']{1,4096}/g;
  return [...list.matchAll(items)].map((match) => {
    const value = match[1] ?? match[0];
    const start = bracket + 1 + match.index + (match[1] === undefined ? 0 : 1);
    return { start, end: start + value.length, value };
  });
}

/** The argument that begins at an offset: a text in quotes, or one word. */
function argumentAt(text: string, at: number, isOption: boolean, around: string): Value | undefined {
  const opening = openingQuote(text, at);
  if (opening?.at === at && text.charAt(at) !== around) return quoted(text, opening, "shell");
  const word = lineAt(text, at);
  const within = around === "" ? word : word.slice(0, endOfQuoted(word, around));
  // An option is part of a command, where quotes end a word too. In a line of a settings file, only white space ends a
  // word.
  const raw = upTo(within, isOption ? /[\s"'`]/ : /\s/);
  const value = isOption ? raw : raw.replace(/[;,]$/, "");
  return value === "" ? undefined : { start: at, end: at + value.length, value };
}

/**
 * Returns true if a name and its value have the form of a line in a settings file, such as `requirepass x`: the value
 * ends the line, or ends the quoted text around it, and at most six words come before the name. Returns false in a
 * comment. Also returns false after a full stop or a colon, because a sentence then precedes the name.
 */
function isDirective(
  text: string,
  nameAt: number,
  { end }: Value,
  { line, around }: Pick<Mention, "line" | "around">,
): boolean {
  const before = text.slice(Math.max(line.start, nameAt - 300), nameAt).trim();
  const rest = lineAt(text, end);
  const after = (around === "" ? rest.replace(/^["']/, "") : rest.slice(0, endOfQuoted(rest, around))).trim();
  const isLast = after === "" || /^[;}]{1,3}$/.test(after);
  return isLast && (before === "" || before.split(" ").length <= 6) && !/[.!?:#]$|^[#/*]/.test(before);
}

function skipBlanks(text: string, at: number): number {
  let from = at;
  while (text.charAt(from) === " " || text.charAt(from) === "\t") from += 1;
  return from;
}
