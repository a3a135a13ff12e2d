import { posix } from "node:path";

/** Whether a path is absolute: from the root of this machine, from the user's home folder, or from a Windows drive. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/~]|\\\\|[A-Za-z]:[\\/])/.test(path);
}

/** A path in its shortest spelling, without a slash at the end. */
export function cleanPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** Whether a build context is on another machine, or is the build of another service. */
export function isRemoteContext(context: string): boolean {
  return /:\/\/|^service:|^github\.com\/|^git@/.test(context);
}
