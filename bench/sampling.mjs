// @ts-check
import { setTimeout as sleep } from "node:timers/promises";
import { dynamicProvider, usage } from "./processes.mjs";

/** @typedef {{ at: number, cpuSeconds: number, residentBytes: number }} Sample `at`: Unix milliseconds */

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
 * The most memory that was resident, in MB.
 * @param {readonly Sample[]} samples
 */
export function mostMegabytes(samples) {
  return Math.max(...samples.map(({ residentBytes }) => residentBytes)) / 1e6;
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
    const used = provider === undefined ? undefined : usage(provider);
    if (used !== undefined) samples.push({ at: Date.now(), ...used });
    // The engine may start one, end it, and start another.
    else provider = undefined;
  }
}
