import type { Cancel, Clock } from "../clock/clock";

interface Due {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/** A clock that only a test advances. */
export class ManualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #due = new Set<Due>();

  /** @param start the time at which the clock starts, in milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  schedule(milliseconds: number, action: () => void): Cancel {
    const due = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, action };
    this.#due.add(due);
    return () => {
      this.#due.delete(due);
    };
  }

  /**
   * Advances the clock by `milliseconds`. Actions run in the order of their times. An action may schedule another
   * action, which also runs if it becomes due in these `milliseconds`.
   * @param settle runs after each action, so that the code that waited for the action can schedule its next step.
   * Default: one turn of the event loop.
   */
  async advance(milliseconds: number, settle: () => Promise<unknown> = () => new Promise(setImmediate)): Promise<void> {
    const target = this.#now + milliseconds;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#due.delete(next);
      this.#now = next.at;
      next.action();
      await settle();
    }
    this.#now = target;
  }

  #next(target: number): Due | undefined {
    let first: Due | undefined;
    for (const due of this.#due) {
      if (due.at > target) continue;
      if (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order)) first = due;
    }
    return first;
  }
}
