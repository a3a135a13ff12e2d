import type { RunService } from "./service";

/** After a stream was cut, and where there is none. Seconds. */
const LISTEN_AGAIN = { cut: 1, unavailable: 60 } as const;

/** A stream of events that is kept open beside the questions. */
export interface RunStream {
  isOpen(): boolean;
  /** Waits until something has come in since the last call, at most so many seconds. */
  something(seconds: number): Promise<void>;
  close(): void;
}

/** Listens to a run until it is closed or the user stops. */
export function openRunStream(
  { client, sleep, stopped }: Pick<RunService, "client" | "sleep" | "stopped">,
  executionId: string,
): RunStream {
  const closed = new AbortController();
  const signal = AbortSignal.any([closed.signal, stopped]);
  let isOpen = false;
  let arrived = new AbortController();

  const onEvent = (): void => {
    isOpen = true;
    arrived.abort();
  };
  const listen = async (): Promise<void> => {
    while (!signal.aborted) {
      const end = await client.listen(executionId, onEvent, signal);
      // The end of a stream that has told something is news as well: the run may be over.
      const wasOpen: boolean = isOpen;
      isOpen = false;
      if (wasOpen) arrived.abort();
      await sleep(end === "ended" && wasOpen ? LISTEN_AGAIN.cut : LISTEN_AGAIN.unavailable, signal);
    }
  };
  void listen();

  return {
    isOpen: () => isOpen,
    async something(seconds: number): Promise<void> {
      if (!arrived.signal.aborted) await sleep(seconds, AbortSignal.any([arrived.signal, signal]));
      arrived = new AbortController();
    },
    close: () => closed.abort(),
  };
}
