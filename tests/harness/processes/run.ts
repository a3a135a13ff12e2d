import { type ChildProcess, spawn } from "node:child_process";
import { kill } from "./processes";

/** The options of a command. */
export interface RunOptions {
  readonly cwd: string;
  /** Variables of the environment. A variable that is `undefined` is not set. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The time limit in seconds. After this time, the command and its children are killed, and the step fails. Default:
   * 300. Even on a busy machine, only a command that hangs takes so long.
   */
  readonly deadlineSeconds?: number;
  /** The text for the standard input, which is closed after the text. If absent, the command has no standard input. */
  readonly input?: string;
  /**
   * Whether to wait until the output is closed. Do not set this for a command that leaves a process running, because
   * the process would keep the output open.
   */
  readonly untilClosed?: boolean;
  /** Called with each piece of the standard output when it arrives. */
  readonly onOutput?: (chunk: string) => void;
  /** Called with each piece of the standard error when it arrives. */
  readonly onError?: (chunk: string) => void;
}

/** The output of a command, and how it ended. */
export interface RunResult {
  /** The exit code. Null if a signal ended the command. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is running. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<RunResult>;
  /** Kills the process of the command, but none of its children, as in a crash. */
  killAlone(): void;
}

/** Starts a command in a new process group, without a shell. */
export function start(file: string, args: readonly string[], options: RunOptions): Running {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} cannot be started.`);
  child.stdin?.end(options.input);
  return {
    pid,
    ended: collect(child, pid, [file, ...args].join(" "), options),
    killAlone: () => void kill(pid),
  };
}

function collect(child: ChildProcess, pid: number, what: string, options: RunOptions): Promise<RunResult> {
  const { deadlineSeconds = 300 } = options;
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    options.onOutput?.(chunk);
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
    options.onError?.(chunk);
  });
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      kill(-pid);
      reject(new Error(`Not ended after ${deadlineSeconds} s: ${what}\n${stdout}\n${stderr}`));
    }, deadlineSeconds * 1000);
    child.once("error", (error) => {
      clearTimeout(deadline);
      reject(error);
    });
    // If a killed command has left processes, they keep its pipes open until they end.
    child.once(options.untilClosed ? "close" : "exit", (exitCode: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(deadline);
      untilRead(
        () => stdout.length + stderr.length,
        () => resolve({ exitCode, signal, stdout, stderr }),
      );
    });
  });
}

/**
 * Waits until the output of an ended process is read. Node reads the pipes once in each turn of its loop, and a busy
 * machine may delay the turn. So the output is complete after a whole turn without new output.
 */
function untilRead(length: () => number, then: () => void): void {
  const before = length();
  setTimeout(() => setImmediate(() => (length() === before ? then() : untilRead(length, then))), 50);
}
