import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPOSE_NAMES, OVERRIDE_NAMES } from "../../compose/project/files/project-location";
import type { Project } from "../differential/corpus";
import type { Repository } from "./repositories";

/** Folders with copies of other projects, or with workflows whose names only look like those of Compose files. */
const foreign: ReadonlySet<string> = new Set(["node_modules", "vendor", ".github"]);
const otherName = /compose[^/]*\.ya?ml$/i;

/** A project of a repository, in its own folder. */
export interface FoundProject {
  readonly repository: string;
  readonly project: Project;
  /** The folder of the project. */
  readonly folder: string;
  /** The folder of the whole repository, which contains the project. */
  readonly root: string;
}

/**
 * The projects of a repository. A folder with a file for which Compose looks is a project. In any other folder, each
 * file with a similar name is a project. Equal texts count once.
 */
export function projectsOf({ name, variables }: Repository, root: string, known: Set<string>): FoundProject[] {
  const found = foldersOf(root, "").flatMap((folder) => inFolder(name, root, folder, variables));
  return found.filter(({ project }) => {
    const text = Object.values(project.files).join("\0");
    return !known.has(text) && known.add(text);
  });
}

function inFolder(
  repository: string,
  root: string,
  below: string,
  variables: Readonly<Record<string, string>> = {},
): FoundProject[] {
  const folder = join(root, below);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  const main = COMPOSE_NAMES.find((name) => names.includes(name));
  const override = OVERRIDE_NAMES.find((name) => names.includes(name));
  const asked =
    main === undefined
      ? names.filter((name) => otherName.test(name) && !OVERRIDE_NAMES.includes(name)).map((name) => [name])
      : [[main, ...(override === undefined ? [] : [override])]];
  return asked.map((files) => ({
    repository,
    root,
    folder,
    project: {
      name: `${repository}: ${[below, files[0]].filter(Boolean).join("/")}`,
      files: Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")])),
      run: { files, profiles: [], envFiles: [], variables },
    },
  }));
}

function foldersOf(root: string, below: string): string[] {
  const folders = readdirSync(join(root, below), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !foreign.has(name));
  return [below, ...names.sort().flatMap((name) => foldersOf(root, below === "" ? name : `${below}/${name}`))];
}
