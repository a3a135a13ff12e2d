import { UNKNOWN_MARKER } from "../../../compose";
import { relativeToFolder } from "../../../compose/project";
import { rulesOfProject } from "../../compose-rules";
import { isMap, type Properties } from "../../schema";
import type { Projects } from "../inputs/projects";
import { choicesIn, containsUnknown, isNotKnown, type MadeProject, type ResourceInputs } from "../run/inputs";
import { type ComposeCheck, evaluateDiagnostics, runContext } from "./check-compose";

/** Whether enough arguments are known to read the project. If a whole map is unknown, not even its names are known. */
export function isReadable(values: Properties): boolean {
  const names = ["composeFile", "composeRoot", "envFiles", "localFiles", "profiles", "job"];
  const isUnknownMap = (value: unknown): boolean => value !== undefined && isNotKnown(value);
  const maps = [values.variables, values.images];
  return !names.some((name) => containsUnknown(values[name])) && !maps.some(isUnknownMap);
}

/**
 * Validates the project that `composeFile` names. Skips a project that is unchanged since it was recorded.
 *
 * @returns the result, and the inputs that describe the project
 */
export function checkProject(
  olds: ResourceInputs,
  inputs: ResourceInputs,
  projects: Projects,
): ComposeCheck & { readonly made: MadeProject } {
  const { values } = inputs;
  const notKnown = { failures: [], warnings: [], made: { model: UNKNOWN_MARKER } };
  // Unknown values in `variables` and `images` are accepted. The model has a marker in place of each of them.
  if (!isReadable(values)) return notKnown;
  const outcome = projects.make(olds, inputs, {
    ...rulesOfProject(runContext(values)),
    diagnostics: choicesIn(values.diagnostics),
  });
  if (outcome.kind === "recorded") return { ...notKnown, made: outcome.project };
  const { bundled, model, project } = outcome;
  const path = Array.isArray(values.composeFile) ? values.composeFile[0] : values.composeFile;
  const { program } = inputs;
  const from = isMap(program) && typeof program.directory === "string" ? program.directory : bundled.folder;
  const { diagnostics: found, linesOf } = relativeToFolder(from, String(path), bundled);
  // The engine prints the value of the property before the error. A path is short enough for this, but a list of paths
  // is not.
  const property = typeof values.composeFile === "string" ? "composeFile" : "";
  const composeCheck = evaluateDiagnostics(
    { diagnostics: found, lines: linesOf, property, secrets: bundled.secrets, names: bundled.names },
    inputs,
  );
  if (bundled.unknown) return { ...notKnown, ...composeCheck };
  return { ...composeCheck, made: project ?? (model === undefined ? {} : { model }) };
}
