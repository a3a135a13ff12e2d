// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSecondsOf, dynamicProvider } from "./processes.mjs";

/** @typedef {{ at: number, cpuSeconds: number }} Sample `at`: Unix milliseconds */

/**
 * An `up`, with what the process that serves its dynamic resources uses, once a second.
 * @param {import("./stack.mjs").Stack} stack
 * @param {string[]} args
 * @param {(line: string, at: number) => void} [onLine]
 * @returns {Promise<Sample[]>}
 */
export async function sampledUp(stack, args, onLine = () => undefined) {
  /** @type {Sample[]} */
  const samples = [];
  let over = false;
  let sampling = Promise.resolve();
  try {
    await stack.up(args, {
      onLine,
      onStart: (pid) => {
        sampling = sample(pid, samples, () => over);
      },
    });
  } finally {
    over = true;
    await sampling;
  }
  return samples;
}

/**
 * @param {number} pid the CLI's
 * @param {Sample[]} samples
 * @param {() => boolean} isOver
 */
async function sample(pid, samples, isOver) {
  let provider = /** @type {number | undefined} */ (undefined);
  for (; !isOver(); await sleep(1000)) {
    provider ??= dynamicProvider(pid);
    const cpuSeconds = provider === undefined ? undefined : cpuSecondsOf(provider);
    if (cpuSeconds !== undefined) samples.push({ at: Date.now(), cpuSeconds });
    // The engine may start one, end it, and start another.
    else provider = undefined;
  }
}
