import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { removeAbandoned } from "../../emulator/src/emulator";
import { emulatorsFolder, lockDataFolder, removeAbandonedFolders } from "../../emulator/src/store/data-folder";
import { EXIT_CODES, type Surface } from "../command";

/** `emulator clean`: removes what ended emulators of this user have left on this machine. */
export async function clean(surface: Surface): Promise<number> {
  const folder = emulatorsFolder();
  removeAbandonedFolders(folder);
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (/^detached-\d+\.log$/.test(name)) rmSync(path, { force: true });
    if (/^\d+$/.test(name)) surface.print(cleanFolder(path));
  }
  const { runs, problems } = await removeAbandoned();
  if (problems.length === 0)
    surface.print(`Removed what ${runs} runs of ended emulators had left on the Docker daemon.`);
  for (const problem of problems) surface.printError(problem);
  return problems.length === 0 ? EXIT_CODES.clean : EXIT_CODES.errors;
}

function cleanFolder(path: string): string {
  try {
    // The lock prevents that an emulator starts to use the folder meanwhile.
    lockDataFolder(path);
    rmSync(path, { recursive: true, force: true });
    return `Removed ${path}.`;
  } catch (error) {
    return `Kept: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
