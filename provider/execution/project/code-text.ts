import { bundleText } from "../../compose/project";
import type { Properties } from "../../schema";
import { choicesIn } from "../diagnostic-choices";
import { containsUnknown } from "../inputs";
import type { ResourceInputs } from "../resource-inputs";
import { declaredVariables, textsIn } from "./variables";

/** Whether the text of `composeFileCode` is resolved before it is sent; otherwise it is sent as it is. */
export function isResolved({ variables, profiles }: Properties): boolean {
  return variables !== undefined || profiles !== undefined;
}

const LAST = 50;
const known = new Map<string, string>();

/**
 * The text that is sent for `composeFileCode`: with the variables put in, and without the services of other profiles. One
 * that cannot be resolved is the text itself; check has reported why.
 */
export function resolvedText(inputs: ResourceInputs): string | undefined {
  const { composeFileCode: code, profiles, diagnostics } = inputs.values;
  if (typeof code !== "string" || code === "") return undefined;
  if (!isResolved(inputs.values) || containsUnknown(code)) return code;
  const options = {
    variables: declaredVariables(inputs),
    profiles: textsIn(profiles),
    diagnostics: choicesIn(diagnostics),
  };
  // Asked for several times in a command.
  const key = JSON.stringify([code, [...options.variables], options.profiles, options.diagnostics]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { bundle } = bundleText(code, options);
  const text = bundle?.asWritten ?? bundle?.text ?? code;
  known.set(key, text);
  for (const oldest of known.keys()) {
    if (known.size <= LAST) break;
    known.delete(oldest);
  }
  return text;
}
