import { chmodSync, chownSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Diagnostic, fixTexts, LARGEST_COMPOSE_TEXT } from "../../compose";
import { type Surface, UsageError } from "../command";
import { writing } from "../output";
import type { NamedProject } from "./project-options";
import { validateProject } from "./validate-project";
import { textPath } from "./validate-text";

/** Replaces a file. */
export type SaveFile = (path: string, bytes: Uint8Array) => void;

const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/**
 * Throws if a project cannot be fixed. A command calls this function for all projects before it changes the first file.
 *
 * @throws UsageError if the project is a stream, or if an argument is wrong
 */
export function assertFixable(project: NamedProject, surface: Surface): void {
  if (textPath(project, surface) !== undefined) throw new UsageError("--fix needs a project of files, not a stream");
  validateProject(project, surface);
}

/**
 * Corrects the errors that have exactly one possible correction. Prints each correction, and saves the files. Returns a
 * surface that reads the corrected files. Without `save`, nothing is written.
 */
export function fixProject(project: NamedProject, surface: Surface, save: SaveFile | undefined): Surface {
  const first = validateProject(project, surface).diagnostics;
  const files = new Map<string, File>();
  for (const { file, edits } of first) {
    const found = file === undefined || edits === undefined ? undefined : ownFile(file, surface);
    if (file !== undefined && found !== undefined) files.set(file, found);
  }
  const before = new Map([...files].map(([name, { text }]) => [name, text]));
  const surfaceOf = (texts: ReadonlyMap<string, string>) => withTexts(surface, texts, files);
  const { texts, fixed } = fixTexts(before, (changed) => validateProject(project, surfaceOf(changed)).diagnostics);
  for (const [name, text] of texts) {
    const file = files.get(name);
    if (file !== undefined && text !== file.text) save?.(file.path, bytesOf(file, text));
  }
  for (const one of fixed) surface.printError(`${save === undefined ? "would fix" : "fixed"} ${inWords(one)}`);
  return surfaceOf(texts);
}

interface File {
  readonly path: string;
  readonly text: string;
  readonly hasMark: boolean;
}

/** Returns a file of the project. Undefined for a link, because it may lead to a file of somebody else. */
function ownFile(name: string, { folder, files }: Surface): File | undefined {
  const path = resolve(folder, name);
  const isLink = files.real(path) !== join(files.real(dirname(path)), basename(path));
  const read = files.read(path, LARGEST_COMPOSE_TEXT);
  if (read.kind !== "bytes" || isLink) return undefined;
  const hasMark = BYTE_ORDER_MARK.equals(Buffer.from(read.bytes).subarray(0, BYTE_ORDER_MARK.length));
  const text = Buffer.from(read.bytes).toString("utf8");
  return { path, text: hasMark ? text.slice(1) : text, hasMark };
}

function bytesOf({ hasMark }: File, text: string): Buffer {
  return Buffer.concat([...(hasMark ? [BYTE_ORDER_MARK] : []), Buffer.from(text, "utf8")]);
}

function withTexts(surface: Surface, texts: ReadonlyMap<string, string>, files: ReadonlyMap<string, File>): Surface {
  const contents = new Map<string, Buffer>();
  for (const [name, text] of texts) {
    const file = files.get(name);
    if (file !== undefined) contents.set(file.path, bytesOf(file, text));
  }
  const read: Surface["files"]["read"] = (path, most) => {
    const bytes = contents.get(path);
    if (bytes === undefined) return surface.files.read(path, most);
    return bytes.byteLength > most ? { kind: "fault", reason: "large" } : { kind: "bytes", bytes };
  };
  return { ...surface, files: { ...surface.files, read } };
}

/** Describes a corrected diagnostic in one line: the position, the code, the message, and the new text. */
function inWords({ file, range, code, message, edits = [] }: Diagnostic): string {
  const [first] = edits;
  const change = first === undefined || first.text === '"' ? "put in quotes" : `changed to \`${first.text}\``;
  return `${file}:${range?.start.line} ${code} ${message}: ${change}`;
}

/**
 * Replaces a file in one step, so that no reader sees half of it. The file keeps its permissions, and its owner if the
 * user may give files to this owner.
 */
export function replaceFile(path: string, bytes: Uint8Array): void {
  writing(path, () => {
    const { mode, uid, gid } = statSync(path);
    const unfinished = `${path}.${process.pid}.new`;
    try {
      writeFileSync(unfinished, bytes, { flag: "wx", mode: 0o600 });
      giveTo(unfinished, uid, gid);
      // The mode is set last: the umask limits the mode of a new file, and a change of the owner removes bits of it.
      chmodSync(unfinished, mode & 0o7777);
      renameSync(unfinished, path);
    } finally {
      rmSync(unfinished, { force: true });
    }
  });
}

function giveTo(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    // Only an administrator may give a file to another owner.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
  }
}
