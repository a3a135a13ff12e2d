import { setTimeout as sleep } from "node:timers/promises";

/** Only what hangs takes longer than this. On a busy machine, even the start of a process may take a minute. */
export const HANGS_AFTER_SECONDS = 240;

/**
 * Calls `probe` every 50 ms until it returns a value.
 * @throws after `seconds`; the message says what was awaited
 */
export async function waitUntil<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = HANGS_AFTER_SECONDS,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s for ${what}.`);
    await sleep(50);
  }
}
