import { fenced, inline, tableRows } from "../../provider/display/markdown-text";
import type { ApplyData, ApplyEnding } from "./apply-data";
import { marker } from "./preview-markdown";

const WORDS: Readonly<Record<ApplyEnding, string>> = {
  succeeded: "succeeded",
  failed: "failed",
  stopped: "was stopped by a signal: the next one continues with the same runs",
  locked: "did not begin: another command has locked the stack",
};

/** What an apply or a destroy has done, as Markdown for the summary of a pipeline. */
export function applyMarkdown(kind: "apply" | "destroy", data: ApplyData): string {
  const { project, stack, ending, executions, pending, messages } = data;
  const failed = executions.filter((one) => one.hasNotSucceeded);
  const title = kind === "apply" ? "Apply" : "Destroy";
  const awaited =
    failed.length === 0 ? "" : ` Awaited, but without success: ${failed.map(({ name }) => inline(name)).join(", ")}.`;
  const rows = executions.map(({ name, done, executionId, status, returnCode, failedService }) => [
    name,
    done,
    executionId,
    `${status}${returnCode === undefined ? "" : ` (${returnCode})`}${failedService === undefined ? "" : `, service ${failedService}`}`,
  ]);
  const sections = [
    marker(kind, data),
    `### ${title} of ${inline(`${project}/${stack}`)}`,
    `**${title} ${WORDS[ending]}.**${awaited}`,
    ...(rows.length === 0
      ? []
      : [`| execution | done | run | status (exit code) |\n|---|---|---|---|\n${tableRows(rows)}`]),
    ...(pending.length === 0
      ? []
      : [
          `**Operations of a killed command are pending**\n\n${pending.map((one) => `* ${inline(`${one.operation} ${one.urn}`)}`).join("\n")}`,
        ]),
    ...messages.map(({ severity, name, text }) => {
      const about = name === "" ? "" : ` of ${inline(name)}`;
      return `**${severity === "error" ? "Error" : "Warning"}${about}**\n\n${fenced(text.split("\n"))}`;
    }),
  ];
  return `${sections.join("\n\n")}\n`;
}
