import type { CallPorts } from "./caller";
import { ownVersion } from "./own-version";

/** The real effects of a call. */
export const DEFAULT_PORTS: Omit<CallPorts, "dispatcher"> = {
  now: Date.now,
  random: Math.random,
  // Read when a connection is opened, and not when this module is loaded.
  get userAgent() {
    return `pulumi-lyceum/${ownVersion()}`;
  },
  sleep: (seconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const timer = setTimeout(finish, seconds * 1000);
      signal?.addEventListener("abort", finish, { once: true });
    }),
  timer: (seconds, callback) => {
    const timer = setTimeout(callback, seconds * 1000);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
