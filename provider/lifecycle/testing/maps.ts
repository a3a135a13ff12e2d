import type { Properties } from "../../schema";
import { type CheckResult, check } from "../check/check";
import type { ExecutionInputs } from "../check/inputs";
import { parseInputs, unknownSettings, unknownStartInputs } from "../check/parse-inputs";
import type { Projects } from "../check/project/projects";
import { type ExecutionOutputs, parseOutputs } from "../state/record";
import { asMap, inputsOf } from "./inputs";

// The functions of inputs, for tests that write inputs as one map and want one back.

/** `check` of maps. */
export function checkMaps(
  olds: Properties,
  news: Properties,
  projects: Projects,
): Omit<CheckResult, "inputs"> & { readonly inputs: Record<string, unknown> } {
  const result = check(inputsOf(olds), inputsOf(news), projects);
  return { ...result, inputs: asMap(result.inputs) };
}

/** `parseInputs` of a map. */
export function parseMap(map: Properties): ExecutionInputs {
  return parseInputs(inputsOf(map));
}

/** `unknownStartInputs` of a map. */
export function unknownStartOf(map: Properties): string[] {
  return unknownStartInputs(inputsOf(map));
}

/** `unknownSettings` of a map. */
export function unknownSettingsOf(map: Properties): string[] {
  return unknownSettings(inputsOf(map));
}

/** Recorded outputs of a run. */
export function recordedRun(id: string, properties: Properties): ExecutionOutputs {
  return parseOutputs({ id, urn: "", properties });
}
