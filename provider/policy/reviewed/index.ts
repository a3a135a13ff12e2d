/** The public entry point for reviews: how a review is stored, and how it is compared with what a command will do. */
export { NOT_PREVIEWED, NOT_REVIEWED, REVIEW_VARIABLE, unreviewedEnd, withUnreviewed } from "./at-update";
export { executionLeaves } from "./execution";
export { isWithin, type Leaf, leavesOf, shownValue } from "./leaves";
export { parseReview, printReview } from "./parse-review";
export { type PolicyChecks, policyChecks } from "./policy-checks";
export type { Review, ReviewedAction, ReviewedChange, ReviewedExecution, ReviewedResource } from "./review";
export {
  areEqual,
  type DifferentValue,
  differentValues,
  type ReviewedValues,
  reviewedValue,
  valuesOf,
  valueText,
} from "./values";
