/** Passes requests to stop on to the Pulumi CLI. */
export interface Stop {
  /** Each request is an `abort` event of it; the Automation API sends the CLI a SIGINT for each. */
  readonly signal: AbortSignal;
  /** Ends the listening. */
  readonly dispose: () => void;
}

/**
 * Listens to SIGINT and SIGTERM. The first one makes Pulumi end its waits and save the ids of runs; further ones reach it as well, and
 * make it end at once. This process ends only after Pulumi has.
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
 * Passes the `abort` events of a signal on to one of its own. The Automation API listens only once the CLI has begun, and never removes its listener: an
 * event that came before reaches a listener as soon as it is added, and the listeners of one run end with it.
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

/** A signal that can be aborted more than once: each time is an event. */
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
