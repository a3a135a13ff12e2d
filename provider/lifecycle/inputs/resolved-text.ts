import { readCompose } from "../../../compose";
import { type BundleOptions, bundleText } from "../../../compose/project";
import { rulesOfProject } from "../../compose-rules";
import type { Properties } from "../../schema";
import { TextCache } from "../run/identity/text-cache";
import { choicesIn, containsUnknown, type ResourceInputs } from "../run/inputs";
import { declaredImages, declaredVariables, textsIn } from "./variables";

const textsWithJobs = new TextCache<boolean>(4_000_000, () => 0);

/** Whether a text has the section `jobs`. This section is removed before the text is sent. */
function hasJobs(code: unknown): boolean {
  // A text without the word `jobs` and without a backslash need not be parsed. An escape such as `\x6a` may stand for a
  // letter of `jobs`.
  const mayHave = typeof code === "string" && /jobs|\\/.test(code);
  return mayHave && textsWithJobs.of(code, () => hasSection(readCompose(code)));
}

function hasSection(read: ReturnType<typeof readCompose>): boolean {
  return read.kind === "document" && Object.hasOwn(read.model, "jobs");
}

/** Whether the text of `composeFileCode` is resolved before it is sent. Other texts are sent unchanged. */
export function isResolved({ variables, images, profiles, job, composeFileCode: code }: Properties): boolean {
  return [variables, images, profiles, job].some((given) => given !== undefined) || hasJobs(code);
}

/** Returns the option that selects a job. Without `job`, all services outside of the section `jobs` run. */
export function jobOption(job: unknown): Pick<BundleOptions, "job" | "withoutJobs"> {
  return typeof job === "string" ? { job } : { withoutJobs: true };
}

/** Caches resolved Compose texts, because a command needs each text several times. */
const known = new TextCache<string>(12_000_000, (text) => text.length);

/**
 * Returns the text that is sent for `composeFileCode`. Inserts variables and images. Removes services of other profiles
 * and services that the job does not need. If a text cannot be resolved, returns it unchanged: check has already
 * reported the error.
 */
export function resolvedText(inputs: ResourceInputs): string | undefined {
  const { composeFileCode: code, profiles, diagnostics, job } = inputs.values;
  if (typeof code !== "string" || code === "") return undefined;
  if (!isResolved(inputs.values) || containsUnknown(code)) return code;
  const options = {
    rules: rulesOfProject().rules,
    variables: declaredVariables(inputs),
    images: declaredImages(inputs),
    profiles: textsIn(profiles),
    diagnostics: choicesIn(diagnostics),
    ...jobOption(job),
  };
  const { variables, images } = options;
  const key = JSON.stringify([code, [...variables], [...images], options.profiles, options.diagnostics, job]);
  return known.of(key, () => {
    const { bundle } = bundleText(code, options);
    return bundle?.asWritten ?? bundle?.text ?? code;
  });
}
