import { withEscapes } from "./hidden";

/** A position in a text. `line` and `column` count from 1, `offset` from 0, both in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A part of a text. `end` is the first position after it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A part of a text as two offsets (UTF-16 code units), `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An empty span at the start of a span. It is used if the whole span would be too long to underline. */
export function startOf({ start }: Span): Span {
  return { start, end: start };
}

/** What to underline for a value: the whole value if it is a scalar, otherwise its start. */
export function pointOf({ kind, span }: { readonly kind: string; readonly span: Span }): Span {
  return kind === "scalar" ? span : startOf(span);
}

/** The index of the last start at or before an offset. 0 if the offset is before all starts. */
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

/** Finds lines in a text. Making the index takes linear time, and a lookup takes logarithmic time. */
export class LineIndex {
  private readonly starts: readonly number[];

  /** Line breaks are LF, CRLF and a lone CR, as in YAML. */
  constructor(readonly text: string) {
    const starts = [0];
    const breaks = /\r\n|\n|\r/g;
    for (let match = breaks.exec(text); match !== null; match = breaks.exec(text)) {
      starts.push(breaks.lastIndex);
    }
    this.starts = starts;
  }

  /** The position of an offset. For an offset outside the text, the position of the nearest end. */
  position(offset: number): Position {
    const inside = Math.min(Math.max(Number.isFinite(offset) ? Math.trunc(offset) : 0, 0), this.text.length);
    const low = lastStartingAt(this.starts, inside);
    return { line: low + 1, column: inside - (this.starts[low] ?? 0) + 1, offset: inside };
  }

  /** The range of a span. It never ends before it starts. */
  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(Math.max(span.start, span.end)) };
  }

  /** The text of a line (counted from 1) without its line break. Empty if the line does not exist. */
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

/** How many characters of a long key are shown. */
export const LONGEST_SHOWN_KEY = 60;
const PLAIN_KEY = /^[A-Za-z0-9_][A-Za-z0-9_$-]*$/;

/**
 * A key in a form that fits into a sentence. Every key except an ordinary word is put in quotes and cut to 60
 * characters, and its control characters are escaped. A single letter gets quotes too, because `a` would look like a
 * word of the sentence.
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

/** A path as text: `services.web.ports[0]`. A key that is not an ordinary word is in quotes: `services["a.b"]`. */
export function formatPath(path: ComposePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!isPlain(step)) text += `[${quoted(step)}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
