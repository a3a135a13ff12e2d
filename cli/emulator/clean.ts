import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { removeAbandoned } from "../../emulator/src/emulator";
import {
  emulatorsFolder,
  lockDataFolder,
  removeAbandonedFolders,
  removeFolder,
} from "../../emulator/src/store/data-folder";
import { EXIT_CODES, type Surface } from "../command";
import { announcementFolder, logsInUse } from "./announced";

/**
 * `emulator clean`: for the emulators of this user that have ended, removes the files and containers that they left
 * behind.
 */
export async function clean(surface: Surface): Promise<number> {
  const folder = emulatorsFolder();
  const logs = logsInUse(announcementFolder());
  const problems = [...removeAbandonedFolders(folder)];
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (/^detached-\d+\.log$/.test(name) && !logs.has(path)) rmSync(path, { force: true });
    if (/^\d+$/.test(name)) problems.push(...cleanFolder(path, surface));
  }
  const abandoned = await removeAbandoned();
  if (abandoned.withoutDocker !== undefined)
    surface.print(`Nothing was removed from a Docker daemon: ${abandoned.withoutDocker}`);
  else if (abandoned.problems.length === 0)
    surface.print(`Removed what ${abandoned.runs} runs of ended emulators had left on the Docker daemon.`);
  problems.push(...abandoned.problems);
  for (const problem of problems) surface.printError(problem);
  return problems.length === 0 ? EXIT_CODES.clean : EXIT_CODES.errors;
}

/** Removes a data folder that no emulator uses. If this fails, returns the reason. */
function cleanFolder(path: string, surface: Surface): readonly string[] {
  try {
    // The lock prevents an emulator from using the folder while the folder is removed.
    const unlock = lockDataFolder(path, "in-use");
    const problem = removeFolder(path);
    unlock();
    if (problem !== undefined) return [problem];
    surface.print(`Removed ${path}.`);
  } catch (error) {
    surface.print(`Kept: ${error instanceof Error ? error.message : String(error)}`);
  }
  return [];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
