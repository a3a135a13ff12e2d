import { randomUUID } from "node:crypto";
import { chmod, link, lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The file with the records. */
export const JOURNAL = "journal.jsonl";
/** Says which process has the folder. */
const LOCK = "process";
/** What an emulator keeps in its data folder. */
const OWN_ENTRIES: ReadonlySet<string> = new Set([JOURNAL, LOCK, "docker"]);

/** The data folder is not the emulator's to use. */
export class DataFolderRefused extends Error {
  constructor(directory: string, reason: string) {
    super(`The data folder ${directory} ${reason}. Give the emulator a folder of its own with --data.`);
    this.name = "DataFolderRefused";
  }
}

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

/**
 * Makes the data folder, or takes one that is there, for its owner only: it holds the bodies of starts, registry passwords
 * included. What is below a folder that was open to others is tightened as well.
 *
 * @throws {DataFolderRefused} when it is another user's, is no folder, or holds other things than an emulator's
 */
export async function prepareDataFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(join(directory, "."));
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new DataFolderRefused(directory, "belongs to another user");
  }
  const others = (await readdir(directory)).filter((name) => !OWN_ENTRIES.has(name) && !name.startsWith(`${LOCK}.`));
  // Tightening a folder that others use, such as the one for temporary files, would break them.
  if (others.length > 0)
    throw new DataFolderRefused(directory, `holds other things (${others.slice(0, 3).join(", ")})`);
  await chmod(directory, 0o700);
  await chmod(join(directory, JOURNAL), 0o600).catch(ifMissing(() => undefined));
}

/** Folders that emulators of this process have, or are about to take. */
const ours = new Set<string>();

/**
 * Takes the data folder for this process; what a crashed emulator has left does not count.
 * @returns gives it back
 * @throws {DataFolderLocked} when another emulator has it, or one of this process
 */
export async function lockDataFolder(directory: string): Promise<() => Promise<void>> {
  if (ours.has(directory)) throw new DataFolderLocked(directory, process.pid);
  ours.add(directory);
  const path = join(directory, LOCK);
  // A link to a file that is written already: nobody ever sees a lock without its process in it.
  const own = `${path}.${randomUUID()}`;
  try {
    await writeFile(own, String(process.pid), { mode: 0o600 });
    while (!(await isLinked(own, path))) {
      const left = await readFile(path, "utf8").catch(ifMissing(() => undefined));
      if (left === undefined) continue;
      // In a container each emulator may be process 1.
      if (Number(left) !== process.pid && isAlive(Number(left))) throw new DataFolderLocked(directory, Number(left));
      await removeLeft(path, left, own);
    }
  } catch (error) {
    ours.delete(directory);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  return async () => {
    ours.delete(directory);
    await rm(path, { force: true });
  };
}

/** Makes a second name for a file; `false` when the name is taken. */
function isLinked(file: string, name: string): Promise<boolean> {
  return link(file, name).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      return false;
    },
  );
}

/** Removes the lock that a crashed emulator has left: one at a time, so that nobody removes the lock of who has done so before. */
async function removeLeft(path: string, left: string, own: string): Promise<void> {
  const turn = `${path}.turn`;
  if (!(await isLinked(own, turn))) {
    const other = Number(await readFile(turn, "utf8").catch(ifMissing(() => String(process.pid))));
    if (!isAlive(other)) await rm(turn, { force: true });
    return sleep(10);
  }
  try {
    const now = await readFile(path, "utf8").catch(ifMissing(() => undefined));
    if (now === left) await rm(path, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Turns the failure of what is not there into an answer; every other failure stays one. */
function ifMissing<T>(answer: () => T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code !== "ENOENT") throw error;
    return answer();
  };
}
