import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { OwnProcess } from "./lock-owner";

/** A process of the Pulumi CLI, and the file that records this process. */
export interface NotedProcess extends OwnProcess {
  readonly file: string;
  readonly isAlive: boolean;
}

/**
 * Notes about processes of the Pulumi CLI. A note is a file in a folder of this machine that only this user can write.
 */
export interface OwnProcesses {
  /**
   * Writes a note for each process of the Pulumi CLI that this process starts. This process may work on several stacks
   * at once: with `of`, only the processes for the stack `of` get a note. The returned function stops this. If its
   * argument is false, the processes hold no lock of the stack, and the function also removes the notes.
   */
  readonly note: (of?: StackOfProcess) => (mayHoldLock: boolean) => void;
  /**
   * Returns the processes of the Pulumi CLI about which a note exists. Notes from another container or from an earlier
   * boot do not count.
   */
  readonly noted: () => readonly NotedProcess[];
  /** Removes the note of a process. If several commands try, the function returns true for only one of them. */
  readonly claim: (noted: NotedProcess) => boolean;
}

/** The stack that a process of the Pulumi CLI works on. */
export interface StackOfProcess {
  /** The folder of the project, absolute. */
  readonly folder: string;
  readonly stack: string;
}

/**
 * The milliseconds between two searches for processes of the Pulumi CLI. The pause is shorter than the time from the
 * start of a process to its lock, so a process gets its note before it takes its lock.
 */
const PAUSE = 50;

/**
 * Returns the functions that write and read the notes in a folder. A killed command leaves its note, which shows the
 * next command which process took the lock. On systems other than Linux, no process is noted.
 */
export function ownProcesses(folder = join(tmpdir(), `pulumi-lyceum-${userId()}`)): OwnProcesses {
  const machine = machineId();
  return {
    note(of) {
      if (machine === undefined) return () => undefined;
      removeOld(folder);
      const files = new Map<number, string>();
      const look = (): void => {
        for (const pid of childrenOf(process.pid)) {
          const started = files.has(pid) ? undefined : runningSince(pid);
          if (started === undefined || !isPulumi(pid) || (of !== undefined && !worksOn(pid, of))) continue;
          const file = join(folder, `${pid}-${started.ticks}.json`);
          const content = { machine, host: hostname(), pid, ticks: started.ticks, startedAt: Date.now() };
          if (write(folder, file, JSON.stringify(content))) files.set(pid, file);
        }
      };
      const timer = setInterval(look, PAUSE);
      timer.unref();
      return (mayHoldLock) => {
        clearInterval(timer);
        if (!mayHoldLock) for (const file of files.values()) remove(file);
      };
    },
    noted() {
      if (machine === undefined) return [];
      return notesIn(folder).flatMap((file) => {
        const note = parseNote(file);
        if (note === undefined || note.machine !== machine) return [];
        const { host, pid, startedAt, ticks } = note;
        return [{ host, pid, startedAt, file, isAlive: isAlive(pid, ticks) }];
      });
    },
    claim({ file }) {
      try {
        unlinkSync(file);
        return true;
      } catch {
        return false;
      }
    },
  };
}

interface Note extends OwnProcess {
  readonly machine: string;
  readonly ticks: string;
}

function parseNote(file: string): Note | undefined {
  try {
    const { machine, host, pid, ticks, startedAt } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    if (typeof machine !== "string" || typeof host !== "string" || typeof ticks !== "string") return undefined;
    return typeof pid === "number" && typeof startedAt === "number"
      ? { machine, host, pid, ticks, startedAt }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A note is removed after this many milliseconds. A killed command does not remove its own note. */
const LONGEST_KEPT = 30 * 24 * 3_600_000;

function removeOld(folder: string): void {
  for (const file of notesIn(folder)) {
    const startedAt = parseNote(file)?.startedAt;
    if (startedAt !== undefined && Date.now() - startedAt > LONGEST_KEPT) remove(file);
  }
}

const NOTE = /^\d{1,10}-\d{1,20}\.json$/;

/**
 * Returns the paths of the notes in a folder. A note is a file about one process of the Pulumi CLI. Returns no paths if
 * the folder does not belong to this user, because another user may have put a link or other files there.
 */
function notesIn(folder: string): readonly string[] {
  if (!isOwn(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((name) => NOTE.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // If a note about a process cannot be removed, this does no harm, because a note has no effect without a lock.
  }
}

/**
 * Returns the id of the boot and of the pid namespace. The same pid means the same process only if both ids are equal.
 */
function machineId(): string | undefined {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return children === "" ? [] : children.split(" ").map(Number);
  } catch {
    return [];
  }
}

function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "pulumi";
  } catch {
    return false;
  }
}

/** Returns whether a process runs in the folder of a project, and has the name of the stack among its arguments. */
function worksOn(pid: number, { folder, stack }: StackOfProcess): boolean {
  try {
    const isHere = readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
    return isHere && readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(stack);
  } catch {
    return false;
  }
}

/**
 * Returns the time at which a process started, in ticks since the boot. Undefined for a zombie, which counts as ended,
 * because it never runs again. Throws if the system does not show the process, for example because it no longer exists.
 */
function startOf(pid: number): { readonly ticks: string } | undefined {
  // The name of the process is before these fields, in parentheses. The name may contain spaces.
  const [state = "", ...fields] = (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
  const ticks = fields[18];
  return state === "Z" || state === "X" || ticks === undefined ? undefined : { ticks };
}

function runningSince(pid: number): ReturnType<typeof startOf> {
  try {
    return startOf(pid);
  } catch {
    return undefined;
  }
}

/** Returns whether a process still runs. If the system does not show this, the process counts as running. */
function isAlive(pid: number, ticks: string): boolean {
  try {
    return startOf(pid)?.ticks === ticks;
  } catch (error) {
    return !["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}

function userId(): number | string {
  return process.getuid?.() ?? "user";
}

function isOwn(folder: string): boolean {
  try {
    const status = lstatSync(folder);
    return status.isDirectory() && status.uid === process.getuid?.() && (status.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function write(folder: string, file: string, text: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder)) return false;
    // Another command may read this folder of notes at the same moment. So the note gets its final name only after the
    // whole note is written.
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return true;
  } catch {
    // If no note about the process can be written, the next command cannot know which process has the lock of the
    // stack. So the next command waits.
    return false;
  }
}
