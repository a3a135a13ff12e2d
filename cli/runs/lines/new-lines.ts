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

/** No line was printed yet. */
export const NOTHING_PRINTED: Printed = { lines: new Map(), messages: new Map(), hasTimes: false };

/**
 * Returns the lines of `answer` that were not printed yet, in their order. A new line may be anywhere in `answer`,
 * because lines may arrive late. So equal lines are counted: if a line was printed twice, its third occurrence is the
 * first one that is new.
 *
 * If the log is empty or cannot be read, `answer` is the output in the run's record. Its lines have no times. They may
 * repeat lines of the log, so none of them is new if lines of the log were already printed.
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

/**
 * Returns `printed` after a further answer of Lyceum was printed. `lines` are the lines of `answer` that were new
 * (`newLines`).
 */
export function afterPrinting(printed: Printed, answer: readonly LogLine[], lines: readonly LogLine[]): Printed {
  const hasTimes = printed.hasTimes || answer.some(({ timestamp }) => timestamp !== undefined);
  // The first answer from the log may repeat lines of the run's record, which are already printed. They are not in
  // `lines`, so the whole answer counts as printed.
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
