import { type AcceptedDifference, differencesFrom, unaccepted } from "../differential/differences";
import { type ComparedProject, RELEASE } from "./compare";

/** The rules of the differential test, and more rules for large projects. */
export const corpusDifferences: readonly AcceptedDifference[] = [
  ...differencesFrom(RELEASE),
  {
    kind: "refused here",
    reason: /^LYC2502 \S*: the project has more than 200 files$/,
    why: "a project may have at most 200 files",
  },
  {
    kind: "refused here",
    reason: /^LYC2004 \S*: \S+ is not UTF-8$/,
    why: "no text could carry the values of such an env file",
  },
];

/**
 * Returns a line for each difference that no rule explains. A difference that comes from a left-out file needs no rule.
 */
export function unexplained({ differences }: ComparedProject): string[] {
  const isCut = differences.some((found) => found.kind === "refused here" && found.reason.startsWith("LYC2502 "));
  const left = isCut
    ? differences.filter((found) => found.kind !== "refused here" || !missing.test(found.reason))
    : differences;
  return unaccepted(left, corpusDifferences);
}

const missing = /^LYC220[2-7] /;
