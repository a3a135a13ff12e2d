import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { OwnProcess } from "./lock-owner";

/** A noted process, and the file of the note. */
export interface NotedProcess extends OwnProcess {
  readonly file: string;
  /** Whether it still runs. */
  readonly isAlive: boolean;
}

/** The notes of processes, in a folder of this machine that only this user can write. */
export interface OwnProcesses {
  /**
   * Notes the processes of the Pulumi CLI that this one starts, until the returned function is called. If they have
   * ended as they should, they hold no lock, and the notes go. Otherwise the notes stay: the CLI may have been killed.
   */
  readonly note: () => (hasEnded: boolean) => void;
  /** The noted processes of this machine since it booted, without those of other containers. */
  readonly noted: () => readonly NotedProcess[];
  /** Takes a note away. Of several commands that try, one succeeds. */
  readonly claim: (noted: NotedProcess) => boolean;
}

/** A process is looked for this often, in milliseconds. It takes its lock later than that. */
const PAUSE = 50;

/**
 * The processes of the Pulumi CLI that commands of this package have started here. A command that is killed leaves its
 * note, which proves to the next one who took the lock. Linux only: elsewhere nothing is noted, and nothing is proved.
 */
export function ownProcesses(folder = join(tmpdir(), `pulumi-lyceum-${userInfo().uid}`)): OwnProcesses {
  const machine = machineId();
  return {
    note() {
      if (machine === undefined) return () => undefined;
      removeOld(folder);
      const files = new Map<number, string>();
      const look = (): void => {
        for (const pid of childrenOf(process.pid)) {
          const started = startOf(pid);
          if (files.has(pid) || started === undefined || !isPulumi(pid)) continue;
          const file = join(folder, `${pid}-${started.ticks}.json`);
          const content = { machine, host: hostname(), pid, ticks: started.ticks, startedAt: Date.now() };
          if (write(folder, file, JSON.stringify(content))) files.set(pid, file);
        }
      };
      const timer = setInterval(look, PAUSE);
      timer.unref();
      return (hasEnded) => {
        clearInterval(timer);
        if (hasEnded) for (const file of files.values()) rmSync(file, { force: true });
      };
    },
    noted() {
      if (machine === undefined || !isOwn(folder)) return [];
      return readdirSync(folder).flatMap((name) => {
        const note = parseNote(join(folder, name));
        if (note === undefined || note.machine !== machine) return [];
        const { host, pid, startedAt, ticks } = note;
        return [{ host, pid, startedAt, file: join(folder, name), isAlive: startOf(pid)?.ticks === ticks }];
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

/** Milliseconds after which a note goes. A lock of a killed command is found earlier. */
const LONGEST_KEPT = 30 * 24 * 3_600_000;

function removeOld(folder: string): void {
  if (!isOwn(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const startedAt = parseNote(file)?.startedAt ?? 0;
    if (Date.now() - startedAt > LONGEST_KEPT) rmSync(file, { force: true });
  }
}

/** The boot and the namespace of pids: a pid means the same process only where both are the same. */
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

/** When a process started, in ticks since the boot; `undefined` when it has ended. A zombie holds no lock. */
function startOf(pid: number): { readonly ticks: string } | undefined {
  try {
    // The name before it is in parentheses and may hold spaces.
    const [state = "", ...fields] = (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
    const ticks = fields[18];
    return state === "Z" || state === "X" || ticks === undefined ? undefined : { ticks };
  } catch {
    return undefined;
  }
}

function isOwn(folder: string): boolean {
  try {
    const { uid, mode } = statSync(folder);
    return uid === userInfo().uid && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function write(folder: string, file: string, text: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(folder)) return false;
    writeFileSync(file, text, { mode: 0o600 });
    return true;
  } catch {
    // Without a note, the next command cannot prove whose lock it is, and waits.
    return false;
  }
}
