import { type Policy, RULE_NAMES, ruleViolations } from "../..";
import { imageRules, imageViolations } from "../at-update";
import { subjectOf } from "../document";

/** The digits of a digest. */
export const HEX = "a".repeat(64);
/** An image that the policy allows. */
export const PINNED = `ghcr.io/acme/web@sha256:${HEX}`;
/** The policy of the tests. */
export const POLICY: Policy = {
  pinnedImages: true,
  registries: ["ghcr.io/acme"],
  executionTypes: ["cpu"],
  maxTimeout: 300,
};
/** A policy that allows only the images in `docker.io/library`, such as `busybox`. */
export const LIBRARY: Policy = { registries: ["docker.io/library"] };
/** The URN of the execution. */
export const URN = "urn:pulumi:prod::shop::lyceum:index:ComposeExecution::train";

/**
 * Returns the codes of an execution's violations of the policy: first those at the preview, then those at the update.
 */
export function refusedBy(inputs: object, policy: Policy = POLICY): readonly [readonly string[], readonly string[]] {
  const all = { timeout: 60, executionType: "cpu", ...inputs };
  const subject = subjectOf({ name: "train", stack: "acme/shop/prod" }, all);
  const preview = RULE_NAMES.flatMap((rule) => ruleViolations(rule, policy, subject)).map(({ code }) => code);
  const update = imageViolations(imageRules({ refuse: policy, exceptions: [] }, ""), all, URN).map(({ code }) => code);
  return [[...new Set(preview)], [...new Set(update)]];
}

/** An execution with this text. */
export const raw = (composeFileCode: string) => ({ composeFileCode });
/** A text with one Compose service that has this image. */
export const image = (name: unknown) => raw(`services: { web: { image: ${JSON.stringify(name)} } }`);
/**
 * A text with one Compose service whose image is allowed. `more` is added to the Compose service, and `top` to the
 * document.
 */
export const text = (more: string, top = "") => raw(`services:\n  web:\n    image: ${PINNED}\n    ${more}\n${top}`);
/** A text with a volume that has this definition. */
export const volume = (definition: string) => text("volumes: ['data:/s']", `volumes: { data: ${definition} }`);
/** A text with a volume that has these options of its driver. */
export const options = (list: string) => volume(`{ driver_opts: { ${list} } }`);

/** The code for an image without a digest. */
export const DIGEST = "LYC5103";
/** The code for an image of a registry that the policy does not allow. */
export const REGISTRY = "LYC5104";
/** The code for a part of a Compose service that is not allowed. */
export const PART = "LYC5108";
/** The codes for an image without a digest of such a registry. */
export const BOTH = [DIGEST, REGISTRY];
