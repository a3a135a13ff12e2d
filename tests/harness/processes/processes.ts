import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine, as `/proc` shows it. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /**
   * Clock ticks from the start of the machine to the start of the process. Together with the pid, they identify a
   * process.
   */
  readonly started: string;
  /** Arguments, joined by blanks. */
  readonly command: string;
}

/** All processes. Empty if there is no `/proc` (macOS). */
export function listProcesses(): readonly ProcessInfo[] {
  return procFolder().flatMap((pid) => {
    // Most entries are kernel threads. They have no arguments.
    const command = read(`/proc/${pid}/cmdline`) ?? "";
    const stat = command === "" ? undefined : read(`/proc/${pid}/stat`);
    if (stat === undefined) return [];
    // The name in brackets may contain blanks and brackets, so the fields begin after the last bracket.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return [];
    const started = fields[19] ?? "";
    return [{ pid, parent: Number(fields[1]), started, command: command.replace(/\0/g, " ").trim() }];
  });
}

/** The environment of a process at its start, with one `NAME=value` on each line. Empty if it cannot be read. */
export function environmentOf(pid: number): string {
  return (read(`/proc/${pid}/environ`) ?? "").replace(/\0/g, "\n");
}

/** Processes whose environment contains the line `marker`. This finds them even after their parent has ended. */
export function marked(marker: string, processes = listProcesses()): readonly ProcessInfo[] {
  return processes.filter(({ pid }) => environmentOf(pid).split("\n").includes(marker));
}

/** All descendants of `ancestor`, without itself. */
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

/** A process may end between two reads, which is not an error. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Sends a signal to a process or, if the number is negative, to a group. Returns whether it still existed. */
export function kill(target: number, signal: NodeJS.Signals = "SIGKILL"): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
