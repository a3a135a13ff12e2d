import { count } from "../../layout";
import { boundedTable, shortened } from "../table";
import type { Difference } from "./beyond";

const COLUMNS = ["resource", "what", "reviewed", "planned now", "type"];
const MOST = { rows: 50, characters: 12_000, of: "difference" };
const MOST_LINES = 20;
const LONGEST_VALUE = 120;

/** Returns the differences between a review and a plan, as sections of a summary. */
export function differenceSections(differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return [];
  const rows = differences.map(({ name, what, reviewed, planned, type }) => [name, what, reviewed, planned, type]);
  return [
    `**This goes beyond what was reviewed: ${count(differences.length, "difference")}.** \`ci apply --reviewed\` refuses it, and changes nothing.`,
    ...boundedTable(COLUMNS, rows, MOST),
    "If the review allowed it:",
  ];
}

/**
 * Returns the differences between a review and a plan, as lines for a terminal.
 *
 * @param now the words for the plan: `planned now`, or `done` after an update
 */
export function differenceLines(
  differences: readonly Difference[],
  now: "planned now" | "done" = "planned now",
): readonly string[] {
  const lines = differences
    .slice(0, MOST_LINES)
    .map(
      ({ name, what, reviewed, planned }) =>
        `* ${name}: ${what}: reviewed: ${shortened(reviewed, LONGEST_VALUE)}; ${now}: ${shortened(planned, LONGEST_VALUE)}`,
    );
  const left = differences.length - lines.length;
  return left === 0 ? lines : [...lines, `* and ${count(left, "further difference")}`];
}
