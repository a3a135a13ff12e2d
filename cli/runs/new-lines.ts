import type { LogLine } from "../../provider/lyceum/port";

/** So many lines in a row say where the last answer ended. */
const REMEMBERED = 20;

/** What was printed of a run so far. */
export interface Printed {
  readonly count: number;
  /** The last lines, oldest first. */
  readonly last: readonly LogLine[];
}

/** Before the first answer. */
export const nothingPrinted: Printed = { count: 0, last: [] };

/** The lines of an answer that were not printed yet; `isGap`: some in between are in no answer any more. */
export function newLines(
  printed: Printed,
  answer: readonly LogLine[],
): { readonly lines: readonly LogLine[]; readonly isGap: boolean } {
  const { count, last } = printed;
  if (last.length === 0) return { lines: answer, isGap: false };
  if (endsWith(answer.slice(0, count), last)) return { lines: answer.slice(count), isGap: false };
  // The service holds the newest lines only, or gives them in another number: where the last answer ended decides.
  for (let end = answer.length; end > 0; end -= 1) {
    if (endsWith(answer.slice(0, end), last.slice(-Math.min(end, last.length)))) {
      return { lines: answer.slice(end), isGap: false };
    }
  }
  // An answer without lines takes nothing back.
  return { lines: answer, isGap: answer.length > 0 };
}

/** What was printed after further lines. */
export function afterPrinting(
  { count, last }: Printed,
  answer: readonly LogLine[],
  lines: readonly LogLine[],
): Printed {
  if (lines.length === 0) return { count, last };
  return { count: answer.length, last: [...last, ...lines].slice(-REMEMBERED) };
}

function endsWith(lines: readonly LogLine[], end: readonly LogLine[]): boolean {
  if (lines.length < end.length) return false;
  const from = lines.length - end.length;
  return end.every((line, index) => isSame(line, lines[from + index]));
}

/** The record's own output, which stands in for a log that cannot be read, has neither times nor services. */
function isSame(one: LogLine, other: LogLine | undefined): boolean {
  const agree = (left: string | undefined, right: string | undefined) =>
    left === undefined || right === undefined || left === right;
  return one.message === other?.message && agree(one.timestamp, other.timestamp) && agree(one.service, other.service);
}
