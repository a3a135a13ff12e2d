import { type FileHandle, open } from "node:fs/promises";
import type { Content } from "../bucket";
import { StorageError } from "../errors";

/** A local file as content to send. The caller must close it. */
export interface LocalContent extends Content {
  close(): Promise<void>;
}

/**
 * Opens a local file to send it. If the file changed between two reads, the stored file would be a mixture. So each
 * read compares the size and the times of the file with the values at the start.
 */
export async function openContent(path: string): Promise<LocalContent> {
  const file = await opened(path);
  const readInto = async (bytes: Uint8Array, offset: number) => {
    try {
      return { filled: await fill(file, bytes, offset), now: await file.stat() };
    } catch (error) {
      throw localError(path, "read", error);
    }
  };
  try {
    const before = await file.stat();
    return {
      bytes: before.size,
      async read(offset, length) {
        const bytes = Buffer.allocUnsafe(length);
        const { filled, now } = await readInto(bytes, offset);
        if (filled < length || now.size !== before.size || now.mtimeMs !== before.mtimeMs)
          throw new StorageError("LYC6007", `${path} changed while it was read.`);
        return bytes;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw localError(path, "read", error);
  }
}

async function fill(file: FileHandle, bytes: Uint8Array, offset: number): Promise<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
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

/** The error of a local file, with the operating system's reason in words. */
export function localError(path: string, act: "read" | "written", error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (!/^E[A-Z]+$/.test(code)) return error;
  return new StorageError("LYC6008", `${path} cannot be ${act}: ${REASONS[code] ?? code}.`);
}
