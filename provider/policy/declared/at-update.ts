import { type CheckFailure, nameOf, type Properties, readUrn } from "../../schema";
import {
  INVALID_POLICY,
  type Policy,
  type PolicySubject,
  RULE_NAMES,
  ruleViolations,
  type StackPolicy,
  uploadsOver,
  type Violation,
  withoutExceptions,
} from "..";
import { parsePolicy } from "../parse-policy";
import { adoptsRun, type DeclaredInputs, subjectOf } from "./document";

/**
 * The variable with which `ci apply` passes rules to the provider: the rules about one execution, and the rule about
 * uploads. The provider evaluates these rules again at the update, because some values are known only then, and others
 * may have changed. An older provider that does not know one of the rules refuses to start runs.
 */
export const IMAGE_RULES_VARIABLE = "LYCEUM_IMAGE_RULES";

/**
 * The only rule about a whole command that the provider evaluates. Only the provider knows how many bytes the command
 * uploads.
 */
const UPLOADS = "maxUploadBytes";

const UNSET = "Unset the variable: `ci apply` sets it for itself.";

/**
 * Returns the value of `IMAGE_RULES_VARIABLE`: the rules that the provider evaluates at the update, and the exceptions
 * that are valid today. The exceptions have no `stack`, because `ci apply` passes only those for its stack.
 */
export function imageRules({ refuse, exceptions }: Pick<StackPolicy, "refuse" | "exceptions">, today: string): string {
  const names = [...RULE_NAMES, UPLOADS] as const;
  const rules = Object.fromEntries(names.map((rule) => [rule, refuse[rule]])) as Policy;
  const active = exceptions.filter(({ until }) => until >= today).map(({ stack: _stack, ...exception }) => exception);
  return JSON.stringify({ ...rules, ...(active.length === 0 ? {} : { exceptions: active }) });
}

/**
 * Evaluates the rules from `ci apply` for an execution at an update, and returns the violations. All values are known
 * at an update, so an image without a known name is a violation. Secrets in the inputs are in plaintext, so messages
 * never show an image of a Compose text in the program.
 *
 * @param rules the value of `IMAGE_RULES_VARIABLE`; a value without valid rules is a violation
 * @param urn the URN of the execution, which contains the names of the execution and of its stack
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
  // `ci apply` passes only exceptions that are still valid, so the date is not compared again.
  return withoutExceptions(found, { exceptions, today: "" });
}

/**
 * Returns the failures of a check. If the check has no failures, returns the violations of the rules from `ci apply`.
 *
 * @param urn the URN of the execution
 */
export function withViolations(
  failures: readonly CheckFailure[],
  inputs: Properties,
  urn: string,
): readonly CheckFailure[] {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  // If the check has failures, the provider has not made the model of the project. The rules then have nothing to
  // check.
  if (failures.length > 0 || !rules) return failures;
  return imageViolations(rules, inputs, urn).map(({ code, message, remedy }) => ({
    property: "",
    reason: `${code}: ${message}. ${remedy}`,
  }));
}

/**
 * Returns the violation if the rules from `ci apply` do not allow the command to send this many bytes to the bucket.
 * Also returns a violation if these rules are not valid.
 */
export function uploadViolation(bytes: number): { readonly code: string; readonly reason: string } | undefined {
  const rules = process.env[IMAGE_RULES_VARIABLE];
  if (!rules) return undefined;
  const parsed = parsePolicy(rules, IMAGE_RULES_VARIABLE);
  if (parsed.kind === "errors") {
    const { code } = INVALID_POLICY;
    return { code, reason: `${code}: ${parsed.errors.join(" ")} ${UNSET}` };
  }
  const { exceptions = [], ...policy } = parsed.policy;
  const found = withoutExceptions(uploadsOver(policy, [{ name: "", bytes }]), { exceptions, today: "" });
  const [first] = found;
  return first && { code: first.code, reason: `${first.code}: ${first.message}. ${first.remedy}` };
}
