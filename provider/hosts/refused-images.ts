import { IMAGE_RULES_VARIABLE, imageViolations } from "../policy/declared";
import type { CheckFailure, Properties } from "../schema";

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
