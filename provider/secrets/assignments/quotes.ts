import type { TextSpan } from "../mark";
import { type Format, withoutEscapes, withoutSingleEscapes } from "./formats";
import { LONGEST_VALUE } from "./values-below";

/** A value in a text, and its position. */
export interface Value extends TextSpan {
  /** The value as a program gets it, without escapes. */
  readonly value: string;
}

interface Quote {
  readonly at: number;
  readonly end: number;
}

/** Finds the opening quote at an offset. The quote may be escaped, tripled, or have a prefix. */
export function openingQuote(text: string, at: number): Quote | undefined {
  const found = /^(?:[bfrun@$]{1,2}(?=["']))?(\\{1,3}["']|"""|'''|["'`])/i.exec(text.slice(at, at + 8));
  if (found === null) return undefined;
  const end = at + found[0].length;
  const [, quote = ""] = found;
  // A prefix before the quote, such as `r` in Python, is not part of the quote.
  return { at: end - quote.length, end };
}

/**
 * Formats in which two quotes inside a text mean one quote. In all other formats, the first of the two quotes ends the
 * text.
 */
const DOUBLED: ReadonlySet<Format> = new Set(["yaml", "sql", "unknown"]);

/**
 * Reads the text after an opening quote. The text ends at the next quote of the same kind, or at the end of the line.
 * Only a text in tripled quotes may have several lines. In YAML, any text in quotes may have several lines; `belowOf`
 * reads the further ones.
 */
export function quoted(text: string, { at, end: start }: Quote, format: Format): Value {
  const quote = text.slice(at, start);
  const most = Math.min(text.length, start + LONGEST_VALUE);
  const isRaw = quote === "'" && (format === "yaml" || format === "shell");
  let end = start;
  for (;;) {
    while (end < most && !text.startsWith(quote, end) && (text.charAt(end) !== "\n" || quote.length === 3))
      end += text.charAt(end) === "\\" && quote.length === 1 && !isRaw ? 2 : 1;
    end = Math.min(end, most);
    if (quote.length !== 1 || text.charAt(end) !== quote) break;
    if (quote !== "`" && end > start && DOUBLED.has(format) && text.charAt(end + 1) === quote) end += 2;
    else if (text.startsWith("'\\''", end)) end += 4;
    else break;
  }
  return { start, end, value: decodedValue(text.slice(start, end), quote, format) };
}

function decodedValue(raw: string, quote: string, format: Format): string {
  if (quote.length === 3) return raw;
  const single = DOUBLED.has(format) ? raw.replaceAll(quote + quote, quote) : raw;
  if (quote === "'") return format === "yaml" ? single : withoutSingleEscapes(single);
  return withoutEscapes(single);
}
