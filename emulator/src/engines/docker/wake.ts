import type { Clock } from "../../clock/clock";

/** Lets a loop sleep until the next notice. If a notice comes while the loop works, the next sleep ends at once. */
export class Wake {
  #noticed = false;
  #wakeUp: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** Ends the current `wait`. If nobody waits, the next `wait` ends at once. */
  notice(): void {
    this.#noticed = true;
    this.#wakeUp?.();
  }

  /** Resolves at the next call of `notice`, or after `milliseconds`. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#noticed) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.schedule(Math.max(0, milliseconds), resolve);
        this.#wakeUp = () => {
          cancel();
          resolve();
        };
      });
    }
    this.#wakeUp = undefined;
    this.#noticed = false;
  }
}

/** Resolves after `milliseconds`. */
export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.schedule(milliseconds, resolve);
  });
}

/** Returns the value of a promise. Undefined if the promise takes longer than `milliseconds`. */
export async function within<T>(clock: Clock, milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let cancel = () => {};
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.schedule(milliseconds, () => resolve(undefined));
  });
  return Promise.race([promise, late]).finally(() => cancel());
}
