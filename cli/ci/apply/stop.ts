/** Passes stop requests on to the Pulumi CLI. */
export interface Stop {
  /** Gets an `abort` event for each stop request. For each event, the Automation API sends the CLI a SIGINT. */
  readonly signal: AbortSignal;
  /** Removes the listeners. */
  readonly dispose: () => void;
}

/**
 * Listens to SIGINT and SIGTERM. The first one makes Pulumi end its waits and save the ids of runs. A further one makes
 * it end at once. This process ends only after Pulumi has.
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
 * Passes the `abort` events of a signal on to one of its own. The Automation API listens once the CLI has started, and
 * never removes its listener. So a new listener gets earlier events, and a command's listeners go with the relay.
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

/** A signal that can be aborted more than once. Each abort is an event. */
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
