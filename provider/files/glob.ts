import picomatch from "picomatch";
import { StorageError } from "../storage/errors";

/**
 * Reads patterns that exclude files, as in `files put --exclude`. The patterns are those of picomatch, relative to the
 * folder, with `*`, `**`, `?`, `[…]` and `{a,b}`. Names that begin with a dot match too. A pattern that matches a
 * folder also excludes everything in the folder.
 *
 * @throws {StorageError} LYC6008 for a pattern that cannot be used
 * @returns a function that returns true for an excluded path. The path of a folder may have a slash at its end
 */
export function excluding(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map(testOf);
  if (tests.length === 0) return () => false;
  return (path) => tests.some((test) => test(path.replace(/\/$/, "")));
}

function testOf(pattern: string): (path: string) => boolean {
  try {
    return picomatch(pattern.replace(/\/$/, ""), { dot: true });
  } catch {
    // The pattern is empty, or longer than 65,536 characters.
    throw new StorageError("LYC6008", `${JSON.stringify(pattern.slice(0, 100))} cannot be used as a pattern.`);
  }
}
