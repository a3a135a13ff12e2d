import { unknownMarker } from "../compose";
import { seenFrom } from "../compose/project";
import { type ComposeVerdict, surroundings, verdictOn } from "./check-compose";
import { containsUnknown } from "./inputs";
import type { Projects } from "./project/projects";
import { isMap, type MadeProject } from "./project/record";
import type { ResourceInputs } from "./resource-inputs";

/** A verdict on a project, and what the inputs are to hold of it. */
export interface ProjectVerdict extends ComposeVerdict {
  readonly made: MadeProject;
}

/** Judges the project that `composeFile` names. What is recorded and unchanged has passed, and is not judged again. */
export function checkProject(olds: ResourceInputs, inputs: ResourceInputs, projects: Projects): ProjectVerdict {
  const { values } = inputs;
  const notKnown = { failures: [], warnings: [], made: { model: unknownMarker } };
  // One variable that is not known yet is let through, and shown where it goes; a whole map could be anything.
  const whole = ["composeFile", "composeRoot", "envFiles", "profiles"].some((name) => containsUnknown(values[name]));
  if (whole || isUnknownText(values.variables)) return notKnown;
  const { diagnostics, ...surrounding } = surroundings(values);
  const outcome = projects.make(olds, inputs, {
    surroundings: surrounding,
    ...(diagnostics === undefined ? {} : { diagnostics }),
  });
  if (outcome.kind === "recorded") {
    return { failures: [], warnings: [], made: outcome.project };
  }
  const { bundled, model, project } = outcome;
  const path = Array.isArray(values.composeFile) ? values.composeFile[0] : values.composeFile;
  const { program } = inputs;
  const from = isMap(program) && typeof program.directory === "string" ? program.directory : bundled.folder;
  const { diagnostics: found, linesOf } = seenFrom(from, String(path), bundled);
  // The engine prints a property's value in front of its fault: a path is short, a list is not.
  const property = typeof values.composeFile === "string" ? "composeFile" : "";
  const verdict = verdictOn({ diagnostics: found, lines: linesOf, property, secrets: bundled.secrets }, inputs);
  if (bundled.unknown) return { ...notKnown, ...verdict };
  return { ...verdict, made: project ?? (model === undefined ? {} : { model }) };
}

function isUnknownText(value: unknown): boolean {
  return typeof value === "string" && containsUnknown(value);
}
