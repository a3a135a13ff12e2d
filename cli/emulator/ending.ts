import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { processesHere } from "../../emulator/src/store/owner";

/** The milliseconds between two checks of the watched processes. */
const CHECK = 500;

/** The facts that decide what the emulator does at SIGHUP, and which processes it watches. */
export interface Launch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The flags of the standard input, as Linux shows them in `fdinfo`. Empty on other systems. */
  readonly inputFlags: string;
  /** The process that the option `--parent` names. */
  readonly parent: number | undefined;
  readonly isDetached: boolean;
}

/**
 * Returns whether `nohup` started the emulator. The emulator must then survive the end of the terminal. Node.js resets
 * the signals that `nohup` ignores, so two other signs count: the variable `_` has the path of `nohup`, or the standard
 * input is open only for writing.
 */
export function isUnderNohup({ environment, inputFlags }: Pick<Launch, "environment" | "inputFlags">): boolean {
  return /(^|\/)nohup$/.test(environment._ ?? "") || /1$/.test(inputFlags);
}

/**
 * Returns the processes that the emulator watches: if one of them ends, the emulator ends too. `npx` starts a shell,
 * and the shell starts the emulator. A signal for `npx` ends `npx` or the shell, but never reaches the emulator, so the
 * emulator watches `npx` and the shell.
 */
export function watchedProcesses(launch: Launch, ancestors: readonly number[]): readonly number[] {
  if (launch.parent !== undefined) return [launch.parent];
  const isNpx = launch.environment.npm_command === "exec" && launch.environment.npm_lifecycle_event === "npx";
  return isNpx && !launch.isDetached && !isUnderNohup(launch) ? ancestors.filter((pid) => pid > 1) : [];
}

/**
 * Returns whether a process id still belongs to the same process. The arguments are the start times of the process with
 * this id, read at two moments. Undefined: no process had the id. Empty: the system did not show the time, which proves
 * no end, so the process counts as the same.
 */
export function isSameProcess(started: string | undefined, now: string | undefined): boolean {
  if (started === undefined || now === undefined) return false;
  return started === "" || now === "" || started === now;
}

/** Returns how this process was started. */
export function launchOf(parent: number | undefined, isDetached: boolean): Launch {
  const inputFlags = /^flags:\s*([0-7]+)$/m.exec(textOf("/proc/self/fdinfo/0"))?.[1] ?? "";
  return { environment: process.env, inputFlags, parent, isDetached };
}

/** Returns the parent of this process, and the parent of the parent. */
export function ancestorsHere(): readonly number[] {
  const stat = textOf(`/proc/${process.ppid}/stat`);
  const [, above] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [process.ppid, above === undefined ? parentByPs(process.ppid) : Number(above)];
}

/**
 * Resolves when the emulator must end: after SIGINT or SIGTERM, when the terminal is closed (SIGHUP), or when a watched
 * process has ended. After that, a SIGINT ends the process at once.
 */
export function untilEnd(launch: Launch): Promise<void> {
  const { startOf } = processesHere();
  const watched = watchedProcesses(launch, ancestorsHere()).map((pid) => ({ pid, started: startOf(pid) }));
  return new Promise((resolve) => {
    const end = () => {
      // From now on, Node's own handling of SIGINT ends the process.
      process.off("SIGINT", end);
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
    // A detached emulator needs a handler too: without it, SIGHUP would kill the process, and its containers would
    // stay.
    process.on("SIGHUP", () => {
      if (!launch.isDetached && !isUnderNohup(launch)) end();
    });
    if (watched.length === 0) return;
    const check = () => {
      if (watched.every(({ pid, started }) => isSameProcess(started, startOf(pid)))) return;
      clearInterval(timer);
      end();
    };
    const timer = setInterval(check, CHECK);
    timer.unref();
    check();
  });
}

function parentByPs(pid: number): number {
  try {
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return 0;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
