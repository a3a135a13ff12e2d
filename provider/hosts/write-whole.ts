import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Writes a text to a file, whole or not at all, and makes the folders that it is in. A relative path is one of the process's folder.
 *
 * @throws {Error} with a reason in words
 */
export function writeWhole(path: string, text: string): void {
  const target = resolve(path);
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, target);
  } catch (error) {
    remove(unfinished);
    throw new Error(`the file cannot be written (${String((error as { code?: unknown }).code ?? "error")})`);
  }
}

/** What was not written whole; where it cannot even be looked for, there is nothing to remove. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error that is reported is the one of writing.
  }
}
