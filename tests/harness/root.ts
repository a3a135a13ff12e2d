import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The root of the repository: the nearest folder above this file that contains jest's configuration. The compiled file
 * finds the same folder.
 */
export const ROOT = rootAbove(__dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, "jest.config.js"))) return folder;
  if (dirname(folder) === folder) throw new Error("No folder above the tests holds jest.config.js.");
  return rootAbove(dirname(folder));
}
