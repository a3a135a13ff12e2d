import { IMAGE_RULES_VARIABLE, imageViolations } from "../policy/declared";
import type { CheckFailure, Properties } from "../schema";

/** What the policy of `ci apply` does not allow of the images of checked inputs; nothing in any other command. */
export function refusedImages(inputs: Properties): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  if (rules === undefined) return [];
  return imageViolations(rules, inputs).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}
