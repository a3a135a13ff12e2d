import { printableKey } from "../../diagnostics/position";
import { isAbsolutePath } from "../../model/file-paths";
import { OPTION_TEXTS } from "../../model/option-texts";
import { decodeUtf8, LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { type FileMode, fileErrorMessage } from "../files/files";
import { MOST_LISTED, type ProjectReader } from "../files/reader";

const DEEPEST_FOLDER = 16;
/**
 * Files that are not copied, because they only keep an empty folder in a repository, or because the desktop of macOS
 * has created them.
 */
const PLACEHOLDERS = new Set([".gitkeep", ".keep", ".gitignore", ".DS_Store"]);

/** A text file of the project that a service mounts. */
export interface LocalFile {
  /** The path relative to the project folder, as in messages. */
  readonly shown: string;
  /** The path relative to the mounted folder. Empty if the file itself is mounted. */
  readonly below: string;
  readonly text: string;
  /** The mode of the copy in the container. Absent if Compose's default mode is right. */
  readonly mode?: string;
}

/**
 * The content of a mounted path. `files`: text files that can be sent with the Compose text. `nothing`: the path is
 * missing, or the folder has no files to send. `unknown`: a path is not known yet. `unfit`: the content cannot be sent.
 */
export type LocalContent =
  | {
      readonly kind: "files";
      readonly files: readonly LocalFile[];
      readonly folder: boolean;
      /** The names of empty files. They are not copied, because Compose creates no file for an empty config. */
      readonly empty: readonly string[];
    }
  | { readonly kind: "nothing"; readonly missing: boolean; readonly empty: readonly string[] }
  | { readonly kind: "unknown" }
  | ({ readonly kind: "unfit" } & Reason);

/**
 * Why the files of a mount cannot be sent with the Compose text, and what the user can do. In a message, `reason`
 * follows the path of the mount.
 */
export interface Reason {
  readonly reason: string;
  readonly remedy: string;
}

/** What the user can do about files that cannot be sent with the Compose text. */
export const INTO_IMAGE = "Put the files into the image, or let the container fetch them from an object store.";

/** The reason why the run does not get an empty file. */
export const NO_EMPTY_CONFIG = "Compose creates no file for an empty config";

/**
 * Returns the remedy for a mount whose files cannot be sent with the text. If a store could take the files, the remedy
 * names the option for a store too. A store takes only files with a relative path.
 *
 * @param store the store in use; undefined if no store is in use
 */
export function remedyFor(source: string, remedy: string, store: unknown): string {
  return remedy === INTO_IMAGE && store === undefined && !isAbsolutePath(source) ? OPTION_TEXTS.storeOrImage : remedy;
}

type Files = Extract<LocalContent, { kind: "files" }>;
type Unfit = Extract<LocalContent, { kind: "unfit" | "unknown" }>;

/** Reads the file or folder at a mounted path. Limits: 128 files and folders, 16 levels, and 1 MB for each file. */
export function readLocal(path: string, reader: ProjectReader): LocalContent {
  switch (reader.stat(path)) {
    case "missing":
      return { kind: "nothing", missing: true, empty: [] };
    case "folder":
      return reader.inside(path)
        ? readFolder(path, reader)
        : unfit("lies outside the project folder", OPTION_TEXTS.widerRoot);
    default: {
      const file = readFile(path, "", reader);
      if (file === "empty") return { kind: "files", folder: false, files: [], empty: [reader.shown(path)] };
      return "kind" in file ? file : { kind: "files", folder: false, files: [file], empty: [] };
    }
  }
}

/** Reads some files of a folder. An empty file is left out. */
export function readFiles(folder: string, paths: readonly string[], reader: ProjectReader): Files | Unfit {
  const files: LocalFile[] = [];
  for (const path of paths) {
    const file = readFile(`${folder}/${path}`, path, reader);
    if (file === "empty") continue;
    if ("kind" in file) return file;
    files.push(file);
  }
  return { kind: "files", folder: true, files, empty: [] };
}

function readFolder(folder: string, reader: ProjectReader): LocalContent {
  const files: LocalFile[] = [];
  const empty: string[] = [];
  let count = 0;
  const waiting = [{ below: "", depth: 1 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { below, depth } = next;
    if (depth > DEEPEST_FOLDER) return unfit(`holds folders more than ${DEEPEST_FOLDER} levels deep`);
    const listed = reader.list(`${folder}/${below}`);
    if (listed.kind === "fault") {
      const subject = below === "" ? "" : `holds ${printableKey(below)}, which `;
      return unfit(`${subject}${fileErrorMessage(listed.reason, LARGEST_COMPOSE_TEXT)}`);
    }
    for (const name of listed.names) {
      if (PLACEHOLDERS.has(name)) continue;
      count += 1;
      if (count > MOST_LISTED) return unfit(`holds more than ${MOST_LISTED} files and folders`);
      const inside = below === "" ? name : `${below}/${name}`;
      if (reader.stat(`${folder}/${inside}`) === "folder") {
        waiting.push({ below: inside, depth: depth + 1 });
        continue;
      }
      const file = readFile(`${folder}/${inside}`, inside, reader);
      if (file === "empty") empty.push(reader.shown(`${folder}/${inside}`));
      else if ("kind" in file) return file;
      else files.push(file);
    }
  }
  return files.length === 0
    ? { kind: "nothing", missing: false, empty }
    : { kind: "files", folder: true, files, empty };
}

/** Reads a file as text. `below` is the path of the file in the mounted folder. An error shows this path. */
function readFile(path: string, below: string, reader: ProjectReader): LocalFile | Unfit | "empty" {
  const subject = below === "" ? "" : `holds ${printableKey(below)}, which `;
  if (reader.stat(path) === "device") return unfit(`${subject}is a socket, a pipe or a device`);
  const obtained = reader.obtain(path, LARGEST_COMPOSE_TEXT);
  if (obtained.kind === "unknown") return obtained;
  if (obtained.kind === "failed") {
    const { of, message } = obtained;
    const reason = of === "file" ? `${subject}${message}` : `cannot be read: the project ${message}`;
    return unfit(reason, obtained.code === "LYC2503" ? OPTION_TEXTS.widerRoot : INTO_IMAGE);
  }
  const { bytes, ...mode } = obtained.source;
  if (bytes.byteLength === 0) return "empty";
  const text = bytes.includes(0) ? undefined : decodeUtf8(bytes, true);
  if (text === undefined) return unfit(`${subject}is not a text file (UTF-8)`);
  return { shown: reader.shown(path), below, text, ...modeOf(mode) };
}

/**
 * Returns the mode of the copy, or nothing if Compose's default mode is right. With the default mode, everybody in the
 * container can read the copy.
 */
function modeOf({ executable, ownerOnly }: FileMode): Pick<LocalFile, "mode"> {
  if (ownerOnly === true) return { mode: executable === true ? "0500" : "0400" };
  return executable === true ? { mode: "0755" } : {};
}

function unfit(reason: string, remedy = INTO_IMAGE): Unfit {
  return { kind: "unfit", reason, remedy };
}
