import { explainedCode, meaningOfCode, shortDuration } from "../../display/wording";
import { type DescribedRun, secondsRun } from "..";
import type { ReportedRun } from "./report-data";

/** The title of a run: its label or, without one, its id. */
export function titleOf({ label, executionId }: ReportedRun): string {
  return label === "" ? executionId : label;
}

/** The duration of a run. Empty before its start. */
export function durationOf(run: ReportedRun, now: number): string {
  const seconds = secondsRun(run, now);
  return seconds === undefined ? "" : shortDuration(seconds);
}

/** The failed services as text, in order. */
export function failureOf({ failedServices }: DescribedRun): string | undefined {
  return failedServices
    ?.map(
      ({ service, exitCode }) =>
        `service ${service}${exitCode === undefined ? "" : ` with exit code ${explainedCode(exitCode)}`}`,
    )
    .join(", then ");
}

/** The exit code of a run with its meaning, as text after the status. Empty if there is none. */
export function codeOf({ returnCode }: DescribedRun): string {
  return returnCode === undefined
    ? ""
    : ` (exit code ${returnCode}${meaningOfCode(returnCode).replace(/^ \((.*)\)$/, ", $1")})`;
}

/** The status of a run with its exit code, for a cell of a table. */
export function statusOf({ status, returnCode }: DescribedRun): string {
  return returnCode === undefined ? status : `${status} (${returnCode})`;
}

/** How many runs failed or were aborted, as text. Undefined if there are none. */
export function countOfFailures(runs: readonly ReportedRun[]): string | undefined {
  const count = (kind: ReportedRun["kind"]) => runs.filter((run) => run.kind === kind).length;
  const [failed, aborted] = [count("failed"), count("aborted")];
  const parts = [
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(aborted === 0 ? [] : [`${aborted} ${aborted === 1 ? "was" : "were"} aborted`]),
  ];
  return parts.length === 0 ? undefined : `Of ${runs.length} runs ${parts.join(", ")}.`;
}

/** An amount in the account's currency, which the API does not name. */
export function money(amount: number): string {
  return amount > 0 && amount < 0.01 ? "< 0.01" : amount.toFixed(2);
}
