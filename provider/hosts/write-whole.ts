import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Writes a text to a file, whole or not at all, and makes the folders that it is in. A relative path is one of the process's folder.
 *
 * @throws {Error} with a reason in words
 */
export function writeWhole(path: string, text: string): void {
  const target = fileAt(resolve(path));
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

/** The file that a path means: a link is followed, and what is no file, such as a device, is not replaced. */
function fileAt(path: string): string {
  const kind = entryAt(path);
  if (kind === undefined || kind.isFile()) return path;
  if (!kind.isSymbolicLink()) throw new Error("there is something else than a file at its path");
  const target = resolved(path);
  if (entryAt(target)?.isFile() !== true) throw new Error("the link at its path does not lead to a file");
  return target;
}

/** What is at a path; nothing, too, where it cannot be looked at: writing then has the reason. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return "";
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
