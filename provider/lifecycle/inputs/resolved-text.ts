import { readCompose } from "../../../compose";
import { type BundleOptions, bundleText } from "../../../compose/project";
import { rulesOfProject } from "../../compose-rules";
import type { Properties } from "../../schema";
import { TextCache } from "../run/identity/text-cache";
import { choicesIn, containsUnknown, type ResourceInputs } from "../run/inputs";
import { declaredImages, declaredVariables, textsIn } from "./variables";

const textsWithJobs = new TextCache<boolean>(4_000_000, () => 0);

/** Whether a text has the section `jobs`. The text that is sent never has this section. */
function hasJobs(code: unknown): boolean {
  // Most texts contain neither the word `jobs` nor an escape such as "\x6a" for its first letter, so they need not be
  // parsed.
  const mayHave = typeof code === "string" && /jobs|\\/.test(code);
  return mayHave && textsWithJobs.of(code, () => hasSection(readCompose(code)));
}

function hasSection(read: ReturnType<typeof readCompose>): boolean {
  return read.kind === "document" && Object.hasOwn(read.model, "jobs");
}

/** Whether the text of `composeFileCode` is resolved before it is sent. If not, the text is sent unchanged. */
export function isResolved({ variables, images, profiles, job, composeFileCode: code }: Properties): boolean {
  return [variables, images, profiles, job].some((given) => given !== undefined) || hasJobs(code);
}

/** Returns the option that selects a job. Without a job, the services run, and no job of the section `jobs` does. */
export function jobOption(job: unknown): Pick<BundleOptions, "job" | "withoutJobs"> {
  return typeof job === "string" ? { job } : { withoutJobs: true };
}

/** Resolved texts by their inputs. A command needs each text several times. */
const known = new TextCache<string>(12_000_000, (text) => text.length);

/**
 * Returns the text that is sent for `composeFileCode`. Inserts variables and images, and removes services of other
 * profiles and services that the job does not need. Returns a text unchanged if it cannot be resolved: check has
 * already reported the reason.
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
