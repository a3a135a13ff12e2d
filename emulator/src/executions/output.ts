import type { EngineLine } from "../engines/engine";
import { boundedLine } from "../engines/long-line";

/** A stored line. `index` is its number in the output of the run, counted from 0, including dropped lines. */
export interface StoredLine extends Omit<EngineLine, "omittedBytes"> {
  readonly index: number;
}

/** A line as a client reads it. If the line stands for dropped lines, `omittedLines` is their number. */
export interface ShownLine extends Omit<EngineLine, "omittedBytes"> {
  readonly omittedLines?: number;
}

/**
 * The largest number of stored lines of a run. A client can request at most 10,000 lines at once. The other 200 can be
 * lines that stand for dropped lines: one for each of the two streams of 100 services.
 */
export const MOST_LINES = 9_800;

/** The largest number of characters that are stored for a run. */
const MOST_CHARACTERS = 4_000_000;

/**
 * The limits of the first lines of a run. These lines are never dropped. `streamLines` is the limit for one stream of a
 * service. `lines` and `characters` are the limits for the whole run.
 */
const HEAD = { streamLines: 500, lines: 2_000, characters: 1_000_000 } as const;

/** The stream `stdout` or `stderr` of one service. The lines themselves are in {@link RunOutput}. */
interface StreamLines {
  readonly service: string;
  readonly stream: EngineLine["stream"];
  /** The numbers of the stored lines that come after the protected first lines, oldest first. */
  readonly later: number[];
  first: number;
  characters: number;
  dropped: number;
}

/**
 * The first and the newest lines of one run. If the output is too long, lines between them are dropped and counted. The
 * stream with the most characters or lines loses lines first. So a service that writes much does not displace the lines
 * of another service, or of its own standard error.
 */
export class RunOutput {
  /** The lines by their numbers. A map keeps the order in which lines are added. */
  readonly #lines = new Map<number, StoredLine>();
  readonly #streams = new Map<string, StreamLines>();
  #next = 0;
  #characters = 0;
  #head = { lines: 0, characters: 0 };

  /** @param values returns the values that may be secret. If a long line is cut, the cut does not divide a value */
  constructor(private readonly values: () => readonly string[] = () => []) {}

  /** Returns the index of the next line. This is also the number of lines that the run has written. */
  get next(): number {
    return this.#next;
  }

  /** Returns the number of lines that were dropped. */
  get dropped(): number {
    return this.#next - this.#lines.size;
  }

  /**
   * Adds a new line of output, or a line that was read from the file of executions. Ignores a line that was already
   * added.
   */
  add({ omittedBytes = 0, ...line }: EngineLine & { readonly index?: number }): StoredLine {
    // A line that was read from the file of executions was already shortened. To shorten the line again would cut the
    // note about the missing bytes.
    const message = line.index === undefined ? boundedLine(line.message, omittedBytes, this.values) : line.message;
    const stored = { ...line, message, index: line.index ?? this.#next };
    if (stored.index < this.#next) return stored;
    const { service, stream, index } = stored;
    const key = `${stream} ${service}`;
    const lines = this.#streams.get(key) ?? { service, stream, later: [], first: 0, characters: 0, dropped: 0 };
    this.#streams.set(key, lines);
    // A stored file may lack the lines before this line. The missing lines count as dropped lines of this line's
    // stream.
    lines.dropped += index - this.#next;
    this.#next = index + 1;
    this.#lines.set(index, stored);
    this.#characters += message.length;
    if (this.#isFirst(lines, message)) {
      lines.first += 1;
      this.#head = { lines: this.#head.lines + 1, characters: this.#head.characters + message.length };
    } else {
      lines.later.push(index);
      lines.characters += message.length;
    }
    while (this.#lines.size > MOST_LINES) this.#drop(({ later }) => later.length);
    while (this.#characters > MOST_CHARACTERS) this.#drop(({ characters }) => characters);
    return stored;
  }

  /** Returns the lines from `index` on, oldest first. */
  from(index = 0): readonly StoredLine[] {
    const lines: StoredLine[] = [];
    for (const line of this.#lines.values()) if (line.index >= index) lines.push(line);
    return lines;
  }

  /**
   * Returns the lines of all services, sorted by time. The output of each service is read separately, so the lines are
   * not stored in the order of their times. If lines of a stream were dropped, one line with their number stands before
   * the next stored line of the stream.
   */
  inOrder(): readonly ShownLine[] {
    const gaps = new Map<number, ShownLine>();
    for (const { service, stream, later, dropped } of this.#streams.values()) {
      const after = this.#lines.get(later[0] ?? -1);
      if (after !== undefined && dropped > 0)
        gaps.set(after.index, { ...gap(dropped), service, stream, timestamp: after.timestamp });
    }
    return this.from()
      .flatMap((line): ShownLine[] => [...(gaps.has(line.index) ? [gaps.get(line.index) ?? line] : []), line])
      .sort((one, other) => (one.timestamp < other.timestamp ? -1 : one.timestamp > other.timestamp ? 1 : 0));
  }

  #isFirst({ later, first, dropped }: StreamLines, message: string): boolean {
    return (
      later.length === 0 &&
      dropped === 0 &&
      first < HEAD.streamLines &&
      this.#head.lines < HEAD.lines &&
      this.#head.characters + message.length <= HEAD.characters
    );
  }

  /** Drops the oldest unprotected line of the stream for which `sizeOf` returns the largest number. */
  #drop(sizeOf: (lines: StreamLines) => number): void {
    let largest: StreamLines | undefined;
    for (const lines of this.#streams.values())
      if (largest === undefined || sizeOf(lines) > sizeOf(largest)) largest = lines;
    const index = largest?.later.shift();
    const line = index === undefined ? undefined : this.#lines.get(index);
    if (largest === undefined || line === undefined) throw new Error("No line can be dropped.");
    this.#lines.delete(line.index);
    this.#characters -= line.message.length;
    largest.characters -= line.message.length;
    largest.dropped += 1;
  }
}

/** Returns the fields of the line that stands for dropped lines: its message, and the number of dropped lines. */
export function gap(omittedLines: number): { readonly message: string; readonly omittedLines: number } {
  const lines = omittedLines === 1 ? "1 line is" : `${omittedLines} lines are`;
  return { message: `[emulator] ${lines} left out here.`, omittedLines };
}
