import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file with the records. */
export const JOURNAL = "journal.jsonl";
/** The folder of the bucket. */
export const BUCKET_FOLDER = "bucket";
/** The file with the id of the process that uses the folder. */
const LOCK = "process";
/** The entries of an emulator's data folder. */
const OWN_ENTRIES: readonly string[] = [JOURNAL, LOCK, "docker", BUCKET_FOLDER];

/**
 * Data folders of emulators in this process. The id of a process does not identify an emulator, because in a container
 * each emulator may be process 1.
 */
const ours = new Set<string>();

/**
 * Creates or locks the data folder for this process. Only the owner may read the folder, because it contains the bodies
 * of starts, with registry passwords. The lock of an emulator that crashed does not count.
 * @returns a function that unlocks the folder
 * @throws if the folder belongs to another user, contains files that are not an emulator's, or is in use by another
 * emulator
 */
export function lockDataFolder(directory: string): () => void {
  if (ours.has(directory)) throw inUse(directory, process.pid);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (process.getuid !== undefined && lstatSync(join(directory, ".")).uid !== process.getuid())
    throw refused(directory, "belongs to another user");
  const others = readdirSync(directory).filter((name) => !OWN_ENTRIES.includes(name));
  // The emulator would change the access rights of other files in the folder, or remove them together with the folders
  // of runs.
  if (others.length > 0) throw refused(directory, `holds other things (${others.slice(0, 3).join(", ")})`);
  chmodSync(directory, 0o700);
  const path = join(directory, LOCK);
  take(path, directory);
  ours.add(directory);
  return () => {
    ours.delete(directory);
    if (lockedBy(path) === process.pid) rmSync(path);
  };
}

function take(path: string, directory: string): void {
  for (const isLast of [false, true]) {
    try {
      writeFileSync(path, String(process.pid), { mode: 0o600, flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const pid = lockedBy(path);
    // In a container, each emulator may be process 1. So a lock with the id of this process is from an earlier
    // emulator.
    if (isLast || (pid !== process.pid && isAlive(pid))) throw inUse(directory, pid);
    rmSync(path, { force: true });
  }
}

function refused(directory: string, reason: string): Error {
  return new Error(`The data folder ${directory} ${reason}. Give the emulator a folder of its own with --data.`);
}

function inUse(directory: string, pid: number): Error {
  return new Error(
    `The data folder ${directory} is in use by another emulator (process ${pid}). Stop that one, or give this one a folder of its own with --data. If that process is no emulator, remove ${join(directory, LOCK)}.`,
  );
}

/** Returns the id of the process that has the lock. NaN if no process has it. */
function lockedBy(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Number.NaN;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  // 0 is not valid as the id of a process: signal 0 to it would ask about the group of this process.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
