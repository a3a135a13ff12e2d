import { keyProblem } from "../schema";
import { StorageError } from "./errors";

/**
 * Validates the key of a file in the bucket, and returns the key. Runs see the bucket as a folder, where an empty part,
 * `.` or `..` in a path would lead to another file.
 */
export function validKey(key: string): string {
  refuse(key, keyProblem(key));
  return key;
}

/**
 * Validates the beginning of keys. Returns the beginning without a leading slash, because keys have no leading slash.
 * The beginning may be empty, and may end within a part of a key.
 */
export function validPrefix(prefix: string): string {
  const short = prefix.startsWith("/") ? prefix.slice(1) : prefix;
  if (short === "") return short;
  // The letter completes the last part of the key. So a prefix that ends with a slash, such as `data/`, is valid.
  refuse(prefix, keyProblem(`${short}a`));
  return short;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new StorageError("LYC6009", `${JSON.stringify(name.slice(0, 200))} is not a valid name: ${problem}.`);
}

/**
 * Returns the beginnings of keys under which to list the files. Keys with the same first part share one beginning: the
 * longest folder that contains all of them. So there are few lists, where a list for each key would be thousands of
 * requests. A key that shares its first part with no other key is its own beginning.
 */
export function beginningsOf(keys: Iterable<string>): readonly string[] {
  const groups = new Map<string, string>();
  for (const key of keys) {
    const first = key.slice(0, key.indexOf("/") + 1) || key;
    groups.set(first, commonFolder(groups.get(first) ?? key, key));
  }
  return [...groups.values()];
}

function commonFolder(one: string, other: string): string {
  if (one === other) return one;
  let length = 0;
  while (one[length] === other[length]) length += 1;
  return one.slice(0, one.lastIndexOf("/", length - 1) + 1);
}
