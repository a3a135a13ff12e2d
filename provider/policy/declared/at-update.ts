import type { CheckFailure, Properties } from "../../schema";
import { INVALID_POLICY, type Policy, type PolicySubject, ruleViolations, type Violation } from "..";
import { parsePolicy } from "../parse-policy";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/**
 * The variable with which `ci apply` passes its image rules to the provider, because some images are known only at the
 * update.
 */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

const UNSET = "Unset the variable: `ci apply` sets it for itself.";

/** The value of `IMAGE_RULES_VARIABLE`: the rules about images. */
export function imageRules({ pinnedImages, registries }: Policy): string {
  return JSON.stringify({ pinnedImages, registries });
}

/**
 * The violations of these rules by an execution at an update. Every image is known at an update, so an unknown image
 * cannot be checked later and is a violation. Secrets in a text have no mark at an update, so a violation does not name
 * an image of a text.
 *
 * @param rules the variable; one without rules is a violation
 */
export function imageViolations(rules: string, inputs: DeclaredInputs): readonly Violation[] {
  if (adoptsRun(inputs)) return [];
  const parsed = parsePolicy(rules, IMAGE_RULES_VARIABLE);
  if (parsed.kind === "errors")
    return parsed.errors.map((message) => ({ code: INVALID_POLICY.code, name: "", message, remedy: UNSET }));
  const declared = subjectOf({ name: "", stack: "" }, inputs, true);
  const images = declared.images?.map((image) => ({ ...image, isUnknown: false }));
  const subject: PolicySubject = { ...declared, images };
  return (["pinnedImages", "registries"] as const).flatMap((rule) => ruleViolations(rule, parsed.policy, subject));
}

/**
 * The failures of a check. If there are none, the violations of the image rules of `ci apply`, if the variable is set.
 */
export function withRefusedImages(failures: readonly CheckFailure[], inputs: Properties): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  // If the inputs have failures, there is no model of the project. Then a message that the images cannot be checked
  // would be wrong.
  if (failures.length > 0 || !rules) return failures;
  return imageViolations(rules, inputs).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}
