/** Remembers that something happened until somebody has waited for it. */
export class Latch {
  #isSet = false;
  #resume: (() => void) | undefined;

  /** It happened. */
  set(): void {
    this.#isSet = true;
    this.#resume?.();
  }

  /** Returns once it has happened since the last wait. One waiter at a time. */
  async wait(): Promise<void> {
    if (!this.#isSet) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    this.#resume = undefined;
    this.#isSet = false;
  }
}
