import { type LoadOptions, loadProject as loadFrom, type Project } from "../loading";
import { diskFiles } from "./disk";

/**
 * Loads a Compose project from the disk. Like `loadProject` of the main entry, but `files` is the disk by default, and
 * relative paths start at the current folder.
 */
export function loadProject(paths: string | readonly string[], options: Partial<LoadOptions> = {}): Project {
  // These defaults also replace an option with the value `undefined`.
  const { files = diskFiles, from = process.cwd(), ...rest } = options;
  return loadFrom(paths, { ...rest, files, from });
}
