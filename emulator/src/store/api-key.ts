import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_KEY } from "./data-folder";

/** The beginning of every key of an emulator. A key of a real account begins differently. */
export const KEY_PREFIX = "lk_local_";

/** Returns a new random key. */
export function newKey(): string {
  return `${KEY_PREFIX}${randomBytes(16).toString("hex")}`;
}

/**
 * Returns the key of a data folder. Makes a key if the folder has none. Because the key is stored, it stays valid after
 * a restart. Only the owner may read the file with the key. The caller must have locked the folder.
 */
export function storedKey(directory: string): string {
  const path = join(directory, API_KEY);
  const stored = keyIn(path);
  if (stored !== undefined) return stored;
  const key = newKey();
  rmSync(path, { force: true });
  writeFileSync(path, `${key}\n`, { mode: 0o600, flag: "wx" });
  return key;
}

/** Reads a key. Undefined if the file is absent, was cut off by a crash, or is not an ordinary file. */
function keyIn(path: string): string | undefined {
  try {
    if (!lstatSync(path).isFile()) return undefined;
    chmodSync(path, 0o600);
    return /^(lk_local_[0-9a-f]{32})\n$/.exec(readFileSync(path, "utf8"))?.[1];
  } catch {
    return undefined;
  }
}
