import { cell, inline } from "../../../provider/display/markdown-text";
import type { Result } from "../report/report";
import { goesOn } from "../stack/plan";
import { pendingSections, unrecordedSections } from "../summary/left-over";
import { countsLine, resourceSections } from "../summary/resources-markdown";
import { diagnosticSections, marker, messageSections, outputSection } from "../summary/sections";
import { boundedTable, someOf } from "../table";
import type { AppliedExecution } from "./applied-executions";
import type { ApplyData } from "./apply-data";

const WORDS: Readonly<Record<Result, string>> = {
  succeeded: "succeeded",
  refused: "was refused",
  "beyond review": "went beyond what was reviewed, or was refused for that",
  drift: "has found drift",
  failed: "failed",
  stopped: "was stopped by a signal: the next one continues with the same runs",
  locked: "did not begin: another command has locked the stack",
};

/** Returns the result of an apply or a destroy as Markdown, for the summary of a pipeline. */
export function applyMarkdown(kind: "apply" | "destroy", data: ApplyData): string {
  const { project, stack, ending, result, executions, pending, messages } = data;
  const failed = executions.filter((one) => one.hasNotSucceeded).map(({ name }) => cell(name));
  const title = kind === "apply" ? "Apply" : "Destroy";
  const engine = ending === "succeeded" && result !== "succeeded" ? " Pulumi has succeeded." : "";
  const awaited = failed.length === 0 ? "" : ` Awaited, but without success: ${someOf(failed, MOST_NAMES)}.`;
  const sections = [
    marker(kind, data),
    `### ${title} of ${inline(`${project}/${stack}`)}`,
    `**${title} ${WORDS[result]}.**${engine}${awaited}`,
    ...countsLine(data.counts, "after"),
    ...resourceSections(data.resources, "after"),
    ...tableOf(executions),
    ...unrecordedSections(data.unrecorded),
    ...pendingSections(pending),
    ...diagnosticSections(data.diagnostics),
    ...messageSections(messages),
    ...outputSection(data.output),
  ];
  return `${sections.join("\n\n")}\n`;
}

const COLUMNS = ["done", "execution", "run", "status (exit code)"];
const MOST = { rows: 150, characters: 24_000, of: "execution" };
const MOST_NAMES = 20;

function tableOf(executions: ApplyData["executions"]): readonly string[] {
  // The table may have no room for all executions. So its first rows are the executions that were deleted or replaced,
  // or that did not succeed.
  const ordered = [...executions].sort((a, b) => rankOf(a) - rankOf(b) || (a.urn < b.urn ? -1 : 1));
  const rows = ordered.map(({ name, action, result, leaves, executionId, status, returnCode, failedService }) => [
    `${result === "done" ? DONE[action] : `${action}: ${result}`}${leaves === undefined ? "" : `; ${goesOn(leaves, "its run")}`}`,
    name,
    executionId,
    `${status}${returnCode === undefined ? "" : ` (${returnCode})`}${failedService === undefined ? "" : `, service ${failedService}`}`,
  ]);
  return boundedTable(COLUMNS, rows, MOST);
}

const DONE: Readonly<Record<AppliedExecution["action"], string>> = {
  start: "started",
  adopt: "adopted",
  replace: "replaced",
  update: "updated",
  delete: "deleted",
  keep: "kept",
};

function rankOf({ action, result, hasNotSucceeded }: AppliedExecution): number {
  if (action === "delete" || result === "failed" || hasNotSucceeded) return 0;
  return action === "replace" ? 1 : action === "keep" ? 3 : 2;
}
