// @ts-check
import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** @typedef {(line: string) => void} Log */

/** An error that a person can fix. The message explains how to fix it. No stack trace is shown. */
export class ToolError extends Error {}

/** The error after ^C or SIGTERM has stopped a tool. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Stopped by ${signal}.`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, firstByteMs?: number, onLine?: Log }} CaptureOptions
 *   `onLine` receives each line of standard output when the line is complete
 */

/**
 * Runs a program to its end, and returns its exit code and output. The exit code is 127 for a missing program, and 124
 * after a timeout. `firstByteMs` limits the time without any output, and `timeoutMs` limits the whole time. The program
 * and its children have a separate process group, which ends at a timeout or when this process has to stop. Throws only
 * when this process has to stop.
 * @param {string} command
 * @param {string[]} args
 * @param {CaptureOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function capture(command, args, { cwd, env, timeoutMs, firstByteMs, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let stdout = "";
    let stderr = "";
    let late = "";
    let rest = "";
    const expire = (/** @type {string} */ why) => {
      late = why;
      killGroup(child.pid);
    };
    const whole = timeoutMs && setTimeout(expire, timeoutMs, `not done after ${timeoutMs / 1000} s`);
    const first = firstByteMs && setTimeout(expire, firstByteMs, `no answer in ${firstByteMs / 1000} s`);
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      killGroup(child.pid);
      settle();
      reject(new Interrupted(signal));
    };
    const settle = () => {
      if (whole) clearTimeout(whole);
      if (first) clearTimeout(first);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const done = (/** @type {number} */ code, /** @type {string} */ output) => {
      settle();
      resolve({ code: late ? 124 : code, stdout, stderr: late || output });
    };
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      if (first) clearTimeout(first);
      stdout += chunk;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine?.(line);
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
      if (first) clearTimeout(first);
      stderr += chunk;
    });
    child.on("error", (error) => done(127, error.message));
    child.on("close", (code) => done(code ?? 1, stderr));
  });
}

/**
 * Runs a program and returns its output. Throws if the program fails.
 * @param {string} command
 * @param {string[]} args
 * @param {CaptureOptions} [options]
 * @throws {ToolError} with the end of the program's output
 */
export async function succeed(command, args, options) {
  const { code, stdout, stderr } = await capture(command, args, options);
  if (code !== 0)
    throw new ToolError(`${command} ${args.join(" ")} failed with exit code ${code}:\n${tail(stderr || stdout, 30)}`);
  return stdout;
}

/**
 * Ends a program and all other processes of its process group.
 * @param {number | undefined} pid
 */
function killGroup(pid) {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // The program has ended before the signal.
  }
}

/**
 * Runs a program so that the user sees its output, and resolves with its exit code. The program stays in the process
 * group of this process, so it receives ^C of a terminal directly. If this process receives SIGTERM, it passes the
 * signal on. After ^C or SIGTERM, the promise rejects when the program has ended.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function show(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "inherit", "inherit"] });
    let stopped = /** @type {NodeJS.Signals | undefined} */ (undefined);
    const onSignal = (/** @type {NodeJS.Signals} */ signal) => {
      stopped = signal;
      if (signal === "SIGTERM") child.kill(signal);
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    const done = (/** @type {number} */ code) => {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      if (stopped) reject(new Interrupted(stopped));
      else resolve(code);
    };
    child.on("error", () => done(127));
    child.on("close", (code) => done(code ?? 1));
  });
}

/**
 * @param {string} name
 * @param {string} [path]
 * @returns {Promise<string | undefined>}
 */
export async function findOnPath(name, path = process.env.PATH ?? "") {
  for (const dir of path.split(delimiter)) {
    if (dir !== "" && (await isExecutable(join(dir, name)))) return join(dir, name);
  }
  return undefined;
}

/** @param {string} file */
export async function isExecutable(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Returns the last lines of a program's output, for an error message.
 * @param {string} text
 */
export function tail(text, lines = 8) {
  return text.trim().split("\n").slice(-lines).join("\n");
}

/**
 * Returns true if `parseArgs` threw the error, because an option of the command line is wrong.
 * @param {unknown} error
 * @returns {error is Error}
 */
function isWrongOption(error) {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/**
 * Runs the main function of a tool and sets the exit code. An error that a person can fix is printed without its stack
 * trace.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Interrupted) process.exitCode = error.exitCode;
    else process.exitCode = 1;
    const isForPerson = error instanceof ToolError || error instanceof Interrupted || isWrongOption(error);
    console.error(isForPerson ? `\n${error.message}` : error);
  }
}
