import type { ComposeNode } from "../../model/model";
import { basename, dirname, resolve } from "../../paths";
import { decodeUtf8, LARGEST_COMPOSE_TEXT, UNKNOWN_MARKER } from "../../yaml/text";
import { textOf, valueAt } from "../nodes";
import type { BundleOptions } from "../options";
import { readEnvFile } from "../variables/dotenv";
import { substitute, type VariableLookup, type VariableValue } from "../variables/template";
import type { ProjectFiles } from "./files";

/** The file names that Compose searches in a folder. If several files exist, the first name counts. */
export const COMPOSE_NAMES: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];

/** The names of an override file. If several files exist, the first name counts. */
export const OVERRIDE_NAMES: readonly string[] = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** The options that decide the files and the folder of a project. */
export type NamedLocation = Pick<BundleOptions, "paths" | "from" | "envFiles" | "variables">;

/** The files and the folder of a project. All paths are absolute. */
export interface ProjectLocation {
  readonly files: readonly string[];
  readonly folder: string;
  /**
   * The folder that the caller named, or the folder of the first named file. Differs from `folder` if `COMPOSE_FILE`
   * names the project's files, and the first of these files is in another folder.
   */
  readonly named: string;
}

/**
 * Finds the files and the folder of a project.
 *
 * | the caller names | files | project folder |
 * |---|---|---|
 * | files | these files | that of the first file |
 * | a folder, and the variable `COMPOSE_FILE` is set | those in `COMPOSE_FILE` | that of the first file |
 * | a folder | a file with one of Compose's names, and its override file | the folder |
 *
 * Returns `undefined` if a folder has no file with one of Compose's names.
 */
export function locateProject(named: NamedLocation, files: ProjectFiles): ProjectLocation | undefined {
  const { paths, from } = named;
  const whole = paths.map((path) => resolve(from, path));
  const [first = from, ...others] = whole;
  if (files.stat(first) !== "folder") return { files: whole, folder: dirname(first), named: dirname(first) };
  const declared = others.length > 0 ? undefined : declaredFiles(first, named, files);
  if (declared !== undefined) return { files: declared, folder: dirname(declared[0] ?? first), named: first };
  const main = find(first, COMPOSE_NAMES, files);
  if (main === undefined) return undefined;
  // As in Compose, the override file is not used if the caller names several files.
  const override = others.length > 0 ? undefined : find(first, OVERRIDE_NAMES, files);
  return { files: [main, ...(override === undefined ? [] : [override]), ...others], folder: first, named: first };
}

/** Returns the absolute path of the project folder, even if the folder has no Compose file. */
export function projectFolder(named: NamedLocation, files: ProjectFiles): string {
  return locateProject(named, files)?.folder ?? resolve(named.from, named.paths[0] ?? ".");
}

/** Returns the paths of the caller's env files, or of the `.env` in a folder if the caller passes no env files. */
export function envFilesOf(
  { envFiles, from }: Pick<NamedLocation, "envFiles" | "from">,
  folder: string,
  files: Pick<ProjectFiles, "stat">,
): readonly string[] {
  if (envFiles !== undefined) return envFiles.map((path) => resolve(from, path));
  const fallback = resolve(folder, ".env");
  return files.stat(fallback) === "file" ? [fallback] : [];
}

/**
 * Returns a lookup of the variables outside env files: the caller's variables, and `PWD`. If the caller does not set
 * `PWD`, its value is `folder`. The folder `/` stands for a text without a folder, and sets no `PWD`.
 *
 * @param folder the folder that the caller named, or the folder of the first named file
 */
export function givenVariables({ variables }: NamedLocation, folder: string): VariableLookup {
  const working: VariableValue | undefined =
    folder === "/" ? undefined : { text: folder, secret: false, ofMachine: true };
  return (name) => variables?.get(name) ?? (name === "PWD" ? working : undefined);
}

/**
 * Returns the files that `COMPOSE_FILE` names. Errors in env files are reported later, when `projectVariables` reads
 * the files again.
 */
function declaredFiles(folder: string, named: NamedLocation, files: ProjectFiles): readonly string[] | undefined {
  const found = new Map<string, string>();
  const given = givenVariables(named, folder);
  const earlier: VariableLookup = (name) => {
    const text = found.get(name);
    return text === undefined ? undefined : { text, secret: true };
  };
  for (const path of envFilesOf(named, folder, files)) {
    const read = files.read(path, LARGEST_COMPOSE_TEXT);
    const text = read.kind === "bytes" ? decodeUtf8(read.bytes) : undefined;
    for (const { name, value } of readEnvFile(text ?? "", { given, earlier }).entries) found.set(name, value);
  }
  const setting = (name: string) => given(name)?.text ?? found.get(name);
  const list = setting("COMPOSE_FILE");
  const separator = setting("COMPOSE_PATH_SEPARATOR") || ":";
  // If the value of `COMPOSE_PATH_SEPARATOR` is not known yet, the file names in `COMPOSE_FILE` are not known either.
  if (list !== undefined && separator.includes(UNKNOWN_MARKER)) return [resolve(folder, UNKNOWN_MARKER)];
  return list?.split(separator).map((path) => resolve(folder, path));
}

function find(folder: string, names: readonly string[], files: ProjectFiles): string | undefined {
  return names.map((name) => resolve(folder, name)).find((path) => files.stat(path) === "file");
}

/**
 * Returns the name of a project: the name in the last file with a name, or otherwise the name of the folder.
 *
 * @param documents the files of the project without included files, in order
 */
export function projectName(
  documents: Iterable<ComposeNode | undefined>,
  folder: string,
  lookup: VariableLookup,
): string | undefined {
  let written: string | undefined;
  for (const document of documents) written = textOf(valueAt(document, "name")) || written;
  const name = normalisedName(written === undefined ? "" : substitute(written, lookup).text);
  return name || normalisedName(basename(folder)) || undefined;
}

/** Whether Compose accepts a project name (`COMPOSE_PROJECT_NAME`). */
export function isProjectName(name: string): boolean {
  return normalisedName(name) === name;
}

function normalisedName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}
