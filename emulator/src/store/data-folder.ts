import { chmod, lstat, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

/** What an emulator keeps in its data folder. */
const OWN_ENTRIES: ReadonlySet<string> = new Set(["store", "docker"]);

/** The data folder is not the emulator's to use. */
export class DataFolderRefused extends Error {
  constructor(directory: string, reason: string) {
    super(`The data folder ${directory} ${reason}. Give the emulator a folder of its own with --data.`);
    this.name = "DataFolderRefused";
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
  const others = (await readdir(directory)).filter((name) => !OWN_ENTRIES.has(name));
  // Tightening a folder that others use, such as the one for temporary files, would break them.
  if (others.length > 0)
    throw new DataFolderRefused(directory, `holds other things (${others.slice(0, 3).join(", ")})`);
  await chmod(directory, 0o700);
  await tighten(join(directory, "store"));
}

async function tighten(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isDirectory() === true) {
    await chmod(path, 0o700);
    await Promise.all((await readdir(path)).map((name) => tighten(join(path, name))));
  } else if (found?.isFile() === true) await chmod(path, 0o600);
}
