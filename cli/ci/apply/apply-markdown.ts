import { cell, inline } from "../../../provider/display/markdown-text";
import { marker, messageSections, outputSection } from "../preview/preview-markdown";
import { countsLine, resourceSections } from "../summary/resources-markdown";
import { boundedTable, someOf } from "../summary/table";
import type { ApplyData, ApplyEnding } from "./apply-data";

const WORDS: Readonly<Record<ApplyEnding, string>> = {
  succeeded: "succeeded",
  failed: "failed",
  stopped: "was stopped by a signal: the next one continues with the same runs",
  locked: "did not begin: another command has locked the stack",
};

/** The result of an apply or a destroy as Markdown, for the summary of a pipeline. */
export function applyMarkdown(kind: "apply" | "destroy", data: ApplyData): string {
  const { project, stack, ending, executions, pending, messages } = data;
  const failed = executions.filter((one) => one.hasNotSucceeded).map(({ name }) => cell(name));
  const title = kind === "apply" ? "Apply" : "Destroy";
  const awaited = failed.length === 0 ? "" : ` Awaited, but without success: ${someOf(failed, MOST_NAMES)}.`;
  const left = pending.map(({ operation, urn }) => `* ${cell(`${operation} ${urn}`)}`);
  const sections = [
    marker(kind, data),
    `### ${title} of ${inline(`${project}/${stack}`)}`,
    `**${title} ${WORDS[ending]}.**${awaited}`,
    ...countsLine(data.counts, "after"),
    ...resourceSections(data.resources, "after"),
    ...tableOf(executions),
    ...(left.length === 0 ? [] : [`**Operations of a killed command are pending**\n\n${left.join("\n")}`]),
    ...messageSections(messages),
    ...outputSection(data.output),
  ];
  return `${sections.join("\n\n")}\n`;
}

const COLUMNS = ["execution", "done", "run", "status (exit code)"];
const MOST = { rows: 150, characters: 24_000, of: "execution" };
const MOST_NAMES = 20;

function tableOf(executions: ApplyData["executions"]): readonly string[] {
  // If not all executions fit, those that were deleted, replaced or did not succeed come first.
  const ordered = [...executions].sort((a, b) => rankOf(a) - rankOf(b) || (a.urn < b.urn ? -1 : 1));
  const rows = ordered.map(({ name, done, executionId, status, returnCode, failedService }) => [
    name,
    done,
    executionId,
    `${status}${returnCode === undefined ? "" : ` (${returnCode})`}${failedService === undefined ? "" : `, service ${failedService}`}`,
  ]);
  return boundedTable(COLUMNS, rows, MOST);
}

function rankOf({ done, hasNotSucceeded }: ApplyData["executions"][number]): number {
  if (done === "deleted" || hasNotSucceeded) return 0;
  return done === "replaced" ? 1 : done === "kept" ? 3 : 2;
}
