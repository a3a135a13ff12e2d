/**
 * Functions for paths with `/` between folders. They do the same as `node:path/posix`, but need no Node. The current
 * folder is `/`.
 */

/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

/** Removes `.`, double slashes and, where possible, `..` from a path. A slash at the end stays. */
export function normalize(path: string): string {
  const root = isAbsolute(path) ? "/" : "";
  const clean = stepsOf(path, root === "").join("/");
  if (clean === "") return root || (path.endsWith("/") ? "./" : ".");
  return `${root}${clean}${path.endsWith("/") ? "/" : ""}`;
}

/** Joins paths, and normalizes the result. */
export function join(...paths: readonly string[]): string {
  return normalize(paths.filter((path) => path !== "").join("/"));
}

/** Joins paths to an absolute path. An absolute path replaces the paths before it. */
export function resolve(...paths: readonly string[]): string {
  const first = paths.map(isAbsolute).lastIndexOf(true);
  return `/${stepsOf(paths.slice(Math.max(first, 0)).join("/"), false).join("/")}`;
}

/** Returns the relative path from one absolute path to another. The result is empty if both are the same. */
export function relative(from: string, to: string): string {
  const [start, end] = [stepsOf(from, false), stepsOf(to, false)];
  let common = 0;
  while (common < start.length && start[common] === end[common]) common++;
  return [...start.slice(common).map(() => ".."), ...end.slice(common)].join("/");
}

/** Returns the folder of a path: `/` for the root, and `.` for a path without a slash. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf("/", lengthOf(path) - 1);
  if (slash === -1) return ".";
  return path.slice(0, lengthOf(path.slice(0, slash))) || "/";
}

/** Returns the last name of a path. */
export function basename(path: string): string {
  const end = lengthOf(path);
  return path.slice(path.lastIndexOf("/", end - 1) + 1, end);
}

/** Returns the length of a path without the slashes at its end. */
function lengthOf(path: string): number {
  let length = path.length;
  while (length > 0 && path.charAt(length - 1) === "/") length--;
  return length;
}

/** Returns the names in a path. `..` removes the name before it. Only a relative path may keep `..`, at its start. */
function stepsOf(path: string, isRelative: boolean): string[] {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else if (isRelative) steps.push(step);
  }
  return steps;
}
