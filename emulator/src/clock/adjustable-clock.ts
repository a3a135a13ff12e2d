import type { Cancel, Clock } from "./clock";

interface Due {
  readonly at: number;
  readonly action: () => void;
}

/** The longest time of a timer of Node.js, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

/**
 * The machine's own clock, which a test can move forward. All actions share one timer. With a timer for each action,
 * Node.js may reverse two actions that are less than a millisecond apart.
 */
export class AdjustableClock implements Clock {
  #ahead = 0;
  /** The scheduled actions, in the order in which they were scheduled. */
  readonly #due = new Set<Due>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  now(): number {
    return Date.now() + this.#ahead;
  }

  schedule(milliseconds: number, action: () => void): Cancel {
    const due: Due = { at: this.now() + Math.max(0, milliseconds), action };
    this.#due.add(due);
    if (due.at < this.#timerAt) this.#arm(due.at);
    return () => {
      this.#due.delete(due);
      // If no action is scheduled, the timer is stopped, because a running timer would keep the process alive.
      if (this.#due.size === 0) this.#disarm();
    };
  }

  /**
   * Moves the clock forward. Carries out the actions that become due, in the order of their times. When an action runs,
   * the clock shows the time of this action.
   */
  async advance(milliseconds: number): Promise<void> {
    const target = this.now() + milliseconds;
    for (let [next] = this.#until(target); next !== undefined; [next] = this.#until(target)) {
      this.#due.delete(next);
      this.#ahead += Math.max(0, next.at - this.now());
      next.action();
      await new Promise(setImmediate);
    }
    this.#ahead += Math.max(0, target - this.now());
    this.#armNext();
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    const left = Math.ceil(at - this.now());
    this.#timer = setTimeout(() => this.#run(), Math.min(Math.max(0, left), LONGEST_TIMER));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #armNext(): void {
    this.#disarm();
    let first = Number.POSITIVE_INFINITY;
    for (const { at } of this.#due) first = Math.min(first, at);
    if (first < Number.POSITIVE_INFINITY) this.#arm(first);
  }

  #run(): void {
    try {
      // An action may cancel a later action.
      for (const due of this.#until(this.now())) if (this.#due.delete(due)) due.action();
    } finally {
      this.#armNext();
    }
  }

  /** Returns the actions that are due at a time or earlier, in the order of their times. */
  #until(time: number): readonly Due[] {
    return [...this.#due].filter(({ at }) => at <= time).sort((one, other) => one.at - other.at);
  }
}
