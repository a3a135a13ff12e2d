import { relative } from "node:path";
import {
  type Bundled,
  type BundleOptions,
  bundleProject,
  COMPOSE_NAMES,
  locateProject,
  relativeToFolder,
  type StoredMounts,
} from "../../compose/project";
import { documentSecrets, rulesOfProject } from "../../provider/compose-rules";
import type * as ProjectMounts from "../../provider/reads/project-mounts";
import { unmarkedVariables } from "../../provider/secrets";
import { type Surface, UsageError } from "../command";
import { type ValidationResult, withoutSecrets } from "../reports/validation-result";
import type { NamedProject } from "./project-options";
import { isStream, jobsIn, withoutJobsKey } from "./validate-text";

/** A validated project, with its bundled text. */
export interface CheckedProject extends ValidationResult, Pick<Bundled, "bundle"> {}

/**
 * Validates a project as `composeFile` does, with all of its files together. Each diagnostic names its file.
 *
 * @param storedMounts decisions about the mounted paths, for a project whose local files are uploaded
 */
export function validateProject(project: NamedProject, surface: Surface, storedMounts?: StoredMounts): CheckedProject {
  const { paths, variables } = project;
  const options = { ...bundleOptions(project, surface), ...(storedMounts === undefined ? {} : { storedMounts }) };
  const location = locateProject(options, surface.files);
  if (location === undefined) throw new UsageError(emptyFolder(paths[0]));
  const bundled = bundleProject(options, surface.files);
  const files = location.files.map((file) => relative(surface.folder, file));
  const { diagnostics, linesOf } = relativeToFolder(surface.folder, files[0] ?? paths[0], bundled);
  const documents = diagnostics.map(({ file }) => linesOf(file));
  const secrets = documentSecrets(documents, [...variables.values(), ...bundled.secrets], bundled.names);
  return {
    files,
    diagnostics: withoutSecrets(withoutJobsKey(diagnostics), linesOf, secrets),
    linesOf,
    secrets,
    jobs: project.job === undefined ? jobsIn(bundled.bundle?.model) : [],
    ...(bundled.bundle === undefined ? {} : { bundle: bundled.bundle }),
  };
}

/**
 * Reads the local files that services mount. Decides how each mounted path is stored, as the provider does before it
 * starts a run.
 */
export function readMounts(project: NamedProject, surface: Surface): Promise<StoredMounts> {
  const { decideMounts } = require("../../provider/reads/project-mounts") as typeof ProjectMounts;
  return decideMounts(bundleProject(bundleOptions(project, surface), surface.files), Date.now);
}

/**
 * Returns the options for `bundleProject`: those of the command line, and the rules that the provider applies to
 * `composeFile`.
 *
 * @throws UsageError if a path on the command line does not exist, or cannot be a part of a project
 */
function bundleOptions(project: NamedProject, surface: Surface): BundleOptions {
  const { paths, variables, images, envFiles, profiles, diagnostics, root, executionType, localFiles } = project;
  const { job, withoutJobs = false } = project;
  for (const path of paths) assertFile(path, surface);
  for (const path of envFiles ?? []) {
    if (path !== "") assertFile(path, surface);
    if (path === "" || surface.stat(path) === "folder")
      throw new UsageError(`--variable-file must be a file, not "${path}"`);
  }
  return {
    paths,
    from: surface.folder,
    variables: unmarkedVariables(variables),
    images: unmarkedVariables(images),
    profiles,
    ...(job === undefined ? { withoutJobs } : { job }),
    diagnostics,
    ...(envFiles === undefined ? {} : { envFiles }),
    ...(root === undefined ? {} : { root }),
    ...(localFiles === undefined ? {} : { localFiles }),
    ...rulesOfProject({
      ...(executionType === undefined ? {} : { executionType }),
      ...(localFiles === "upload" ? { hasBucket: true } : {}),
      ...(job === undefined ? {} : { job }),
    }),
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
