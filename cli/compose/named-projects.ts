import { basename, dirname, resolve } from "node:path";
import { COMPOSE_NAMES, locateProject, OVERRIDE_NAMES } from "../../compose/project";
import { unmarkedVariables } from "../../provider/secrets";
import { type Surface, UsageError } from "../command";
import type * as Globs from "./globs";
import { type NamedProject, namedProject, type ProjectArguments } from "./project-options";
import { isStream } from "./validate-text";

/**
 * Returns the projects that the command line names, in their order and without duplicates. Every FILE, FOLDER and
 * matched file is a separate project, and all options apply to each project. Only `--file` merges several files into
 * one project.
 */
export function namedProjects(read: ProjectArguments, surface: Surface): readonly NamedProject[] {
  const { values, positionals } = read;
  const isOne = positionals.length <= 1 && !positionals.some((path) => isPattern(path, surface));
  if (values.file.length > 0) {
    if (!isOne) throw new UsageError("--file merges files into one project: name one file or folder with it");
    return [namedProject(read, surface)];
  }
  if (positionals.includes("")) throw new UsageError("A path must not be empty");
  const paths = positionals.length === 0 ? ["."] : positionals.flatMap((path) => expanded(path, surface));
  const projects = paths.map((path) => {
    const positional = isStream(path, surface) ? path : withOverride(path, surface);
    return namedProject({ values, positionals: [positional] }, surface);
  });
  return projects.length === 1 ? projects : eachOnce(projects, surface);
}

/** Returns whether a word is a pattern. If a file with the name of the word exists, the word means this file. */
function isPattern(path: string, surface: Surface): boolean {
  return /[*?[{]/.test(path) && surface.stat(path) === "missing";
}

function expanded(path: string, surface: Surface): readonly string[] {
  if (!isPattern(path, surface)) return [path];
  const { filesMatching } = require("./globs") as typeof Globs;
  const found = filesMatching(path, surface.folder, surface.files);
  if (found.length === 0) throw new UsageError(`No file matches ${path}. A pattern stands for files, not for folders`);
  return found;
}

/**
 * If a path is an override file, and its folder also has a Compose file, returns the folder, because an override file
 * is not a project by itself. Returns any other path unchanged.
 */
function withOverride(path: string, surface: Surface): string {
  if (!OVERRIDE_NAMES.includes(basename(path))) return path;
  const folder = dirname(path);
  return COMPOSE_NAMES.some((name) => surface.stat(resolve(surface.folder, folder, name)) === "file") ? folder : path;
}

/** Returns the projects without duplicates. A project of one file is left out if another project contains this file. */
function eachOnce(projects: readonly NamedProject[], surface: Surface): readonly NamedProject[] {
  const located = projects.map((project) => {
    const files = filesOf(project, surface);
    return { project, files, key: files.join("\n") };
  });
  const whole = new Set(located.flatMap(({ files }) => (files.length > 1 ? files : [])));
  const keys = new Set<string>();
  return located.flatMap(({ project, files: [first = "", ...others], key }) => {
    if (keys.has(key) || (others.length === 0 && whole.has(first))) return [];
    keys.add(key);
    return [project];
  });
}

/**
 * Returns the real paths of the files of a project. For a stream, or a folder without a Compose file, returns the path
 * itself.
 */
function filesOf({ paths, variables, envFiles }: NamedProject, surface: Surface): readonly string[] {
  const [path] = paths;
  if (isStream(path, surface)) return [path];
  const named = {
    paths,
    from: surface.folder,
    variables: unmarkedVariables(variables),
    ...(envFiles === undefined ? {} : { envFiles }),
  };
  const files = locateProject(named, surface.files)?.files ?? [resolve(surface.folder, path)];
  return files.map((file) => surface.files.real(file));
}
