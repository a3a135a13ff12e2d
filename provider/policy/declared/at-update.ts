import type { Policy, PolicySubject, Violation } from "..";
import { ruleViolations } from "..";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/** The variable in which `ci apply` gives the provider its rules about images: which image another resource builds is known only at the update. */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

/** The rules about images as that variable holds them. */
export function imageRules({ pinnedImages, registries }: Policy): string {
  return JSON.stringify({ pinnedImages, registries });
}

/**
 * What these rules do not allow of an execution whose inputs are known. A text may hold secrets, which are unmarked there: no image of one is named.
 *
 * @param rules the variable
 */
export function imageViolations(rules: string, inputs: DeclaredInputs): readonly Violation[] {
  if (adoptsRun(inputs)) return [];
  const policy: Policy = JSON.parse(rules);
  const isHidden = inputs.composeFile === undefined;
  const declared = subjectOf({ name: "", stack: "" }, inputs);
  const subject: PolicySubject = { ...declared, images: declared.images?.map((image) => ({ ...image, isHidden })) };
  return (["pinnedImages", "registries"] as const).flatMap((rule) => ruleViolations(rule, policy, subject));
}
