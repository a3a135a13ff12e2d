import type { CheckFailure, Properties } from "../../schema";
import { INVALID_POLICY, type Policy, type PolicySubject, ruleViolations, type Violation } from "..";
import { parsePolicy } from "../parse-policy";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/** With this variable `ci apply` passes its image rules to the provider: some images are only known at the update. */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

const UNSET = "Unset the variable: `ci apply` sets it for itself.";

/** The value of `IMAGE_RULES_VARIABLE`: the rules about images. */
export function imageRules({ pinnedImages, registries }: Policy): string {
  return JSON.stringify({ pinnedImages, registries });
}

/**
 * The violations of these rules by an execution at an update. There every image is known, and an unknown one cannot be
 * checked. Secrets in a text are unmarked there, so no image of a text is named.
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

/** The failures of a check, or otherwise the violations of `ci apply`'s image rules, if the variable is set. */
export function withRefusedImages(failures: readonly CheckFailure[], inputs: Properties): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  // Inputs with failures have no model of the project, so a message that it cannot be checked would be wrong.
  if (failures.length > 0 || !rules) return failures;
  return imageViolations(rules, inputs).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}
