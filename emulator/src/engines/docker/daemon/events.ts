import { addAbortSignal } from "node:stream";
import type { Clock } from "../../../clock/clock";
import { EXECUTION_LABEL, MARK_LABEL } from "../names";
import { asMapping } from "../text/model";
import { pause } from "../wake";
import type { Daemon } from "./daemon";

/** Milliseconds between the end of an event connection and the next attempt. */
const RECONNECT_PAUSE = 1_000;

/** An event of a container that belongs to a run of this engine. */
export interface ContainerEvent {
  readonly executionId: string;
  /** The daemon's name for the event, such as `start` or `die`. */
  readonly action: string;
}

/** The effects that `listen` needs, and the functions that it calls. */
export interface EventEffects {
  readonly daemon: Pick<Daemon, "events">;
  readonly clock: Clock;
  readonly onEvent: (event: ContainerEvent) => void;
  /** Called when the connection has ended, for example because the daemon is stopping or has stopped. */
  readonly onLost: () => void;
  /** Called when events may have been missed. Every run then has to be checked. */
  readonly onGap: () => void;
}

/** Reports events of the engine's containers until `stop` is called. Connects again if the daemon restarts. */
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
        // The daemon does not answer. Each run finds this out itself, and reports it if the daemon stays silent.
      }
      if (signal.aborted) return;
      if (isConnected) onLost();
      await pause(clock, RECONNECT_PAUSE);
    }
  };
  void loop();
  return { stop: () => stopping.abort() };
}

/**
 * Returns a function that reads events of runs from the daemon's lines of JSON. Drops events of health checks and of
 * commands in containers.
 */
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
