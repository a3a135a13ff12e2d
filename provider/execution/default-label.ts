import type { ExecutionInputs } from "./inputs";
import { redactorFor } from "./redactor";

/** As many characters as `fileName` may have. */
const MAXIMUM_LENGTH = 200;

/** What a label of one line cannot hold: control and format characters, line separators, halves of surrogate pairs. */
const NOT_IN_A_LABEL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The label of a run whose `fileName` is not set: the resource's name, so that a person finds the run at Lyceum. It is made at the
 * start and is no input, so it changes nothing for a recorded run. A name that holds a secret of the arguments gives no label.
 */
export function defaultLabel(inputs: ExecutionInputs): string | undefined {
  const name = nameOf(inputs.urn);
  if (redactorFor(inputs)(name) !== name) return undefined;
  const label = [...name.replace(NOT_IN_A_LABEL, "")].slice(0, MAXIMUM_LENGTH).join("").slice(0, MAXIMUM_LENGTH);
  const whole = label.replace(/\p{Surrogate}/gu, "").trim();
  return whole === "" ? undefined : whole;
}

/** The resource's name: everything behind stack, project and type. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
