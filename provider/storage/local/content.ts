import { closeSync, constants, fstatSync, openSync, read, readSync } from "node:fs";
import type { Content } from "../bucket";
import { StorageError } from "../errors";

/** A local file as content to send. Close it after use. */
export interface LocalContent extends Content {
  close(): Promise<void>;
}

/**
 * Up to this many bytes are read synchronously. For thousands of small files, promises would take longer than the
 * reading.
 */
const SMALL = 64 * 1024;
/** Flags to open a file for reading. If the path has become a pipe, opening it does not wait for a writer. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a local file to send it. Each read throws an error if the size or the modification time has changed after
 * the opening. Without this check, the stored file could be a mixture of two versions.
 */
export async function openContent(path: string): Promise<LocalContent> {
  const file = attempt(path, () => openSync(path, READING));
  try {
    const before = attempt(path, () => fstatSync(file));
    return {
      bytes: before.size,
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(length);
        const filled = await fill(path, file, bytes, offset);
        const now = attempt(path, () => fstatSync(file));
        if (filled < length || now.size !== before.size || now.mtimeMs !== before.mtimeMs)
          throw new StorageError("LYC6007", `${path} changed while it was read.`);
        return bytes;
      },
      close: async () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw localError(path, "read", error);
  }
}

async function fill(path: string, file: number, bytes: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const length = bytes.length - filled;
    const more =
      length <= SMALL
        ? attempt(path, () => readSync(file, bytes, filled, length, offset + filled))
        : await readAsync(path, file, bytes, filled, offset);
    if (more === 0) break;
    filled += more;
  }
  return filled;
}

function readAsync(path: string, file: number, bytes: Uint8Array, filled: number, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(file, bytes, filled, bytes.length - filled, offset + filled, (error, count) =>
      error === null ? resolve(count) : reject(localError(path, "read", error)),
    );
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "it may not be read or written",
  EPERM: "it may not be read or written",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is a file",
  ENAMETOOLONG: "its name is too long for this file system",
  ELOOP: "it is a symbolic link that leads back to itself",
};

/** Converts an error of a local file to an error for users. */
export function localError(path: string, act: "read" | "written", error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (!/^E[A-Z]+$/.test(code)) return error;
  return new StorageError("LYC6008", `${path} cannot be ${act}: ${REASONS[code] ?? code}.`);
}
