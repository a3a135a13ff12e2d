/** One definition of what a repository allows its stacks to run: its file, its rules, and what they find. */
export { boundOf, boundOfAll, type CostBound, type PricedRun, type Prices } from "./cost";
export type { Policy, PolicyImage, PolicySubject, Violation } from "./policy";
export { INVALID_POLICY, POLICY_FILE, readPolicy } from "./read-policy";
export {
  costViolations,
  policyCatalogue,
  RULE_NAMES,
  RULES,
  type RuleName,
  ruleViolations,
  WHOLE_RULES,
} from "./rules";
