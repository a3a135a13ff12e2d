import { type CheckFailure, nameOf, type Properties, readUrn } from "../../schema";
import {
  INVALID_POLICY,
  type Policy,
  type PolicySubject,
  RULE_NAMES,
  ruleViolations,
  type StackPolicy,
  type Violation,
  withoutExceptions,
} from "..";
import { parsePolicy } from "../parse-policy";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/**
 * The variable with which `ci apply` passes the rules about one execution to the provider. The provider checks them
 * again at the update, because some values are known only then, and a program may then declare something else. The name
 * of the variable is older than the rules that are not about images. A provider that does not know a rule refuses
 * everything.
 */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

const UNSET = "Unset the variable: `ci apply` sets it for itself.";

/**
 * The value of `IMAGE_RULES_VARIABLE`: the rules about one execution that refuse, and the exceptions that are valid
 * now.
 */
export function imageRules({ refuse, exceptions }: Pick<StackPolicy, "refuse" | "exceptions">, today: string): string {
  const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, refuse[rule]])) as Policy;
  const active = exceptions.filter(({ until }) => until >= today).map(({ stack: _stack, ...exception }) => exception);
  return JSON.stringify({ ...rules, ...(active.length === 0 ? {} : { exceptions: active }) });
}

/**
 * The violations of these rules by an execution at an update. Everything is known at an update. So an image that is
 * still unknown cannot be checked later, and is a violation. A violation does not name an image of a text, because
 * secrets in a text are not marked at an update.
 *
 * @param rules the value of the variable; if it has no rules, that is a violation
 * @param urn the URN of the execution, which contains its name and its stack
 */
export function imageViolations(rules: string, inputs: DeclaredInputs, urn: string): readonly Violation[] {
  if (adoptsRun(inputs)) return [];
  const parsed = parsePolicy(rules, IMAGE_RULES_VARIABLE);
  if (parsed.kind === "errors")
    return parsed.errors.map((message) => ({
      rule: "pinnedImages",
      code: INVALID_POLICY.code,
      name: "",
      message,
      remedy: UNSET,
    }));
  const { exceptions = [], ...policy } = parsed.policy;
  const declared = subjectOf({ name: nameOf(urn), stack: readUrn(urn)?.stack ?? "" }, inputs, true);
  const images = declared.images?.map((image) => ({ ...image, isUnknown: false }));
  const parts = declared.parts?.map((part) => ({ ...part, isUnknown: false }));
  const subject: PolicySubject = { ...declared, images, parts };
  const found = RULE_NAMES.flatMap((rule) => ruleViolations(rule, policy, subject));
  // `ci apply` passes only exceptions that have not ended.
  return withoutExceptions(found, { exceptions, today: "" });
}

/**
 * The failures of a check. If there are none and the variable is set, the violations of the rules of `ci apply`.
 *
 * @param urn the URN of the execution
 */
export function withViolations(
  failures: readonly CheckFailure[],
  inputs: Properties,
  urn: string,
): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  // If the inputs have failures, there is no model of the project. Then a message that the images cannot be checked
  // would be wrong.
  if (failures.length > 0 || !rules) return failures;
  return imageViolations(rules, inputs, urn).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}
