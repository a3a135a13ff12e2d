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
 * Validates the prefix of keys, and returns the prefix without a leading slash, because keys have no leading slash. The
 * prefix may be empty, and may end in the middle of a name.
 */
export function validPrefix(prefix: string): string {
  const short = prefix.startsWith("/") ? prefix.slice(1) : prefix;
  if (short === "") return short;
  // A key must not end with a slash. The added letter makes a valid key of a prefix such as `data/`.
  refuse(prefix, keyProblem(`${short}a`));
  return short;
}

function refuse(name: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new StorageError("LYC6009", `${JSON.stringify(name.slice(0, 200))} is not a valid name: ${problem}.`);
}

/**
 * Returns prefixes with which the bucket lists all keys. A request for each key would mean thousands of requests, so
 * keys with the same first folder share one prefix: the longest folder that contains all of them. A key that shares its
 * first folder with no other key is its own prefix.
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
