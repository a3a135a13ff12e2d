import { setMaxListeners } from "node:events";

/** Lets all operations of a process share one signal: from the eleventh listener on, Node would warn on the user's terminal. */
export function manyMayListen(signal: AbortSignal): AbortSignal {
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  return signal;
}
