import type { LogLine } from "../../../provider/lyceum/port";

/** The lines of a run that were already printed, and how often each was printed. */
export interface Printed {
  /** The number of times each line was printed, by time, service and message. */
  readonly lines: ReadonlyMap<string, number>;
  /**
   * The number of times each message was printed, by message alone. The output in a record has neither times nor
   * services, so its lines are compared by message.
   */
  readonly messages: ReadonlyMap<string, number>;
  /** Whether a printed line had a time. If so, the lines came from the log and not from a record. */
  readonly hasTimes: boolean;
}

/** The value before the first answer: no line is printed. */
export const NOTHING_PRINTED: Printed = { lines: new Map(), messages: new Map(), hasTimes: false };

/**
 * Returns the lines of an answer that were not printed yet, in their order. Equal lines are counted, so that a late
 * line between other lines is found, and no line is printed twice. If the log is refused or empty, the answer is the
 * output in the run's record, without times. After lines of the log were printed, returns no lines of such an answer.
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

/** Returns the printed lines, with the lines of a further answer added. */
export function afterPrinting(printed: Printed, answer: readonly LogLine[], lines: readonly LogLine[]): Printed {
  const hasTimes = printed.hasTimes || answer.some(({ timestamp }) => timestamp !== undefined);
  // Before the first answer of the log, only lines of the run's record were printed, and these lines have no times.
  // `newLines` has left out the lines of this answer that were printed from the record. They count as printed too.
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
