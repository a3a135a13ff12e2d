// @ts-check
import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { succeed } from "../tools/run.mjs";

/** The unit in `/proc/PID/stat` on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/**
 * @typedef {{ seconds: number, cpuSeconds: number, stdout: string }} Timed `cpuSeconds`: of the program and all that it
 *   waited for, which other programs on the machine disturb far less; only true of one program at a time
 */

/**
 * Runs a program to its end, measures its time, and requires success.
 * @param {string} file
 * @param {string[]} args
 * @param {import("../tools/run.mjs").CaptureOptions} [options]
 * @returns {Promise<Timed>}
 */
export async function timed(file, args, options) {
  const begun = performance.now();
  const cpuBefore = endedChildrenCpuSeconds();
  const stdout = await succeed(file, args, options);
  return { seconds: (performance.now() - begun) / 1000, cpuSeconds: endedChildrenCpuSeconds() - cpuBefore, stdout };
}

/** @typedef {{ at: number, cpuSeconds: number }} Sample `at`: Unix milliseconds */

/**
 * Runs `work`. Once a second it records the CPU time of the process that serves the dynamic resources of a program.
 * @param {string} dir the program's, where that process runs
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Sample[]>}
 */
export async function sampled(dir, work) {
  /** @type {Sample[]} */
  const samples = [];
  let over = false;
  const sampling = (async () => {
    for (; !over; await sleep(1000)) {
      const pid = dynamicProvider(realpathSync(dir));
      const fields = pid === undefined ? undefined : statOf(pid);
      if (fields !== undefined) samples.push({ at: Date.now(), cpuSeconds: secondsIn(fields, 11) });
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await sampling;
  }
  return samples;
}

/**
 * Runs `work`, and returns the largest memory of the process that serves the dynamic resources of a program, in bytes.
 * @param {string} dir the program's, where that process runs
 * @param {() => Promise<unknown>} work
 */
export async function peakMemory(dir, work) {
  let peak = 0;
  let over = false;
  const sampling = (async () => {
    for (; !over; await sleep(50)) {
      const pid = dynamicProvider(realpathSync(dir));
      const status = pid === undefined ? undefined : read(`/proc/${pid}/status`);
      // The kernel keeps the largest value, so no peak between two samples is lost.
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB/m.exec(status ?? "")?.[1] ?? 0) * 1024);
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await sampling;
  }
  if (peak === 0) throw new Error("No process of the provider was found.");
  return peak;
}

/**
 * CPU seconds of all ended children of this process, including their own children.
 * @returns {number} NaN where there is no `/proc`
 */
function endedChildrenCpuSeconds() {
  return secondsIn(statOf("self") ?? [], 13);
}

/**
 * @param {readonly string[]} fields
 * @param {number} at index of the ticks in user mode; the next field has those in the kernel
 */
function secondsIn(fields, at) {
  return (Number(fields[at]) + Number(fields[at + 1])) / TICKS_PER_SECOND;
}

/** @param {string} dir */
function dynamicProvider(dir) {
  return readdirSync("/proc").find((pid) => {
    const isHost = /^\d+$/.test(pid) && /node\0.*cmd\/dynamic-provider/.test(read(`/proc/${pid}/cmdline`) ?? "");
    return isHost && attempt(() => readlinkSync(`/proc/${pid}/cwd`)) === dir;
  });
}

/**
 * The fields of `stat` from the third on. The name in brackets before them may contain blanks.
 * @param {string} pid
 */
function statOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** @param {string} file */
function read(file) {
  return attempt(() => readFileSync(file, "utf8"));
}

/** @param {() => string} look at a process that may be gone */
function attempt(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}
