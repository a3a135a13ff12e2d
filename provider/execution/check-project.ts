import { unknownMarker } from "../compose";
import { seenFrom } from "../compose/project";
import { type ComposeVerdict, surroundings, verdictOn } from "./check-compose";
import { containsUnknown } from "./inputs";
import type { Projects } from "./project/projects";
import { isMap, MODEL_INPUT, PROJECT_INPUT, RECORD_INPUT } from "./project/record";

type Properties = Readonly<Record<string, unknown>>;

/** A verdict on a project, and what the inputs hold of it. */
export interface ProjectVerdict extends ComposeVerdict {
  readonly inputs: Properties;
}

/** Judges the project that `composeFile` names. What is recorded and unchanged has passed, and is not judged again. */
export function checkProject(olds: Properties, inputs: Properties, projects: Projects): ProjectVerdict {
  const notKnown = { failures: [], warnings: [], inputs: { [MODEL_INPUT]: unknownMarker } };
  // One variable that is not known yet is let through, and shown where it goes; a whole map could be anything.
  const whole = ["composeFile", "composeRoot", "envFiles", "profiles"].some((name) => containsUnknown(inputs[name]));
  if (whole || isUnknownText(inputs.variables)) return notKnown;
  const { diagnostics, ...surrounding } = surroundings(inputs);
  const outcome = projects.make(olds, inputs, {
    surroundings: surrounding,
    ...(diagnostics === undefined ? {} : { diagnostics }),
  });
  if (outcome.kind === "recorded") {
    const { model, record } = outcome.project;
    return { failures: [], warnings: [], inputs: { [MODEL_INPUT]: model, [RECORD_INPUT]: record } };
  }
  const { bundled, model, project } = outcome;
  const path = Array.isArray(inputs.composeFile) ? inputs.composeFile[0] : inputs.composeFile;
  const sent = inputs[PROJECT_INPUT];
  const from = isMap(sent) && typeof sent.directory === "string" ? sent.directory : bundled.folder;
  const { diagnostics: found, linesOf } = seenFrom(from, String(path), bundled);
  // The engine prints a property's value in front of its fault: a path is short, a list is not.
  const property = typeof inputs.composeFile === "string" ? "composeFile" : "";
  const verdict = verdictOn({ diagnostics: found, lines: linesOf, property, secrets: bundled.secrets }, inputs);
  if (bundled.unknown) return { ...notKnown, ...verdict };
  const recorded = project === undefined ? {} : { [RECORD_INPUT]: project.record };
  return { ...verdict, inputs: model === undefined ? {} : { [MODEL_INPUT]: model, ...recorded } };
}

function isUnknownText(value: unknown): boolean {
  return typeof value === "string" && containsUnknown(value);
}
