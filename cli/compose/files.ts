import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import type { FileRead } from "../command";
import { pauseBriefly } from "../output";

/**
 * Reads at most `most` bytes, because a device or a growing file may have no end. Descriptor 0 is the standard input.
 */
export function readAtMost(path: string, most: number): FileRead {
  let descriptor: number | undefined;
  try {
    descriptor = path === "-" ? 0 : openSync(path, "r");
    const buffer = Buffer.alloc(most);
    let length = 0;
    while (length < most) {
      const read = readWhenThere(descriptor, buffer, length, most - length);
      if (read === 0) break;
      length += read;
    }
    return { kind: "bytes", bytes: buffer.subarray(0, length) };
  } catch (error) {
    return { kind: "error", reason: problem((error as { code?: unknown }).code) };
  } finally {
    if (descriptor !== undefined && descriptor !== 0) closeSync(descriptor);
  }
}

function readWhenThere(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, length, null);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EAGAIN") throw error;
      pauseBriefly();
    }
  }
}

/** Returns what is at a path. If the path is a link, returns what is at its target. */
export function stat(path: string): "file" | "folder" | "stream" | "missing" {
  const entry = statOf(path);
  if (entry === undefined) return "missing";
  return entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "stream";
}

/** Returns the metadata of a path. If this fails, for example at a link to itself, the path counts as missing. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function problem(code: unknown): string {
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES") return "may not be read by this user";
  if (code === "EISDIR") return "is a folder";
  return `could not be read (${String(code ?? "unknown error")})`;
}
