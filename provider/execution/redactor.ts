import { createRedactor, type Redactor } from "../secrets";
import type { ExecutionInputs } from "./inputs";
import { secretValues } from "./parse-inputs";
import { sensitiveTexts } from "./sensitive-texts";

/** Takes everything that is secret in a resource's inputs out of a text: for errors, reasons and output lines alike. */
export function redactorFor(inputs: ExecutionInputs, more: readonly string[] = []): Redactor {
  const secretText = inputs.secretInputs.includes("composeFileCode") && inputs.composeText !== undefined;
  return createRedactor([
    ...secretValues(inputs),
    ...(secretText ? sensitiveTexts(inputs.composeText ?? "") : []),
    ...more.filter((value) => value !== ""),
  ]);
}
