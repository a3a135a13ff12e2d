/** Passes stop requests on to the Pulumi CLI. */
export interface Stop {
  /**
   * Gets an `abort` event for each stop request. For each of these events, the Automation API sends a SIGINT to the
   * CLI.
   */
  readonly signal: AbortSignal;
  /** Removes the listeners that this object has added. */
  readonly dispose: () => void;
}

/**
 * Listens to SIGINT and SIGTERM. The first signal makes Pulumi end its waits and save the ids of runs. Another signal
 * makes Pulumi end at once. This process ends only after Pulumi has ended.
 */
export function listenToStop(target: Pick<NodeJS.Process, "on" | "removeListener"> = process): Stop {
  const { signal, abort: onSignal } = repeatable();
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) target.on(name, onSignal);
  return {
    signal,
    dispose: () => {
      for (const name of signals) target.removeListener(name, onSignal);
    },
  };
}

/**
 * Returns a signal that repeats the `abort` events of `from`. Each call of the Automation API needs a signal of its
 * own, because the API never removes its listener. The API adds its listener only after the CLI has started. So a
 * listener that is added after an event gets the event too.
 */
export function relay(from: AbortSignal): Stop {
  const { signal, abort: pass } = repeatable();
  from.addEventListener("abort", pass);
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    add(...args);
    const [type, listener] = args;
    if (type !== "abort" || !signal.aborted || listener === null) return;
    if (typeof listener === "function") listener.call(signal, new Event("abort"));
    else listener.handleEvent(new Event("abort"));
  };
  return { signal, dispose: () => from.removeEventListener("abort", pass) };
}

/** Returns a signal that can be aborted more than once. Each abort is a separate event. */
function repeatable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  return {
    signal,
    abort: () => {
      if (signal.aborted) signal.dispatchEvent(new Event("abort"));
      else controller.abort();
    },
  };
}
