import type { Clock } from "../watch/ports";

/**
 * Makes a clock whose time moves only while every function sleeps. The clock then moves to the end of the shortest
 * sleep.
 */
export function createVirtualClock(
  startAt = Date.parse("2026-03-01T12:00:00Z"),
): Clock & { readonly at: (seconds: number, act: () => void) => void } {
  let now = startAt;
  const sleepers = new Set<{ readonly wakeAt: number; readonly wake: () => void }>();
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    // Waits for two turns of the event loop, so that every function that just woke can sleep again before the time
    // moves.
    setImmediate(() => setImmediate(advance));
  }

  function advance(): void {
    scheduled = false;
    const next = [...sleepers].sort((left, right) => left.wakeAt - right.wakeAt)[0];
    if (next === undefined) return;
    sleepers.delete(next);
    now = Math.max(now, next.wakeAt);
    next.wake();
    schedule();
  }

  const sleep: Clock["sleep"] = (seconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      // The sleep removes its listener at its end, like a real clock, because a wait sleeps many times with one signal.
      const wake = (): void => {
        sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { wakeAt: now + Math.max(0, seconds) * 1000, wake };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", wake, { once: true });
      schedule();
    });

  return {
    now: () => now,
    sleep,
    at: (seconds, act) => {
      sleepers.add({ wakeAt: startAt + seconds * 1000, wake: act });
    },
  };
}
