import type { Properties } from "../../schema";
import { type CheckResult, checkInputs } from "../check/check-inputs";
import { parseInputs, unknownSettings, unknownStartInputs } from "../inputs/parse-inputs";
import type { ExecutionInputs, ResourceInputs } from "../run/inputs";
import { type ExecutionOutputs, parseOutputs } from "../run/record/record";
import { memoryProjects } from "./projects";

// Tests write all inputs as one map: the arguments under their own names, and the other inputs under names that begin
// with `$`. For each of these names, `PARTS` has the property of `ResourceInputs`.

const PARTS = {
  $urn: "urn",
  $scope: "scope",
  $secrets: "secrets",
  $timeouts: "timeouts",
  $replaceOnChanges: "replaceOnChanges",
  $defaults: "defaults",
  $record: "projectRecord",
  $program: "program",
} as const satisfies Readonly<Record<string, keyof ResourceInputs>>;

/** Makes inputs from one map. */
export function inputsOf(map: Properties): ResourceInputs {
  const values = Object.fromEntries(Object.entries(map).filter(([name]) => !Object.hasOwn(PARTS, name)));
  const parts = Object.entries(PARTS).filter(([name]) => map[name] !== undefined);
  return { urn: "", ...Object.fromEntries(parts.map(([name, part]) => [part, map[name]])), values };
}

/** Converts inputs to one map. The reverse of {@link inputsOf}. */
export function asMap({ values, ...inputs }: ResourceInputs): Record<string, unknown> {
  const parts = Object.entries(PARTS).filter(([, part]) => inputs[part] !== undefined && inputs[part] !== "");
  return { ...values, ...Object.fromEntries(parts.map(([name, part]) => [name, inputs[part]])) };
}

/** Calls `check` for inputs in one map. Without `projects`, the process has no files. */
export function checkMaps(
  olds: Properties,
  news: Properties,
  projects = memoryProjects(),
): Omit<CheckResult, "inputs"> & { readonly inputs: Record<string, unknown> } {
  const result = checkInputs(inputsOf(olds), inputsOf(news), projects);
  return { ...result, inputs: asMap(result.inputs) };
}

/** Calls `parseInputs` for inputs in one map. */
export function parseMap(map: Properties): ExecutionInputs {
  return parseInputs(inputsOf(map));
}

/** Calls `unknownStartInputs` for inputs in one map. */
export function unknownStartOf(map: Properties): string[] {
  return unknownStartInputs(inputsOf(map));
}

/** Calls `unknownSettings` for inputs in one map. */
export function unknownSettingsOf(map: Properties): string[] {
  return unknownSettings(inputsOf(map));
}

/** Makes the recorded outputs of a run. */
export function recordedRun(id: string, properties: Properties): ExecutionOutputs {
  return parseOutputs({ id, urn: "", properties });
}
