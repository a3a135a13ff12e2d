import type { LogLine } from "../../provider/lyceum/port";

/** What was printed of a run so far: how often each line. */
export interface Printed {
  /** By time, service and message. */
  readonly lines: ReadonlyMap<string, number>;
  /** By the message alone, for the output of a record, which has neither times nor services. */
  readonly messages: ReadonlyMap<string, number>;
  /** Whether a line had a time: it came from the log and not from a record. */
  readonly hasTimes: boolean;
}

/** Before the first answer. */
export const NOTHING_PRINTED: Printed = { lines: new Map(), messages: new Map(), hasTimes: false };

/**
 * The lines of an answer that were not printed yet, in their order. A line counts as often as it is there: one that comes in late
 * between others is found, and an answer that holds only a part of the log takes nothing back. The output of a record, which stands in
 * for a log that cannot be read, adds nothing to what the log has shown.
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

/** What was printed after further lines. */
export function afterPrinting(printed: Printed, answer: readonly LogLine[], lines: readonly LogLine[]): Printed {
  const hasTimes = printed.hasTimes || answer.some(({ timestamp }) => timestamp !== undefined);
  // The first answer of the log after a record: its lines are known by their messages only, and count as printed.
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
