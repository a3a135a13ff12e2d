// @ts-check
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { Interrupted, killGroup, ToolError, tail } from "../tools/run.mjs";
import { endedChildrenCpuSeconds } from "./processes.mjs";

/**
 * @typedef {{ seconds: number, cpuSeconds: number, stdout: string, stderr: string }} Timed `cpuSeconds`: of the program
 *   and all that it waited for, which other programs on the machine disturb far less; only true of one program at a time
 */

/**
 * Runs a program to its end and times it. It has a process group of its own, which ends with us.
 * @param {string} file
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} [options.input] given on standard input
 * @param {(line: string, at: number) => void} [options.onLine] each line of standard output as it comes, with Unix milliseconds
 * @param {(pid: number) => void} [options.onStart]
 * @returns {Promise<Timed>}
 */
export function timed(file, args, { cwd, env, input, onLine, onStart }) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const cpuBefore = endedChildrenCpuSeconds();
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    const { pid } = child;
    const settle = () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      killGroup(pid);
      settle();
      reject(new Interrupted(signal));
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    if (pid !== undefined) onStart?.(pid);
    child.stdin.on("error", () => undefined).end(input);
    let stdout = "";
    let stderr = "";
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      const at = Date.now();
      stdout += chunk;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine?.(line, at);
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const seconds = (performance.now() - begun) / 1000;
      settle();
      const cpuSeconds = endedChildrenCpuSeconds() - cpuBefore;
      if (code === 0) return resolve({ seconds, cpuSeconds, stdout, stderr });
      const output = tail(`${stdout}\n${stderr}`, 30);
      reject(new ToolError(`${file} ${args.join(" ")} ended with ${signal ?? code}:\n${output}`));
    });
  });
}
