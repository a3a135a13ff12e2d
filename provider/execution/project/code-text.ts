import { bundleText } from "../../compose/project";
import type { Properties } from "../../schema";
import { choicesIn } from "../diagnostic-choices";
import { containsUnknown } from "../inputs";
import type { ResourceInputs } from "../resource-inputs";
import { TextCache } from "../text-cache";
import { declaredVariables, textsIn } from "./variables";

/** Whether the text of `composeFileCode` is resolved before it is sent; otherwise it is sent as it is. */
export function isResolved({ variables, profiles }: Properties): boolean {
  return variables !== undefined || profiles !== undefined;
}

/** Resolved texts with what they were resolved from, which is asked for several times in a command. */
const known = new TextCache<string>(12_000_000, (text) => text.length);

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
  const key = JSON.stringify([code, [...options.variables], options.profiles, options.diagnostics]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { bundle } = bundleText(code, options);
  return known.keep(key, bundle?.asWritten ?? bundle?.text ?? code);
}
