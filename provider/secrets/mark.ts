/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/** A part of a text: from an offset, up to but without another. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * A text with its spans replaced. Spans that overlap or touch become one, so that no end of a secret stays behind. Every
 * line break stays, also inside a span: whoever joined lines can take them apart again.
 */
export function withMarks(text: string, spans: readonly TextSpan[]): string {
  let result = "";
  let done = 0;
  for (const { start, end } of merged(text, spans)) {
    const breaks = text.slice(start, end).replace(/[^\n]/g, "");
    result += text.slice(done, start) + REDACTED + breaks;
    done = end;
  }
  return result + text.slice(done);
}

interface Merged {
  start: number;
  end: number;
  isMark: boolean;
}

/** Spans in order, none overlapping another. A mark that is already there is left alone, so that redacting twice is redacting once. */
function merged(text: string, spans: readonly TextSpan[]): readonly TextSpan[] {
  const all: Merged[] = [
    ...marksIn(text).map((mark) => ({ ...mark, isMark: true })),
    ...spans.map((span) => ({ ...span, isMark: false })),
  ].sort((one, other) => one.start - other.start);
  const result: Merged[] = [];
  for (const span of all) {
    const last = result.at(-1);
    if (last === undefined || span.start > last.end) result.push(span);
    else if (last.isMark && span.end <= last.end) continue;
    // A mark and what only touches it are left as they are.
    else if (span.start === last.end && (span.isMark || last.isMark)) result.push(span);
    else {
      last.end = Math.max(last.end, span.end);
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
