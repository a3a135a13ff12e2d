import { dirname, resolve } from "node:path";
import type { ProjectFiles } from "./files";

/** The names that Compose looks for in a folder, best first. */
export const composeNames: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];

/** The names of the file that overrides it, best first. */
export const overrideNames: readonly string[] = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** The files of a project and its folder; both absolute. */
export interface ProjectLocation {
  readonly files: readonly string[];
  readonly folder: string;
}

/**
 * Where a project is: one or several files, of which the first one's folder is the project's, or a folder with a file of
 * one of Compose's names and, if there is one, its override. `undefined` for a folder without such a file.
 */
export function locateProject(
  paths: readonly string[],
  from: string,
  files: ProjectFiles,
): ProjectLocation | undefined {
  const whole = paths.map((path) => resolve(from, path));
  const [first = from, ...others] = whole;
  if (files.stat(first) !== "folder") return { files: whole, folder: dirname(first) };
  const main = find(first, composeNames, files);
  if (main === undefined) return undefined;
  // As with Compose, naming further files leaves the override out.
  const override = others.length > 0 ? undefined : find(first, overrideNames, files);
  return { files: [main, ...(override === undefined ? [] : [override]), ...others], folder: first };
}

/** The folder of a project, absolute, also of one that is not there. */
export function projectFolder(
  { paths, from }: { readonly paths: readonly string[]; readonly from: string },
  files: ProjectFiles,
): string {
  return locateProject(paths, from, files)?.folder ?? resolve(from, paths[0] ?? ".");
}

function find(folder: string, names: readonly string[], files: ProjectFiles): string | undefined {
  return names.map((name) => resolve(folder, name)).find((path) => files.stat(path) === "file");
}
