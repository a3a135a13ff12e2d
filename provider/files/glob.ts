import picomatch from "picomatch";

/**
 * Patterns of paths that are left out, as `files put --exclude` has them: those of picomatch, from the folder on, with
 * `*`, `**`, `?`, `[…]` and `{a,b}`. Names that begin with a dot match too. A pattern that names a folder also leaves out
 * what is in it.
 *
 * @returns a function for a path, which has a slash at its end if it is a folder
 */
export function excluding(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map((pattern) => picomatch(pattern.replace(/\/$/, ""), { dot: true }));
  if (tests.length === 0) return () => false;
  return (path) => tests.some((test) => test(path.replace(/\/$/, "")));
}
