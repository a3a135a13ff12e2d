import { shortDuration } from "../display/duration";
import { secondsRun } from "../queries";
import type { ReportedRun } from "./report-data";

/** What a run is called: its label, else its id. */
export function titleOf({ label, executionId }: ReportedRun): string {
  return label === "" ? executionId : label;
}

/** How long a run has run; empty before its start. */
export function durationOf(run: ReportedRun, now: number): string {
  const seconds = secondsRun(run, now);
  return seconds === undefined ? "" : shortDuration(seconds);
}

/** Which service failed, in words. */
export function failureOf({ failedService }: ReportedRun): string | undefined {
  if (failedService === undefined) return undefined;
  const { service, exitCode } = failedService;
  return `service ${service}${exitCode === undefined ? "" : ` with exit code ${exitCode}`}`;
}

/** An amount in the account's currency, which the API does not name. */
export function money(amount: number): string {
  return amount > 0 && amount < 0.01 ? "< 0.01" : amount.toFixed(2);
}

/** Which start of its resource a run is, and why there was an earlier one. */
export function attemptOf({ attempt }: ReportedRun): string | undefined {
  if (attempt === undefined) return undefined;
  return attempt === 1
    ? "1"
    : `${attempt}: earlier runs of the resource were replaced, or did not reach their desired state`;
}
