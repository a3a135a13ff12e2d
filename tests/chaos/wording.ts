import { type DesiredRun, markerOf } from "./desired";

/** A desired run, for the reader of a scenario. */
export function describe(desired: DesiredRun): string {
  const { waitFor, run, exitCode, whenFailed } = desired;
  const policy = whenFailed === undefined ? "" : `, whenFailed ${whenFailed}`;
  return `${markerOf(desired)} waits for ${waitFor}, runs ${run.toFixed(1)} s, exits ${exitCode}${policy}`;
}

/** The error codes that a command printed, in brackets. */
export function codesIn(outputOf: string): string {
  const codes = [...new Set(outputOf.match(/LYC\d{4}/g) ?? [])];
  return codes.length === 0 ? "" : ` (${codes.join(", ")})`;
}
