/** The policy of a repository about its stacks: the file, the rules, and their evaluation. */

export { INVALID_POLICY, POLICY_FILE, readPolicy } from "./parse-policy";
export type { Policy, PolicyImage, PolicySubject, Violation } from "./policy";
export { boundOf, boundOfAll, type CostBound, type PricedRun, type Prices } from "./policy";
export {
  costViolations,
  POLICY_CATALOGUE,
  RULE_NAMES,
  RULES,
  type RuleName,
  ruleViolations,
  WHOLE_RULES,
} from "./rules";
