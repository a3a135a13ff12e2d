import { addAbortSignal } from "node:stream";
import type { Clock } from "../../../clock/clock";
import { pause } from "../run/wake";
import { asMapping } from "../text/model";
import type { Daemon } from "./daemon";
import { EXECUTION_LABEL, MARK_LABEL } from "./names";

/** Milliseconds before the daemon is asked for its events again. */
const RECONNECT_PAUSE = 1_000;

/** An event of a container of this engine. */
export interface ContainerEvent {
  readonly executionId: string;
  /** The daemon's word, such as `start` or `die`. */
  readonly action: string;
}

/** What `listen` uses and calls. */
export interface EventEffects {
  readonly daemon: Pick<Daemon, "events">;
  readonly clock: Clock;
  readonly onEvent: (event: ContainerEvent) => void;
  /** The daemon has ended the connection: it is stopping or has stopped. */
  readonly onLost: () => void;
  /** Events may have been missed, so everything has to be checked. */
  readonly onGap: () => void;
}

/** Reports events of containers with the engine's mark until it is stopped. Reconnects when the daemon restarts. */
export function listen(mark: string, effects: EventEffects): { readonly stop: () => void } {
  const { daemon, clock, onEvent, onLost, onGap } = effects;
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async () => {
    while (!signal.aborted) {
      let isConnected = false;
      try {
        const stream = addAbortSignal(signal, await daemon.events(MARK_LABEL, mark, signal));
        isConnected = true;
        onGap();
        const read = eventReader(onEvent);
        for await (const chunk of stream) read(chunk as Buffer);
      } catch {
        // The daemon does not answer. Runs check by themselves, and report it when this lasts.
      }
      if (signal.aborted) return;
      if (isConnected) onLost();
      await pause(clock, RECONNECT_PAUSE);
    }
  };
  void loop();
  return { stop: () => stopping.abort() };
}

/** Splits the daemon's lines of JSON into events. Health checks and events of other containers are left out. */
export function eventReader(onEvent: (event: ContainerEvent) => void): (chunk: Buffer) => void {
  let pending = "";
  return (chunk) => {
    const lines = (pending + chunk.toString("utf8")).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) {
      const event = eventOf(line);
      if (event !== undefined) onEvent(event);
    }
  };
}

function eventOf(line: string): ContainerEvent | undefined {
  try {
    const { Action: action, Actor: actor } = asMapping(JSON.parse(line));
    const executionId = asMapping(asMapping(actor).Attributes)[EXECUTION_LABEL];
    if (typeof action !== "string" || typeof executionId !== "string") return undefined;
    return /^(exec_|health_status)/.test(action) ? undefined : { executionId, action };
  } catch {
    return undefined;
  }
}
