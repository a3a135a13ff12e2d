import { bundleText } from "../../../compose/project";
import { rulesOfProject } from "../../compose-rules";
import type { Properties } from "../../schema";
import { TextCache } from "../run/identity/text-cache";
import { choicesIn, containsUnknown, type ResourceInputs } from "../run/inputs";
import { declaredImages, declaredVariables, textsIn } from "./variables";

/** Whether the text of `composeFileCode` is resolved before it is sent. If not, the text is sent unchanged. */
export function isResolved({ variables, images, profiles }: Properties): boolean {
  return variables !== undefined || images !== undefined || profiles !== undefined;
}

/** Resolved texts by their inputs. A command needs each text several times. */
const known = new TextCache<string>(12_000_000, (text) => text.length);

/**
 * Returns the text that is sent for `composeFileCode`. Inserts variables and images, and removes services of other
 * profiles. Returns a text unchanged if it cannot be resolved: check has already reported the reason.
 */
export function resolvedText(inputs: ResourceInputs): string | undefined {
  const { composeFileCode: code, profiles, diagnostics } = inputs.values;
  if (typeof code !== "string" || code === "") return undefined;
  if (!isResolved(inputs.values) || containsUnknown(code)) return code;
  const options = {
    rules: rulesOfProject().rules,
    variables: declaredVariables(inputs),
    images: declaredImages(inputs),
    profiles: textsIn(profiles),
    diagnostics: choicesIn(diagnostics),
  };
  const { variables, images } = options;
  const key = JSON.stringify([code, [...variables], [...images], options.profiles, options.diagnostics]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { bundle } = bundleText(code, options);
  return known.keep(key, bundle?.asWritten ?? bundle?.text ?? code);
}
