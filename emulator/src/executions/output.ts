import type { EngineLine } from "../engines/engine";

/** One line as it is kept; `index` counts the run's lines from 0, those that are no longer kept included. */
export interface StoredLine extends EngineLine {
  readonly index: number;
}

/** So many lines of a run are kept; the oldest go first. */
export const MOST_LINES = 10_000;

/** So many characters of a run are kept, its newest line in any case. */
const MOST_CHARACTERS = 4_000_000;

/** A longer line is cut. */
export const LINE_BYTES = 64 * 1024;

/** The newest lines of one run. */
export class RunOutput {
  readonly #lines: StoredLine[] = [];
  #next = 0;
  #characters = 0;

  /** Index of the line that comes next. */
  get next(): number {
    return this.#next;
  }

  /** Takes a line on: a new one, or one that was stored before. */
  add(line: EngineLine | StoredLine): StoredLine {
    const stored = { ...line, message: cut(line.message), index: "index" in line ? line.index : this.#next };
    this.#next = stored.index + 1;
    this.#lines.push(stored);
    this.#characters += stored.message.length;
    while (this.#lines.length > MOST_LINES || (this.#characters > MOST_CHARACTERS && this.#lines.length > 1))
      this.#characters -= this.#lines.shift()?.message.length ?? 0;
    return stored;
  }

  /** The lines from `index` on, oldest first. */
  from(index = 0): readonly StoredLine[] {
    return this.#lines.filter((line) => line.index >= index);
  }
}

function cut(message: string): string {
  if (Buffer.byteLength(message) <= LINE_BYTES) return message;
  // `toString` would write a cut character as a replacement character; the mark behind says that something is missing.
  return `${Buffer.from(message)
    .subarray(0, LINE_BYTES)
    .toString()
    .replace(/\uFFFD+$/, "")}…`;
}
