import type { EngineLine } from "../engines/engine";

/** One line as it is kept; `index` counts the run's lines from 0, dropped ones included. */
export interface StoredLine extends EngineLine {
  readonly index: number;
}

/** Which lines of a run the store has: from `first` up to, not including, `next`. */
export interface StoredWindow {
  readonly first: number;
  readonly next: number;
}

/** How much of one run's output is kept; the oldest lines go first. */
export interface OutputLimits {
  readonly lines: number;
  readonly bytes: number;
  /** A longer line is cut. */
  readonly lineBytes: number;
}

/** 10 000 lines and 4 MB per run, 64 KB per line. */
export const outputLimits: OutputLimits = { lines: 10_000, bytes: 4 * 1024 * 1024, lineBytes: 64 * 1024 };

/** What to write, to bring the kept lines up to date. */
export interface OutputChange {
  readonly write: readonly StoredLine[];
  /** Of what is older than this line, nothing is kept. */
  readonly keptFrom: number;
}

/** The window of lines of one live run: which are kept, and which of them are not written yet. Its memory is bounded. */
export class OutputWindow {
  readonly #limits: OutputLimits;
  /** Sizes of the kept lines by index; bounded by `limits.lines`. */
  readonly #sizes = new Map<number, number>();
  #pending: StoredLine[] = [];
  #first = 0;
  #next = 0;
  #bytes = 0;
  #pendingBytes = 0;

  constructor(limits: OutputLimits = outputLimits, stored: StoredWindow = { first: 0, next: 0 }) {
    this.#limits = limits;
    this.#first = stored.first;
    this.#next = stored.next;
  }

  /** Index of the oldest line that is kept. */
  get first(): number {
    return this.#first;
  }

  /** Lines that the store may not have yet, oldest first. */
  get pending(): readonly StoredLine[] {
    return this.#pending;
  }

  /** Takes a line on. */
  add(line: EngineLine): void {
    const message = cut(line.message, this.#limits.lineBytes);
    const size = Buffer.byteLength(message);
    this.#pending.push({ ...line, message, index: this.#next });
    this.#sizes.set(this.#next, size);
    this.#next++;
    this.#bytes += size;
    this.#pendingBytes += size;
    while (
      this.#first < this.#next - 1 &&
      (this.#next - this.#first > this.#limits.lines || this.#bytes > this.#limits.bytes)
    ) {
      this.#bytes -= this.#sizes.get(this.#first) ?? 0;
      this.#sizes.delete(this.#first);
      this.#first++;
    }
    // Lines that fell out of the window before they were written need no write; trimmed rarely, so that adding stays cheap.
    if (this.#pending.length > 2 * this.#limits.lines || this.#pendingBytes > 2 * this.#limits.bytes) this.#trim();
  }

  /** What the store has to do now. */
  change(): OutputChange {
    this.#trim();
    return { write: [...this.#pending], keptFrom: this.#first };
  }

  /** The store has done it. */
  written(change: OutputChange): void {
    const last = change.write.at(-1)?.index ?? -1;
    this.#keep((line) => line.index > last);
  }

  #trim(): void {
    if ((this.#pending[0]?.index ?? this.#first) >= this.#first) return;
    this.#keep((line) => line.index >= this.#first);
  }

  #keep(wanted: (line: StoredLine) => boolean): void {
    this.#pending = this.#pending.filter(wanted);
    this.#pendingBytes = this.#pending.reduce((sum, line) => sum + Buffer.byteLength(line.message), 0);
  }
}

function cut(message: string, bytes: number): string {
  if (message.length * 3 <= bytes || Buffer.byteLength(message) <= bytes) return message;
  // `toString` would write a cut character as a replacement character; the mark behind says that something is missing.
  return `${Buffer.from(message)
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, "")}…`;
}
