import type { EngineLine } from "../engines/engine";

/**
 * A stored line. `index` is the number of the line in the output of the run, counted from 0. Lines that were dropped
 * later are counted too.
 */
export interface StoredLine extends EngineLine {
  readonly index: number;
}

/** The largest number of lines that are stored for a run. The oldest lines are dropped first. */
export const MOST_LINES = 10_000;

/** The largest number of characters that are stored for a run. The newest line is stored even if it is longer. */
const MOST_CHARACTERS = 4_000_000;

/** The length limit of a line in bytes. A longer line is cut. */
export const LINE_BYTES = 64 * 1024;

/** The newest lines of one run. */
export class RunOutput {
  readonly #lines: StoredLine[] = [];
  #next = 0;
  #characters = 0;

  /** Returns the index of the next line. */
  get next(): number {
    return this.#next;
  }

  /** Adds a new or a stored line. */
  add(line: EngineLine | StoredLine): StoredLine {
    const stored = { ...line, message: cut(line.message), index: "index" in line ? line.index : this.#next };
    this.#next = stored.index + 1;
    this.#lines.push(stored);
    this.#characters += stored.message.length;
    while (this.#lines.length > MOST_LINES || (this.#characters > MOST_CHARACTERS && this.#lines.length > 1))
      this.#characters -= this.#lines.shift()?.message.length ?? 0;
    return stored;
  }

  /** Returns the lines from `index` on, oldest first. */
  from(index = 0): readonly StoredLine[] {
    return this.#lines.filter((line) => line.index >= index);
  }
}

function cut(message: string): string {
  if (Buffer.byteLength(message) <= LINE_BYTES) return message;
  // If the cut is within a character, `toString` replaces this character. The mark after the text shows that something
  // is missing.
  return `${Buffer.from(message)
    .subarray(0, LINE_BYTES)
    .toString()
    .replace(/\uFFFD+$/, "")}…`;
}
