import { join, posix } from "node:path";
import { isMap, parseDocument } from "yaml";
import { PROJECT_FILES } from "../../../provider/policy/declared";
import type { Surface } from "../../command";
import { repositoryFiles } from "./repository-files";

/** A Pulumi project of a repository. */
export interface RepositoryProject {
  /** The project's folder, relative to the folder of the command; `.` if both are the same. */
  readonly folder: string;
  readonly name: string;
  /**
   * The language of the project's program, such as `yaml` or `nodejs`; empty if the project file does not name a
   * language.
   */
  readonly runtime: string;
  /** The tool with which the language host installs packages, such as `uv`; empty if the file does not name a tool. */
  readonly toolchain: string;
  /** The folder of the project's settings files, relative to the folder of the command. */
  readonly settingsFolder: string;
  /** The names of the project's stacks that have a settings file, sorted. */
  readonly stacks: readonly string[];
}

const SETTINGS_FILE = /^Pulumi\.(.+)\.(?:ya?ml|json)$/;
const LARGEST_PROJECT_FILE = 1_000_000;

/** Returns the Pulumi projects in the folder of the command and below, sorted by folder. */
export function findProjects(
  surface: Pick<Surface, "folder" | "read">,
  files: readonly string[] = repositoryFiles(surface.folder),
): readonly RepositoryProject[] {
  const folders = new Set(files.filter((path) => PROJECT_FILES.includes(posix.basename(path))).map(posix.dirname));
  return [...folders].sort().flatMap((folder) => {
    const path = PROJECT_FILES.map((name) => posix.join(folder, name)).find((one) => files.includes(one));
    return path === undefined ? [] : [projectOf(path, files, surface)];
  });
}

function projectOf(path: string, files: readonly string[], surface: Pick<Surface, "read">): RepositoryProject {
  const folder = posix.dirname(path);
  const { configFolder, ...own } = readProjectFile(path, surface);
  const settingsFolder = posix.join(folder, configFolder).replace(/\/$/, "");
  const stacks = files.flatMap((file) => stackOf(file, settingsFolder) ?? []);
  return { ...own, folder, settingsFolder, stacks: [...new Set(stacks)].sort() };
}

/** Returns the name of the stack whose settings are in the file. */
function stackOf(file: string, settingsFolder: string): string | undefined {
  return posix.dirname(file) === settingsFolder ? SETTINGS_FILE.exec(posix.basename(file))?.[1] : undefined;
}

/**
 * Returns true if a file is the settings file of one of the project's stacks, and `fits` accepts the name of this
 * stack.
 */
export function isSettingsFile(
  file: string,
  { settingsFolder }: Pick<RepositoryProject, "settingsFolder">,
  fits: (stack: string) => boolean,
): boolean {
  const stack = stackOf(file, settingsFolder);
  return stack !== undefined && fits(stack);
}

/** The part of a project file that `ci` uses. Pulumi itself reports errors in the file. */
export interface ProjectSettings extends Pick<RepositoryProject, "name" | "runtime" | "toolchain"> {
  /** The folder of the stacks' settings files, relative to the project's folder. */
  readonly configFolder: string;
}

/**
 * Reads the project file of a folder. If the folder has several project files, reads the one that Pulumi reads. If it
 * has none, all settings are empty.
 */
export function readProjectIn(folder: string, surface: Pick<Surface, "read" | "stat">): ProjectSettings {
  const paths = PROJECT_FILES.map((name) => join(folder, name));
  return readProjectFile(paths.find((path) => surface.stat(path) === "file") ?? join(folder, "Pulumi.yaml"), surface);
}

/** Reads a project file, such as `infra/Pulumi.yaml`. */
export function readProjectFile(path: string, { read }: Pick<Surface, "read">): ProjectSettings {
  const found = read(path, LARGEST_PROJECT_FILE);
  const text = found.kind === "bytes" ? Buffer.from(found.bytes).toString("utf8") : "";
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const word = (...keys: readonly string[]) => {
    const value = isMap(document.contents) ? document.getIn(keys) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return {
    name: word("name") ?? "",
    runtime: word("runtime") ?? word("runtime", "name") ?? "",
    toolchain: word("runtime", "options", "toolchain") ?? word("runtime", "options", "packagemanager") ?? "",
    configFolder: word("stackConfigDir") ?? word("config") ?? ".",
  };
}
