import type { CheckFailure, Properties } from "../../schema";
import { INVALID_POLICY, type Policy, type PolicySubject, ruleViolations, type Violation } from "..";
import { parsePolicy } from "../parse-policy";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/** The variable in which `ci apply` gives the provider its rules about images: which image another resource builds is known only at the update. */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

const UNSET = "Unset the variable: `ci apply` sets it for itself.";

/** The rules about images as that variable holds them. */
export function imageRules({ pinnedImages, registries }: Policy): string {
  return JSON.stringify({ pinnedImages, registries });
}

/**
 * What these rules do not allow of an execution at an update, where every image is known: one that is not cannot be checked. A text may
 * hold secrets, which are unmarked there: no image of one is named.
 *
 * @param rules the variable; one that holds no rules is a violation
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

/** The failures of a check, or else what the policy of `ci apply` does not allow of the images; nothing where the variable is not set. */
export function withRefusedImages(failures: readonly CheckFailure[], inputs: Properties): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  // Of inputs that are wrong, the model of the project is missing: that it cannot be checked would not be true.
  if (failures.length > 0 || !rules) return failures;
  return imageViolations(rules, inputs).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}
