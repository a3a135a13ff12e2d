import type { Properties } from "../../schema";
import type { ResourceInputs } from "../check/inputs";

/** What goes with the arguments, under names that no argument has: so a test writes inputs as one map. */
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

/** Inputs from one map. */
export function inputsOf(map: Properties): ResourceInputs {
  const values = Object.fromEntries(Object.entries(map).filter(([name]) => !Object.hasOwn(PARTS, name)));
  const parts = Object.entries(PARTS).filter(([name]) => map[name] !== undefined);
  return { urn: "", ...Object.fromEntries(parts.map(([name, part]) => [part, map[name]])), values };
}

/** Inputs as one map; the opposite of {@link inputsOf}. */
export function asMap({ values, ...inputs }: ResourceInputs): Record<string, unknown> {
  const parts = Object.entries(PARTS).filter(([, part]) => inputs[part] !== undefined && inputs[part] !== "");
  return { ...values, ...Object.fromEntries(parts.map(([name, part]) => [name, inputs[part]])) };
}
