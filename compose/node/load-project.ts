import { type LoadOptions, loadProject as loadFrom, type Project } from "../loading";
import { diskFiles } from "./disk";

/**
 * Loads a Compose project from the disk, as `loadProject` of the main entry does. Relative paths start at `from`, by
 * default at the current folder.
 *
 * @param paths the path of a folder or a file, or the paths of files that are merged in this order
 */
export function loadProject(paths: string | readonly string[], options: Partial<LoadOptions> = {}): Project {
  // These defaults also replace an option with the value `undefined`.
  const { files = diskFiles, from = process.cwd(), ...rest } = options;
  return loadFrom(paths, { ...rest, files, from });
}
