import type { LogLine } from "../../provider/lyceum/port";

/** The lines of a run that were already printed, and how often each was printed. */
export interface Printed {
  /** The lines by time, service and message. */
  readonly lines: ReadonlyMap<string, number>;
  /** The lines by their message, because the output in a record has neither times nor services. */
  readonly messages: ReadonlyMap<string, number>;
  /** Whether a line had a time, which means that the lines came from the log and not from a record. */
  readonly hasTimes: boolean;
}

/** The state before the first answer. */
export const NOTHING_PRINTED: Printed = { lines: new Map(), messages: new Map(), hasTimes: false };

/**
 * The lines of an answer that were not printed yet, in their order. Equal lines are counted. So a late line between
 * others is found, and an answer with only a part of the log prints nothing twice. If the log cannot be read, the
 * output in a record replaces it, but adds nothing to lines that the log has already shown.
 */
export function newLines(printed: Printed, answer: readonly LogLine[]): readonly LogLine[] {
  const isRecord = answer.every(({ timestamp }) => timestamp === undefined);
  if (isRecord && printed.hasTimes) return [];
  const [known, keyOf] = printed.hasTimes ? [printed.lines, lineKey] : [printed.messages, messageKey];
  const counted = new Map<string, number>();
  return answer.filter((line) => {
    const key = keyOf(line);
    const count = (counted.get(key) ?? 0) + 1;
    counted.set(key, count);
    return count > (known.get(key) ?? 0);
  });
}

/** The state after further lines are printed. */
export function afterPrinting(printed: Printed, answer: readonly LogLine[], lines: readonly LogLine[]): Printed {
  const hasTimes = printed.hasTimes || answer.some(({ timestamp }) => timestamp !== undefined);
  // After a record, this is the first answer of the log. Lines whose messages were printed before count as printed.
  const shown = hasTimes && !printed.hasTimes ? answer : lines;
  return {
    lines: counted(hasTimes ? printed.lines : new Map(), shown, lineKey),
    messages: counted(printed.messages, lines, messageKey),
    hasTimes,
  };
}

function counted(
  before: ReadonlyMap<string, number>,
  lines: readonly LogLine[],
  keyOf: (line: LogLine) => string,
): ReadonlyMap<string, number> {
  if (lines.length === 0) return before;
  const counts = new Map(before);
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  return counts;
}

function lineKey({ timestamp, service, message }: LogLine): string {
  return JSON.stringify([timestamp, service, message]);
}

function messageKey({ message }: LogLine): string {
  return message;
}
