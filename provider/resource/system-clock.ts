import type { Clock } from "../execution";

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (seconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, seconds) * 1000);
      signal?.addEventListener("abort", done, { once: true });
    }),
};
