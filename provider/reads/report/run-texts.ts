import { shellWord } from "../../display/shell-word";
import { sizeText } from "../../display/sizes";
import { explainedCode, meaningOfCode, shortDuration } from "../../display/wording";
import { classifyStatus } from "../../lyceum/answers/status";
import { type DescribedRun, secondsRun } from "..";
import type { ReportedRun } from "./report-data";

/** Returns the title of a run: its label, or its id if the run has no label. */
export function titleOf({ label, executionId }: ReportedRun): string {
  return label === "" ? executionId : label;
}

/** Returns the duration of a run as text. Empty before the run has started. */
export function durationOf(run: ReportedRun, now: number): string {
  const seconds = secondsRun(run, now);
  return seconds === undefined ? "" : shortDuration(seconds);
}

/** Returns a text about the failed Compose services, in the order of the run's errors. Undefined if none is known. */
export function failureOf({ failedServices }: DescribedRun): string | undefined {
  return failedServices
    ?.map(
      ({ service, exitCode }) =>
        `service ${service}${exitCode === undefined ? "" : ` with exit code ${explainedCode(exitCode)}`}`,
    )
    .join(", then ");
}

/**
 * Returns the exit code of a run and its meaning, as text that follows the status. Leaves out the meaning if the run
 * was aborted, because the abort caused the code.
 */
export function codeOf({ status, returnCode }: Pick<DescribedRun, "status" | "returnCode">): string {
  if (returnCode === undefined) return "";
  const meaning = classifyStatus(status) === "aborted" ? "" : meaningOfCode(returnCode).replace(/^ \((.*)\)$/, ", $1");
  return ` (exit code ${returnCode}${meaning})`;
}

/** Returns the status and exit code of a run, for a cell of a table. */
export function statusOf({ status, returnCode }: DescribedRun): string {
  return returnCode === undefined ? status : `${status} (${returnCode})`;
}

/** Returns a sentence such as "Of 5 runs 1 failed, 2 were aborted." Undefined if no run failed or was aborted. */
export function countOfFailures(runs: readonly ReportedRun[]): string | undefined {
  const count = (kind: ReportedRun["kind"]) => runs.filter((run) => run.kind === kind).length;
  const [failed, aborted] = [count("failed"), count("aborted")];
  const parts = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(aborted === 0 ? [] : [`${aborted} ${aborted === 1 ? "was" : "were"} aborted`]),
  ];
  return parts.length === 0 ? undefined : `Of ${runs.length} runs ${parts.join(", ")}.`;
}

/** Returns an amount as text. The API does not define the currency. */
export function money(amount: number): string {
  return amount > 0 && amount < 0.01 ? "< 0.01" : amount.toFixed(2);
}

/** Returns a text for each artifact of a run: its name, path and size, and the command that fetches it. */
export function artifactTexts({ artifacts = {} }: Pick<ReportedRun, "artifacts">): readonly string[] {
  return Object.entries(artifacts).map(
    ([name, { key, bytes }]) => `${name}: ${key} (${sizeText(bytes)}), npx pulumi-lyceum files get ${shellWord(key)}`,
  );
}
