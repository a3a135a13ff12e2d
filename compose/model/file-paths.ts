import { normalize } from "../paths";

/** Whether a path starts at the root of the disk, at the user's home folder, or at a Windows drive. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/~]|\\\\|[A-Za-z]:[\\/])/.test(path);
}

/** Returns a path in its shortest spelling, without a slash at the end. */
export function cleanPath(path: string): string {
  return normalize(path).replace(/(?<=.)\/$/, "");
}

/** Whether a build context is on another machine, or is the image of another service. */
export function isRemoteContext(context: string): boolean {
  return /:\/\/|^service:|^github\.com\/|^git@/.test(context);
}
