import { cell } from "../../../provider/display/markdown-text";
import type { UnrecordedRun } from "../../../provider/reads";
import { nameOf } from "../../../provider/schema";
import { abortCommand } from "../report/report";
import type { UnsettledOperation } from "../stack/pending";
import { boundedTable } from "../table";

const COLUMNS = ["resource", "run", "status", "to end it"];
const MOST_RUNS = { rows: 50, characters: 8000, of: "run" };
const MOST_OPERATIONS = 50;

/** Returns the section about runs that are not in the state; empty if there are none. */
export function unrecordedSections(runs: readonly UnrecordedRun[]): readonly string[] {
  if (runs.length === 0) return [];
  const rows = runs.map(({ executionId, status, label, urn, isActive }) => [
    urn === undefined ? label : nameOf(urn),
    executionId,
    status,
    isActive ? abortCommand(executionId) : "",
  ]);
  return [
    "**Runs of this stack that its state does not have**",
    ...boundedTable(COLUMNS, rows, MOST_RUNS),
    "A killed command may have left them, or another stack or a copy of the state has them. Nothing has ended them.",
  ];
}

/** Returns the section about pending operations of a killed command; empty if there are none. */
export function pendingSections(pending: readonly UnsettledOperation[]): readonly string[] {
  if (pending.length === 0) return [];
  const lines = pending
    .slice(0, MOST_OPERATIONS)
    .map(
      ({ operation, urn, reason }) => `* ${cell(`${operation} ${urn}`)}${reason === null ? "" : `: ${cell(reason)}`}`,
    );
  const more = pending.length - lines.length;
  const rest = more > 0 ? [`${more} further operations, not listed here. The JSON of \`--json\` has all of them.`] : [];
  return [`**Operations of a killed command are pending**\n\n${lines.join("\n")}`, ...rest];
}
