import { relative } from "node:path";
import {
  type Bundled,
  type BundleOptions,
  bundleProject,
  COMPOSE_NAMES,
  locateProject,
  relativeToFolder,
} from "../../compose/project";
import { documentSecrets, rulesOfProject } from "../../provider/compose-rules";
import { unmarkedVariables } from "../../provider/secrets";
import { type Surface, UsageError } from "../command";
import { type ValidationResult, withoutSecrets } from "../reports/validation-result";
import type { NamedProject } from "./project-options";
import { isStream } from "./validate-text";

/** A validated project, with its bundled text. */
export interface CheckedProject extends ValidationResult, Pick<Bundled, "bundle"> {}

/** Validates a project as `composeFile` does, with all of its files together. Each diagnostic names its file. */
export function validateProject(project: NamedProject, surface: Surface): CheckedProject {
  const {
    paths,
    variables,
    images,
    envFiles,
    profiles,
    diagnostics: choices,
    root,
    executionType,
    inlineFiles,
  } = project;
  for (const path of paths) assertFile(path, surface);
  for (const path of envFiles ?? []) {
    if (path !== "") assertFile(path, surface);
    if (path === "" || surface.stat(path) === "folder")
      throw new UsageError(`--variable-file must be a file, not "${path}"`);
  }
  const options: BundleOptions = {
    paths,
    from: surface.folder,
    variables: unmarkedVariables(variables),
    images: unmarkedVariables(images),
    profiles,
    diagnostics: choices,
    ...(envFiles === undefined ? {} : { envFiles }),
    ...(root === undefined ? {} : { root }),
    ...(inlineFiles ? { localFiles: "inline" } : {}),
    ...rulesOfProject(executionType === undefined ? {} : { executionType }),
  };
  const location = locateProject(options, surface.files);
  if (location === undefined) throw new UsageError(emptyFolder(paths[0]));
  const bundled = bundleProject(options, surface.files);
  const files = location.files.map((file) => relative(surface.folder, file));
  const { diagnostics, linesOf } = relativeToFolder(surface.folder, files[0] ?? paths[0], bundled);
  const documents = diagnostics.map(({ file }) => linesOf(file));
  const secrets = documentSecrets(documents, [...variables.values(), ...bundled.secrets], bundled.names);
  return {
    files,
    diagnostics: withoutSecrets(diagnostics, linesOf, secrets),
    linesOf,
    secrets,
    ...(bundled.bundle === undefined ? {} : { bundle: bundled.bundle }),
  };
}

function emptyFolder(path: string): string {
  const pattern = path === "." ? "**/compose.yaml" : `${path.replace(/\/$/, "")}/**/compose.yaml`;
  return `${path} holds none of ${COMPOSE_NAMES.join(", ")}. To check every project below it, write '${pattern}' with the quotes`;
}

function assertFile(path: string, surface: Surface): void {
  if (path === "-") throw new UsageError("A project is made of files: the standard input cannot be one of them");
  if (isStream(path, surface)) throw new UsageError(`A project must be made of files, and ${path} is not a file`);
  if (surface.stat(path) === "missing") throw new UsageError(`${path} does not exist`);
}
