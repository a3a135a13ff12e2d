import { shortDuration } from "../../provider/display/duration";
import { fenced, inline, tableRows } from "../../provider/display/markdown-text";
import { money } from "../../provider/report";
import { type PlannedAction, type PlannedExecution, startsRun } from "./plan";
import type { PreviewData } from "./preview-data";

const HAPPENS: Readonly<Record<PlannedAction, string>> = {
  start: "starts a run",
  adopt: "adopts a run",
  replace: "starts a new run",
  update: "is updated",
  delete: "is deleted",
  keep: "is kept",
};

/**
 * A preview as Markdown for a pull request: what would run and why, what would be aborted, diagnostics, and what it costs at most. The same
 * preview gives the same bytes, and the first line names the stack: a comment that begins with it is updated and not repeated.
 */
export function previewMarkdown(data: PreviewData): string {
  const { executions, diagnostics, messages, violations } = data;
  const changed = executions.filter(({ action }) => action !== "keep");
  const kept = executions.length - changed.length;
  const sections = [
    marker("preview", data),
    `### Preview of ${inline(`${data.project}/${data.stack}`)}`,
    headline(data),
    ...(changed.length === 0 ? [] : [tableOf(changed, data)]),
    ...(kept === 0 ? [] : [`${count(kept, "execution")} would not change.`]),
    ...costNote(data),
    ...(violations.length === 0
      ? []
      : [`**The policy does not allow this**\n\n${violations.map(diagnosticLine).join("\n")}`]),
    ...(diagnostics.length === 0 ? [] : [`**Compose diagnostics**\n\n${diagnostics.map(diagnosticLine).join("\n")}`]),
    ...messages.map(({ severity, name, text }) => {
      const about = name === "" ? "" : ` of ${inline(name)}`;
      return `**${severity === "error" ? "Error" : "Warning"}${about}**\n\n${fenced(text.split("\n"))}`;
    }),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The first line of a summary: a program that updates the comment finds it by this line. */
export function marker(kind: string, { project, stack }: Pick<PreviewData, "project" | "stack">): string {
  return `<!-- pulumi-lyceum ${kind} ${`${project}/${stack}`.replace(/[^\w./-]|--+/g, "_")} -->`;
}

function headline({ executions, succeeded, diagnostics, violations }: PreviewData): string {
  if (violations.length > 0)
    return `**The policy does not allow this: ${count(violations.length, "violation")}.** Nothing would start.`;
  if (!succeeded) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    return `**The preview failed${errors === 0 ? "" : `: ${count(errors, "error")} in compose documents`}.** Nothing would start.`;
  }
  const starts = executions.filter(startsRun).length;
  const aborts = executions.filter((one) => one.aborts !== undefined).length;
  if (starts + aborts === 0) return "No run would start, and none would be aborted.";
  return `**${count(starts, "run")} would start, ${count(aborts, "run")} would be aborted.**`;
}

function tableOf(executions: PreviewData["executions"], { cost }: PreviewData): string {
  const rows = executions.map((execution) => [
    execution.name,
    HAPPENS[execution.action],
    whyOf(execution),
    execution.aborts ?? "",
    startsRun(execution) ? (execution.executionType ?? "") : "",
    startsRun(execution) && execution.timeout !== undefined ? shortDuration(execution.timeout) : "",
    costCell(execution, cost.unknown),
  ]);
  const head =
    "| execution | what happens | why | aborts | machine | timeout | costs at most |\n|---|---|---|---|---|--:|--:|";
  return `${head}\n${tableRows(rows)}`;
}

function whyOf({ reasons }: PlannedExecution): string {
  return reasons.join("; ");
}

function costCell(execution: PreviewData["executions"][number], unknown: readonly string[]): string {
  if (!startsRun(execution)) return "";
  return unknown.includes(execution.name) || execution.costBound === undefined
    ? "not known"
    : money(execution.costBound);
}

function costNote({ cost, executions, succeeded }: PreviewData): readonly string[] {
  const starts = executions.filter(startsRun).length;
  if (starts === 0 || !succeeded) return [];
  const unknown = cost.unknown.map(inline).join(", ");
  if (cost.unknown.length === starts) return [`What it costs at most is not known: no price of ${unknown}.`];
  const rest = unknown === "" ? "" : ` That is without ${unknown}, whose price is not known.`;
  return [
    `It costs at most ${money(cost.amount)} (timeout × price of the machine, in the currency of the account).${rest}`,
  ];
}

function diagnosticLine({
  severity,
  code,
  message,
  file = "",
  range,
  remedy,
}: PreviewData["diagnostics"][number]): string {
  const place = range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
  const where = place === "" ? "" : `${inline(place)} `;
  return `* ${where}${severity} ${code}: ${inline(message)}. ${inline(remedy)}`.trimEnd();
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
