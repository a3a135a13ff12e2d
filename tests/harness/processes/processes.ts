import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine, as `/proc` shows it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /**
   * Clock ticks from the boot of the machine to the start of the process. This number and the pid together identify a
   * process.
   */
  readonly started: string;
  /** Arguments, joined by blanks. */
  readonly command: string;
}

/** Returns all processes. Empty on a system without `/proc` (macOS). */
export function listProcesses(): readonly ProcessInfo[] {
  return procFolder().flatMap((pid) => {
    // Most processes without arguments are kernel threads, and are left out.
    const command = read(`/proc/${pid}/cmdline`) ?? "";
    const stat = command === "" ? undefined : read(`/proc/${pid}/stat`);
    if (stat === undefined) return [];
    // The name in parentheses may contain blanks and parentheses, so the fields begin after the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return [];
    const started = fields[19] ?? "";
    return [{ pid, parent: Number(fields[1]), started, command: command.replace(/\0/g, " ").trim() }];
  });
}

/**
 * Returns the environment that a process had at its start, with one `NAME=value` on each line. Empty if the environment
 * cannot be read.
 */
export function environmentOf(pid: number): string {
  return (read(`/proc/${pid}/environ`) ?? "").replace(/\0/g, "\n");
}

/** Returns the processes whose environment contains the line `marker`, even if their parent process has ended. */
export function marked(marker: string, processes = listProcesses()): readonly ProcessInfo[] {
  return processes.filter(({ pid }) => environmentOf(pid).split("\n").includes(marker));
}

/** Returns all descendants of `ancestor`, without `ancestor` itself. */
export function descendantsOf(ancestor: number, processes = listProcesses()): readonly ProcessInfo[] {
  const found: ProcessInfo[] = [];
  const parents = new Set([ancestor]);
  let before = -1;
  while (before !== parents.size) {
    before = parents.size;
    for (const process of processes) {
      if (!parents.has(process.parent) || parents.has(process.pid)) continue;
      parents.add(process.pid);
      found.push(process);
    }
  }
  return found;
}

function procFolder(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Reads a file of `/proc`. Undefined if the process has ended since the list was read, which is not an error. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Sends a signal to a process. A negative number means a process group. Returns whether the process or group still
 * existed.
 */
export function kill(target: number, signal: NodeJS.Signals = "SIGKILL"): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
