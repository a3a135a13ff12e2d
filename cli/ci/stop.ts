/** Passes requests to stop on to the Pulumi CLI. */
export interface Stop {
  /** Given to the Automation API: each `abort` event of it sends the CLI a SIGINT. */
  readonly signal: AbortSignal;
  /** Ends the listening. */
  readonly dispose: () => void;
}

/**
 * Listens to SIGINT and SIGTERM. The first one makes Pulumi end its waits and save the ids of runs; further ones reach it as well, and
 * make it end at once. This process ends only after Pulumi has.
 */
export function listenToStop(target: Pick<NodeJS.Process, "on" | "removeListener"> = process): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  const onSignal = () => {
    if (signal.aborted) signal.dispatchEvent(new Event("abort"));
    else controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) target.on(name, onSignal);
  return {
    signal,
    dispose: () => {
      for (const name of signals) target.removeListener(name, onSignal);
    },
  };
}
