/** The public entry point for a repository's policy: the policy file, the rules, and their evaluation. */

export { INVALID_POLICY, POLICY_FILE, type PolicyBytes, readPolicy } from "./parse-policy";
export { type AccountRun, costOfRuns, type EndedResource, type PolicyPlan, startOfMonth } from "./plan";
export type { Policy, PolicyFile, PolicyImage, PolicyPart, PolicySubject, Violation } from "./policy";
export { boundOf, boundOfAll, type CostBound, type PricedRun, type Prices } from "./policy";
export { REMEDIED, type Remedy, remedyOf } from "./remedies";
export { isActive, RULE_NAMES, RULES, type RuleName, ruleViolations } from "./rules";
export { dayOf, type Evaluation, policyForStack, STRICT, type StackPolicy, withoutExceptions } from "./stack-policy";
export {
  costOver,
  POLICY_CATALOGUE,
  POLICY_WARNINGS,
  patternWarnings,
  uploadsOver,
  WHOLE_RULE_NAMES,
  WHOLE_RULES,
  wholeViolations,
} from "./whole-rules";
export { outsideHours } from "./working-hours";
