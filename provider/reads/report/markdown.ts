import { fenced, inline, tableRows } from "../../display/markdown-text";
import { SIMULATED } from "../../display/wording";
import { phaseInWords } from "./charts";
import { phasesOf, type Report, type ReportedRun } from "./report-data";
import { artifactTexts, countOfFailures, durationOf, failureOf, money, statusOf, titleOf } from "./run-texts";

/** Maximum number of output lines of a failed run, so that a comment fits on one screen. */
const LINES = 20;

/** Makes Markdown of a report: a table of all runs, and the output of failed runs. */
export function markdownReport({ runs, madeAt, isSimulated }: Report): string {
  const now = Date.parse(madeAt);
  const rows = runs.map((run) => {
    const phases = phasesOf(run, now).map(phaseInWords);
    const cost = run.cost === undefined ? "" : money(run.cost);
    return [titleOf(run), statusOf(run), run.hardwareProfile ?? "", durationOf(run, now), phases.join(", "), cost];
  });
  const failed = runs.filter(({ kind }) => kind === "failed").map(failure);
  const failures = runs.length > 1 ? countOfFailures(runs) : undefined;
  return [
    ...(isSimulated === true ? [`**${SIMULATED}**\n`] : []),
    ...(failures === undefined ? [] : [`**${failures}**\n`]),
    "| run | status (exit code) | machine | ran | phases | cost |\n|---|---|---|--:|---|--:|",
    `${tableRows(rows)}\n`,
    ...failed,
    ...runs.flatMap(artifactList),
  ].join("\n");
}

function artifactList(run: ReportedRun): readonly string[] {
  const texts = artifactTexts(run);
  return texts.length === 0 ? [] : [`**${inline(titleOf(run))}** has left:\n\n${fenced(texts)}\n`];
}

function failure(run: ReportedRun): string {
  const lines = (run.lines ?? [])
    .slice(-LINES)
    .map(({ service, message }) => `${service === undefined ? "" : `${service} | `}${message}`);
  const cause = failureOf(run);
  const id = titleOf(run) === run.executionId ? "" : ` (\`${run.executionId.replaceAll("`", "")}\`)`;
  return `**${inline(titleOf(run))}**${id}${cause === undefined ? "" : `: ${inline(cause)}`}\n\n${fenced([...run.errors, ...lines])}\n`;
}
