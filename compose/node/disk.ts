import { closeSync, fstatSync, opendirSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import type { FileError, FileRead, ProjectFiles } from "../project/files/files";

/** Access to the files of this machine. */
export const diskFiles: ProjectFiles = {
  stat(path) {
    try {
      const entry = statSync(path);
      return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "device";
    } catch (error) {
      return reasonOf(error) === "forbidden" ? "forbidden" : "missing";
    }
  },
  real(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },
  read(path, most) {
    try {
      return readBounded(path, most);
    } catch (error) {
      return { kind: "fault", reason: reasonOf(error) };
    }
  },
  list(path, most) {
    try {
      return { kind: "names", names: listBounded(path, most) };
    } catch (error) {
      return { kind: "fault", reason: reasonOf(error) };
    }
  },
};

function listBounded(path: string, most: number): string[] {
  const folder = opendirSync(path);
  try {
    const names: string[] = [];
    for (let entry = folder.readSync(); entry !== null && names.length <= most; entry = folder.readSync()) {
      names.push(entry.name);
    }
    return names.sort();
  } finally {
    folder.closeSync();
  }
}

function readBounded(path: string, most: number): FileRead {
  // The type of the file is checked before the file is opened, because opening a pipe would wait for its writer.
  const entry = statSync(path);
  if (entry.isDirectory()) return { kind: "fault", reason: "folder" };
  if (!entry.isFile()) return { kind: "fault", reason: "unreadable" };
  const file = openSync(path, "r");
  try {
    if (fstatSync(file).size > most) return { kind: "fault", reason: "large" };
    // A file may grow after the check of its size. For this reason, at most one byte more than `most` is read.
    const buffer = Buffer.alloc(most + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length <= most; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length > most) return { kind: "fault", reason: "large" };
    const mode = { executable: (entry.mode & 0o100) !== 0, ownerOnly: (entry.mode & 0o077) === 0 };
    return { kind: "bytes", bytes: buffer.subarray(0, length), ...mode };
  } finally {
    closeSync(file);
  }
}

const REASONS: Readonly<Record<string, FileError>> = {
  ENOENT: "missing",
  ENOTDIR: "missing",
  EACCES: "forbidden",
  EPERM: "forbidden",
  EISDIR: "folder",
};

function reasonOf(error: unknown): FileError {
  return REASONS[String((error as { readonly code?: unknown }).code)] ?? "unreadable";
}
