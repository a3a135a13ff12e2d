import { withEscapes } from "./hidden";

/** A place in a text. `line` and `column` count from 1, `offset` from 0; columns and offsets count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A part of a text; `end` is the first place behind it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A part of a text as two offsets (UTF-16 code units), `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a span starts, with nothing of it: what to point at when all of it would be too much. */
export function startOf({ start }: Span): Span {
  return { start, end: start };
}

/** Where to point for a value: at a scalar as a whole, else at its start. */
export function pointOf({ kind, span }: { readonly kind: string; readonly span: Span }): Span {
  return kind === "scalar" ? span : startOf(span);
}

/** The index of the last start that is not behind an offset; 0 for an offset before all of them. */
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

/** Finds lines in a text: built once in linear time, asked in logarithmic time. */
export class LineIndex {
  private readonly starts: readonly number[];

  /** Line breaks are LF, CRLF and a lone CR, as YAML has it. */
  constructor(readonly text: string) {
    const starts = [0];
    const breaks = /\r\n|\n|\r/g;
    for (let match = breaks.exec(text); match !== null; match = breaks.exec(text)) {
      starts.push(breaks.lastIndex);
    }
    this.starts = starts;
  }

  /** The place of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const inside = Math.min(Math.max(Number.isFinite(offset) ? Math.trunc(offset) : 0, 0), this.text.length);
    const low = lastStartingAt(this.starts, inside);
    return { line: low + 1, column: inside - (this.starts[low] ?? 0) + 1, offset: inside };
  }

  /** The range of a span; never ends before it starts. */
  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(Math.max(span.start, span.end)) };
  }

  /** The text of a line (from 1) without its line break; empty for a line that is not there. */
  line(line: number): string {
    const start = this.starts[line - 1];
    if (start === undefined) return "";
    const next = this.starts[line];
    if (next === undefined) return this.text.slice(start);
    return this.text.slice(start, this.text.startsWith("\r\n", next - 2) ? next - 2 : next - 1);
  }
}

/** Where a value stands in a compose document: keys of mappings and indices of sequences, outermost first. */
export type ComposePath = readonly (string | number)[];

/** Of a longer key only so many characters are shown. */
export const LONGEST_SHOWN_KEY = 60;
const PLAIN_KEY = /^[A-Za-z0-9_][A-Za-z0-9_$-]*$/;

/**
 * A key that is safe to print among words: as it is when it is an ordinary word, else quoted, with control characters
 * escaped and cut to 60 characters. One letter alone is none: a reader takes `a` for a part of the sentence.
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

/** A path in words: `services.web.ports[0]`; a key that is no ordinary word is quoted: `services["a.b"]`. */
export function formatPath(path: ComposePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!isPlain(step)) text += `[${quoted(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
