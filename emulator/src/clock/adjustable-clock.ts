import type { Cancel, Clock } from "./clock";

interface Due {
  readonly at: number;
  readonly action: () => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The longest time of a timer of Node.js, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

/** The machine's own clock, which a test can move forward. */
export class AdjustableClock implements Clock {
  #ahead = 0;
  readonly #due = new Set<Due>();

  now(): number {
    return Date.now() + this.#ahead;
  }

  schedule(milliseconds: number, action: () => void): Cancel {
    const due: Due = { at: this.now() + Math.max(0, milliseconds), action, timer: undefined };
    this.#due.add(due);
    this.#arm(due);
    return () => this.#remove(due);
  }

  /** Moves the clock forward. Everything that is due until then happens before, in the order of its times. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.now() + milliseconds;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#remove(next);
      this.#ahead += Math.max(0, next.at - this.now());
      next.action();
      await new Promise(setImmediate);
    }
    this.#ahead += Math.max(0, target - this.now());
    for (const due of this.#due) this.#arm(due);
  }

  #arm(due: Due): void {
    clearTimeout(due.timer);
    const left = due.at - this.now();
    due.timer = setTimeout(
      () => {
        if (due.at > this.now()) return this.#arm(due);
        this.#remove(due);
        due.action();
      },
      Math.min(Math.max(0, left), LONGEST_TIMER),
    );
  }

  #remove(due: Due): void {
    clearTimeout(due.timer);
    this.#due.delete(due);
  }

  #next(target: number): Due | undefined {
    let first: Due | undefined;
    for (const due of this.#due) if (due.at <= target && (first === undefined || due.at < first.at)) first = due;
    return first;
  }
}
