import { relative } from "node:path";
import {
  type Bundled,
  bundleProject,
  composeNames,
  placeOf,
  seenFrom,
  unmarkedVariables,
} from "../provider/compose/project";
import { createSecretSet } from "../provider/secrets";
import { type Surface, UsageError } from "./command";
import type { NamedProject } from "./project-options";
import { isStream } from "./validate-text";
import { type Judged, withoutSecrets } from "./validation-result";

/** A project that was judged, and the text that it becomes. */
export interface JudgedProject extends Judged, Pick<Bundled, "bundle"> {}

/** Judges a project as `composeFile` does: all of its files, put together, each fault in its own file. */
export function judgeProject(project: NamedProject, surface: Surface): JudgedProject {
  const { paths, variables, envFiles, profiles, diagnostics: choices, root, executionType } = project;
  for (const path of paths) assertFile(path, surface);
  for (const path of envFiles ?? []) {
    if (path !== "") assertFile(path, surface);
    if (path === "" || surface.look(path) === "folder")
      throw new UsageError(`--variable-file must be a file, not "${path}"`);
  }
  const place = placeOf(paths, surface.folder, surface.files);
  if (place === undefined) throw new UsageError(`${paths[0]} holds none of ${composeNames.join(", ")}`);
  const bundled = bundleProject(
    {
      paths,
      from: surface.folder,
      variables: unmarkedVariables(variables),
      profiles,
      diagnostics: choices,
      ...(envFiles === undefined ? {} : { envFiles }),
      ...(root === undefined ? {} : { root }),
      ...(executionType === undefined ? {} : { surroundings: { executionType } }),
    },
    surface.files,
  );
  const files = place.files.map((file) => relative(surface.folder, file));
  const { diagnostics, linesOf } = seenFrom(surface.folder, files[0] ?? paths[0], bundled);
  const secrets = createSecretSet([...variables.values(), ...bundled.secrets]);
  return {
    files,
    diagnostics: withoutSecrets(diagnostics, secrets),
    linesOf,
    secrets,
    ...(bundled.bundle === undefined ? {} : { bundle: bundled.bundle }),
  };
}

function assertFile(path: string, surface: Surface): void {
  if (path === "-") throw new UsageError("A project is made of files: the standard input cannot be one of them");
  if (isStream(path, surface)) throw new UsageError(`A project must be made of files, and ${path} is not a file`);
  if (surface.look(path) === "missing") throw new UsageError(`${path} does not exist`);
}
