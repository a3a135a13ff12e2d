import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf } from "../lyceum/errors";

/**
 * Writes a text to a file, completely or not at all, and makes missing folders. A relative path starts at the working
 * folder of the process.
 *
 * @throws {Error} The message of the error is the reason.
 */
export function writeWhole(path: string, text: string): void {
  try {
    const target = fileAt(resolve(path));
    const unfinished = `${target}.${process.pid}.tmp`;
    mkdirSync(dirname(target), { recursive: true });
    try {
      writeFileSync(unfinished, text);
      renameSync(unfinished, target);
    } finally {
      rmSync(unfinished, { force: true });
    }
  } catch (error) {
    const code = codeOf(error);
    throw code === undefined ? error : new Error(`the file cannot be written (${code})`);
  }
}

/** Returns the file that a path means. Follows links. Throws for a device or a folder, which must not be replaced. */
function fileAt(path: string): string {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return path;
  if (!existing.isFile()) throw new Error("there is something else than a file at its path");
  return realpathSync(path);
}
