/** Runs actions one after the other. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs an action after all earlier actions have ended. */
  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action, action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
