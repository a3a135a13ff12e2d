import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file with the records. */
export const JOURNAL = "journal.jsonl";
/** Holds the process that has the folder. */
const LOCK = "process";

/** Another process has the folder. */
export class DataFolderLocked extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data folder ${directory} is in use by another emulator (process ${pid}). Stop that one, or give this one a folder of its own with --data. If that process is no emulator, remove ${join(directory, LOCK)}.`,
    );
    this.name = "DataFolderLocked";
  }
}

/** The records of an earlier emulator cannot be read. */
export class DataFolderDamaged extends Error {
  constructor(directory: string, reason: string) {
    super(
      `The records in ${directory} cannot be read: ${reason}. Move that folder away, or give the emulator another one with --data.`,
    );
    this.name = "DataFolderDamaged";
  }
}

/** Folders that emulators of this process have: in a container each emulator may be process 1. */
const ours = new Set<string>();

/**
 * Makes the data folder where it is missing, for its owner only, and takes it for this process; what a crashed emulator has left
 * does not count.
 * @returns gives it back
 * @throws {DataFolderLocked} when another emulator has it, or one of this process
 */
export function lockDataFolder(directory: string): () => void {
  if (ours.has(directory)) throw new DataFolderLocked(directory, process.pid);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, LOCK);
  const pid = lockedBy(path);
  if (pid !== process.pid && isAlive(pid)) throw new DataFolderLocked(directory, pid);
  rmSync(path, { force: true });
  writeFileSync(path, String(process.pid), { mode: 0o600, flag: "wx" });
  ours.add(directory);
  return () => {
    ours.delete(directory);
    rmSync(path, { force: true });
  };
}

/** NaN: nobody. */
function lockedBy(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Number.NaN;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  // Signal 0 to 0 would ask about this process's own group.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
