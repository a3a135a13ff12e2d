import { isSecretFile } from "../../secrets";
import { printableKey } from "../path";
import { decodeUtf8 } from "../text";
import { type FileMode, fileErrorMessage } from "./files";
import { mostListed, type ProjectReader } from "./reader";

/** A local file that is sent may have so many bytes. */
export const largestLocalFile = 131_072;
const deepestFolder = 8;
/** Files that only keep a folder in a repository, or that a desktop leaves in it. */
const placeholders = new Set([".gitkeep", ".keep", ".gitignore", ".DS_Store"]);

/** A text file of the project that a service mounts. */
export interface LocalFile {
  /** As it is shown, relative to the project folder. */
  readonly shown: string;
  /** Relative to what is mounted; empty for a file that is mounted itself. */
  readonly below: string;
  readonly text: string;
  /** The mode of its copy; absent for the one that Compose gives to a config. */
  readonly mode?: string;
  /** Whether its name, or that of the file that it is a link to, says that the content is a secret. */
  readonly secret: boolean;
}

/** What stands at the source of a mount: files that fit into a text, nothing, or why they do not fit. */
export type LocalContent =
  | { readonly kind: "files"; readonly files: readonly LocalFile[]; readonly folder: boolean }
  | { readonly kind: "nothing"; readonly missing: boolean }
  | { readonly kind: "unknown" }
  | ({ readonly kind: "unfit" } & Reason);

/** Why a mount is left as it is, in words that follow its name, and what to do. */
export interface Reason {
  readonly reason: string;
  readonly remedy: string;
}

/** What to do about files that do not fit into a text. */
export const intoImage = "Put the files into the image, or let the container fetch them from an object store.";
const widerRoot = "Name a wider folder as `composeRoot` (`--root`), or copy the files into the project.";

type Unfit = Extract<LocalContent, { kind: "unfit" | "unknown" }>;

/** Reads what is mounted, within bounds: at most 64 files and folders, 8 levels, 128 KiB each. */
export function readLocal(path: string, reader: ProjectReader): LocalContent {
  switch (reader.stat(path)) {
    case "missing":
      return { kind: "nothing", missing: true };
    case "folder":
      return reader.inside(path) ? readFolder(path, reader) : unfit("lies outside the project folder", widerRoot);
    default: {
      const file = readFile(path, "", reader);
      return "kind" in file ? file : { kind: "files", folder: false, files: [file] };
    }
  }
}

function readFolder(folder: string, reader: ProjectReader): LocalContent {
  const files: LocalFile[] = [];
  let count = 0;
  const waiting = [{ below: "", depth: 1 }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { below, depth } = next;
    if (depth > deepestFolder) return unfit(`holds folders more than ${deepestFolder} levels deep`);
    const listed = reader.list(`${folder}/${below}`);
    if (listed.kind === "fault") {
      const subject = below === "" ? "" : `holds ${printableKey(below)}, which `;
      return unfit(`${subject}${fileErrorMessage(listed.reason, largestLocalFile)}`);
    }
    for (const name of listed.names) {
      if (placeholders.has(name)) continue;
      count += 1;
      if (count > mostListed) return unfit(`holds more than ${mostListed} files and folders`);
      const inside = below === "" ? name : `${below}/${name}`;
      if (reader.stat(`${folder}/${inside}`) === "folder") {
        waiting.push({ below: inside, depth: depth + 1 });
        continue;
      }
      const file = readFile(`${folder}/${inside}`, inside, reader);
      if ("kind" in file) return file;
      files.push(file);
    }
  }
  return files.length === 0 ? { kind: "nothing", missing: false } : { kind: "files", folder: true, files };
}

/** A file as text. One that does not fit is named when it lies in the folder that is mounted. */
function readFile(path: string, below: string, reader: ProjectReader): LocalFile | Unfit {
  const subject = below === "" ? "" : `holds ${printableKey(below)}, which `;
  if (reader.stat(path) === "device") return unfit(`${subject}is a socket, a pipe or a device`);
  const obtained = reader.obtain(path, largestLocalFile);
  if (obtained.kind === "unknown") return obtained;
  if (obtained.kind === "failed") {
    const { of, message } = obtained;
    const reason = of === "file" ? `${subject}${message}` : `cannot be read: the project ${message}`;
    return unfit(reason, obtained.code === "LYC2503" ? widerRoot : intoImage);
  }
  const { bytes, ...mode } = obtained.source;
  if (bytes.byteLength > largestLocalFile) return unfit(`${subject}is larger than ${largestLocalFile} bytes`);
  if (bytes.byteLength === 0) {
    const reason = `${subject}is empty: Compose creates no file for an empty config`;
    return unfit(reason, "Write a line into the file, such as a comment, or let the image have it.");
  }
  const text = bytes.includes(0) ? undefined : decodeUtf8(bytes, true);
  if (text === undefined) return unfit(`${subject}is not a text file (UTF-8)`);
  const shown = reader.shown(path);
  const secret = isSecretFile(shown) || isSecretFile(reader.real(path));
  return { shown, below, text, ...modeOf(mode), secret };
}

/** Compose's own mode lets everybody read a config. */
function modeOf({ executable, ownerOnly }: FileMode): Pick<LocalFile, "mode"> {
  if (ownerOnly === true) return { mode: executable === true ? "0500" : "0400" };
  return executable === true ? { mode: "0755" } : {};
}

function unfit(reason: string, remedy = intoImage): Unfit {
  return { kind: "unfit", reason, remedy };
}
