import { posix } from "node:path";

/** Whether a path starts at a root: of this machine, of the user's folder, or of Windows. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/~]|\\\\|[A-Za-z]:[\\/])/.test(path);
}

/** A path in its shortest spelling, without a slash at its end. */
export function cleanPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}

/** Whether a folder to build from is on another machine, or what another service builds. */
export function isRemoteContext(context: string): boolean {
  return /:\/\/|^service:|^github\.com\/|^git@/.test(context);
}
