/** The text that replaces a secret. */
export const REDACTED = "[redacted]";

/** A span of a text. `start` is the offset of its first character, and `end` is the offset after its last character. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Replaces spans of a text by `[redacted]`. Overlapping and touching spans are replaced together. Every line break
 * stays, even inside a span, because `redactMessages` splits the text at its line breaks.
 */
export function withMarks(text: string, spans: readonly TextSpan[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of merged(text, spans)) {
    // `split` counts the line breaks. An expression such as `[^\n]+` would overflow V8's stack on a long line.
    const breaks = "\n".repeat(text.slice(start, end).split("\n").length - 1);
    parts.push(text.slice(done, start), REDACTED, breaks);
    done = end;
  }
  return [...parts, text.slice(done)].join("");
}

interface Merged {
  start: number;
  end: number;
  isMark: boolean;
}

/**
 * Sorts spans, and joins spans that overlap or touch. The marks (`[redacted]`) that the text already has are spans too:
 * a span that overlaps a mark becomes one mark with it, so a second redaction of the same text changes nothing.
 */
function merged(text: string, spans: readonly TextSpan[]): readonly TextSpan[] {
  const marks = new Set(marksIn(text));
  const result: Merged[] = [];
  let last: Merged | undefined;
  for (const span of [...marks, ...spans].sort((one, other) => one.start - other.start)) {
    const { start, end } = span;
    const isMark = marks.has(span);
    // A mark (`[redacted]`) is not joined with a span that only touches it. So two marks in a row stay two marks.
    if (last === undefined || start > last.end || (start === last.end && (isMark || last.isMark))) {
      last = { start, end, isMark };
      result.push(last);
    } else if (end > last.end) {
      last.end = end;
      last.isMark = false;
    }
  }
  return result;
}

function marksIn(text: string): TextSpan[] {
  const marks: TextSpan[] = [];
  for (let at = text.indexOf(REDACTED); at !== -1; at = text.indexOf(REDACTED, at + REDACTED.length)) {
    marks.push({ start: at, end: at + REDACTED.length });
  }
  return marks;
}
