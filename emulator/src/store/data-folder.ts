import { randomUUID } from "node:crypto";
import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { ownerState, ownerText, parseOwner, processesHere } from "./owner";

/** The file with the records of the runs. */
export const JOURNAL = "journal.jsonl";
/** The folder of the bucket. */
export const BUCKET_FOLDER = "bucket";
/** The file with the API key that clients must send. */
export const API_KEY = "api-key";
/** The lock of the folder. Line 1 is the id of the process that uses the folder. Line 2 is its {@link ownerText}. */
const LOCK = "process";
/** The files and folders that an emulator makes in its data folder. */
const OWN_ENTRIES: readonly string[] = [JOURNAL, API_KEY, LOCK, "docker", BUCKET_FOLDER];
/** Temporary files that a crash may leave: a new lock before it gets its name, or a stale lock. */
const TEMPORARY_LOCK = /^process\.[\w-]+\.tmp$/;

/**
 * The data folders that emulators of this process use. A lock with the id of this process does not prove such a use: in
 * a container, each emulator may be process 1, so the lock may be from an earlier emulator.
 */
const ours = new Set<string>();

/**
 * How {@link lockDataFolder} treats a lock whose process may be in another container. `in-use`: the folder is in use.
 * `by-pid`: the folder is in use only if the process id in the lock belongs to a process that this process can see, and
 * that is not this process. A restarted container has the same process id again, so it can use its folder.
 */
export type ForeignLock = "in-use" | "by-pid";

/**
 * Creates the data folder if it does not exist, and locks it for this process. Only the owner may read the folder,
 * because the bodies of starts may have secrets. The lock of a crashed emulator is replaced.
 * @returns a function that unlocks the folder
 * @throws if the folder belongs to another user, contains other files, or is in use by another emulator
 */
export function lockDataFolder(directory: string, foreign: ForeignLock = "by-pid"): () => void {
  if (ours.has(directory)) throw inUse(directory, process.pid);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (process.getuid !== undefined && lstatSync(join(directory, ".")).uid !== process.getuid())
    throw refused(directory, "belongs to another user");
  const others = readdirSync(directory).filter((name) => !OWN_ENTRIES.includes(name) && !TEMPORARY_LOCK.test(name));
  // The emulator makes its data folder private. If the folder had other files, other users could no longer reach these
  // files.
  if (others.length > 0) throw refused(directory, `holds other things (${others.slice(0, 3).join(", ")})`);
  chmodSync(directory, 0o700);
  const path = join(directory, LOCK);
  take(path, directory, foreign);
  ours.add(directory);
  return () => {
    ours.delete(directory);
    if (lockOf(path, foreign).pid === process.pid) rmSync(path);
  };
}

function take(path: string, directory: string, foreign: ForeignLock): void {
  // Each process writes its lock under a separate name, and then links the file to `path`, so that no process reads
  // half a lock. The process id is not enough for the name, because in a container each emulator may be process 1.
  const ownPath = `${path}.${process.pid}-${randomUUID()}.tmp`;
  writeFileSync(ownPath, `${process.pid}\n${ownerText(processesHere().own)}`, { mode: 0o600, flag: "wx" });
  try {
    for (const isLast of [false, true]) {
      if (isLinked(ownPath, path)) return;
      const lock = lockOf(path, foreign);
      if (isLast || lock.isRunning) throw inUse(directory, lock.pid);
      removeStale(path, lock.text);
    }
  } finally {
    rmSync(ownPath, { force: true });
  }
}

/** The errors of a file system without hard links, such as the file system of a memory card. */
const WITHOUT_LINKS: readonly unknown[] = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"];

/** Links `to` to the file `from`, or copies the file if links are not supported. Returns false if `to` exists. */
function isLinked(from: string, to: string): boolean {
  try {
    try {
      linkSync(from, to);
    } catch (error) {
      if (!WITHOUT_LINKS.includes((error as NodeJS.ErrnoException).code)) throw error;
      copyFileSync(from, to, constants.COPYFILE_EXCL);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes the lock file if its content is still `text`. If another process has replaced the lock, that lock stays. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.${process.pid}-${randomUUID()}.tmp`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== text) isLinked(aside, path);
  rmSync(aside, { force: true });
}

function refused(directory: string, reason: string): Error {
  return new Error(`The data folder ${directory} ${reason}. Give the emulator a folder of its own with --data.`);
}

/** The `code` of the error if another emulator uses the folder. */
export const FOLDER_IN_USE = "EMULATOR_FOLDER_IN_USE";

function inUse(directory: string, pid: number): Error {
  const message = `The data folder ${directory} is in use by another emulator (process ${pid}). Stop that one, or give this one a folder of its own with --data. If that process is no emulator, remove ${join(directory, LOCK)}.`;
  return Object.assign(new Error(message), { code: FOLDER_IN_USE });
}

interface Lock {
  readonly text: string;
  readonly pid: number;
  readonly isRunning: boolean;
}

/**
 * Reads the lock of a data folder, and checks whether the process in the lock still runs. `pid` is NaN if there is no
 * lock.
 */
function lockOf(path: string, foreign: ForeignLock): Lock {
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const [first = "", second = ""] = text.split("\n");
  const pid = first === "" ? Number.NaN : Number(first);
  const owner = parseOwner(second);
  const state = owner === undefined ? "unknown" : ownerState(owner, processesHere());
  if (state === "foreign" && foreign === "in-use") return { text, pid, isRunning: true };
  // A lock with the id of this process is from an earlier emulator, because `ours` lists the folders of this process.
  // In a container, each emulator may have the process id 1.
  const isRunning = pid !== process.pid && (state === "alive" || (state !== "ended" && isAlive(pid)));
  return { text, pid, isRunning };
}

function isAlive(pid: number): boolean {
  // No process has the id 0. For the id 0, `kill` would ask about the whole process group of this process.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Returns the folder for data of this user's emulators on this machine. Each host name has its own folder, because
 * several containers or machines may share the home folder.
 */
export function emulatorsFolder(environment: NodeJS.ProcessEnv = process.env, machine = hostname()): string {
  const state = environment.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return join(state, "pulumi-lyceum", "emulators", machine);
}

/**
 * The name of a temporary data folder contains the `ownerText` of its process. Dots replace the colons, because Docker
 * does not allow a colon in the path of a volume.
 */
const TEMPORARY = /^temporary-([\w.]+)$/;

/** Returns the path of a data folder for this process alone. {@link removeAbandonedFolders} recognizes the path. */
export function temporaryFolder(folder: string): string {
  return join(folder, `temporary-${ownerText(processesHere().own).replaceAll(":", ".")}`);
}

/**
 * Removes the temporary data folders of emulators that ended without removing their folder, for example because they
 * were killed.
 * @returns what could not be removed, and what the user can do
 */
export function removeAbandonedFolders(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) => {
    const owner = parseOwner((TEMPORARY.exec(name)?.[1] ?? "").replaceAll(".", ":"));
    if (owner === undefined || ownerState(owner, processesHere()) !== "ended") return [];
    return removeFolder(join(folder, name)) ?? [];
  });
}

/**
 * Removes a folder with everything in it. Never throws: a container may write files into the bucket as root, and the
 * user of this process cannot remove these files. Such files must not prevent the start of an emulator.
 * @returns why the folder could not be removed, and what the user can do. Undefined if the folder was removed
 */
export function removeFolder(path: string): string | undefined {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The data folder ${path} cannot be removed: ${reason}. A container may have written files of another user. Remove the folder with: sudo rm -r "${path}"`;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
