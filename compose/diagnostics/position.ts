import { checkArguments } from "../arguments";
import { withEscapes } from "./hidden";

/** A position in a text. `line` and `column` count from 1, `offset` from 0, both in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A part of a text. `end` is the position directly after the part. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A part of a text as two offsets (UTF-16 code units). `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns an empty span at the start of a span, because the whole span may be too long to underline. */
export function startOf({ start }: Span): Span {
  return { start, end: start };
}

/** Returns the span to underline for a value: the whole scalar, or the start of a mapping or list. */
export function pointOf({ kind, span }: { readonly kind: string; readonly span: Span }): Span {
  return kind === "scalar" ? span : startOf(span);
}

/** Returns the index of the last start that is not after an offset. Returns 0 if all starts are after the offset. */
export function lastStartingAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Converts offsets in a text to lines and columns. The constructor takes linear time, a lookup logarithmic time. */
export class LineIndex {
  private readonly starts: readonly number[];

  /** Line breaks are LF, CRLF and a lone CR, as in YAML. */
  constructor(readonly text: string) {
    checkArguments("LineIndex", [text]);
    const starts = [0];
    const breaks = /\r\n|\n|\r/g;
    for (let match = breaks.exec(text); match !== null; match = breaks.exec(text)) {
      starts.push(breaks.lastIndex);
    }
    this.starts = starts;
  }

  /** Returns the position of an offset. For an offset outside the text, returns the nearest end of the text. */
  position(offset: number): Position {
    const inside = Math.min(Math.max(Number.isFinite(offset) ? Math.trunc(offset) : 0, 0), this.text.length);
    const low = lastStartingAt(this.starts, inside);
    return { line: low + 1, column: inside - (this.starts[low] ?? 0) + 1, offset: inside };
  }

  /** Returns the range of a span. If the span ends before its start, the range is empty. */
  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(Math.max(span.start, span.end)) };
  }

  /** Returns the text of a span. */
  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** Returns a line without its line break. `line` counts from 1. Returns an empty text if the line does not exist. */
  line(line: number): string {
    const start = this.starts[line - 1];
    if (start === undefined) return "";
    const next = this.starts[line];
    if (next === undefined) return this.text.slice(start);
    return this.text.slice(start, this.text.startsWith("\r\n", next - 2) ? next - 2 : next - 1);
  }
}

/** The path of a value in a Compose document: keys of mappings and indices of sequences, outermost first. */
export type ComposePath = readonly (string | number)[];

/** The largest number of characters of a key that are shown. */
export const LONGEST_SHOWN_KEY = 60;
const PLAIN_KEY = /^[A-Za-z0-9_][A-Za-z0-9_$-]*$/;

/**
 * Returns a key in a form that fits into a sentence. An ordinary word stays unchanged. Any other key is cut to 60
 * characters, and gets quotes and escapes. A single letter gets quotes too, because `a` would look like a word of the
 * sentence.
 */
export function printableKey(key: string): string {
  return key.length > 1 && isPlain(key) ? key : quoted(key);
}

function isPlain(key: string): boolean {
  return PLAIN_KEY.test(key) && key.length <= LONGEST_SHOWN_KEY;
}

function quoted(key: string): string {
  const shown = key.length > LONGEST_SHOWN_KEY ? `${key.slice(0, LONGEST_SHOWN_KEY)}…` : key;
  return withEscapes(JSON.stringify(shown));
}

/**
 * Returns a path as text: `services.web.ports[0]`. A key that is not an ordinary word is in quotes: `services["a.b"]`.
 */
export function formatPath(path: ComposePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!isPlain(step)) text += `[${quoted(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
