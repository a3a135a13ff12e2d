import { shortDuration } from "../display/duration";
import { printable } from "../display/printable";
import { phasesOf } from "./phases";
import type { Report, ReportedRun } from "./report-data";
import { durationOf, failureOf, money, titleOf } from "./words";

/** So many lines of a failed run's output are shown: a comment is read on one screen. */
const LINES = 20;

/** A report as Markdown for a pull request: a table, and what failed runs have written. */
export function markdownReport({ runs, madeAt }: Report): string {
  const now = Date.parse(madeAt);
  const rows = runs.map((run) => {
    const phases = phasesOf(run, now).map(({ name, seconds }) => `${name} ${shortDuration(seconds)}`);
    const cost = run.cost === undefined ? "" : money(run.cost);
    const code = run.returnCode === undefined ? "" : ` (${run.returnCode})`;
    const cells = [
      titleOf(run),
      `${run.status}${code}`,
      run.hardwareProfile ?? "",
      durationOf(run, now),
      phases.join(", "),
      cost,
    ];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  const failed = runs.filter(({ kind }) => kind === "failed").map(failure);
  return [
    "| run | status (exit code) | machine | ran | phases | cost |\n|---|---|---|--:|---|--:|",
    `${rows.join("\n")}\n`,
    ...failed,
  ].join("\n");
}

function failure(run: ReportedRun): string {
  const lines = (run.lines ?? [])
    .slice(-LINES)
    .map(({ service, message }) => `${service === undefined ? "" : `${service} | `}${message}`);
  const text = printable([...run.errors, ...lines].join("\n"));
  // A fence that is longer than any in the text.
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  const cause = failureOf(run);
  return `**${inline(titleOf(run))}** (\`${run.executionId.replaceAll("`", "")}\`)${cause === undefined ? "" : `: ${inline(cause)}`}\n\n${fence}\n${text}\n${fence}\n`;
}

function cell(text: string): string {
  return inline(text).replace(/\r?\n/g, " ");
}

/** A text that Markdown shows as it is. */
function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#@!~]/g, (character) => (character === "<" ? "&lt;" : `\\${character}`));
}
