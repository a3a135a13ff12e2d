import type { AbortOutcome as Answer } from "../../lyceum/abort-step";
import type { ExecutionOutputs, ObservedRun } from "../run/record/record";
import type { Observation } from "../watch/observe";

/** What is known about an aborted run when the time limit of its deletion (the delete clock) has passed. */
export interface AtEndOfClock {
  /** The kind of the last observation of the run. */
  readonly latest: Observation["kind"];
  /** Whether Lyceum has accepted the abort. Lyceum's answer or the status of the run shows this. */
  readonly isAccepted: boolean;
  /** The answer to the last abort. */
  readonly answer: Answer["kind"] | undefined;
}

/**
 * Returns the result of an abort if the delete clock has run out and the run's end was not observed. The first row that
 * matches counts.
 *
 * | last observation    | abort                   | result |
 * |---------------------|-------------------------|--------|
 * | 404                 | any                     | unknown: the lists and the time limits of the run decide |
 * | any                 | unclear or not answered | unclear: LYC3005, with what is known of the abort |
 * | Lyceum refused it   | any                     | unobserved: a warning |
 * | any                 | accepted                | not ended: LYC3005 |
 * | any                 | 404 or refused          | refused: LYC3018 |
 */
export function atEndOfClock({ latest, isAccepted, answer }: AtEndOfClock) {
  if (latest === "missing") return "unknown";
  const isClear = isAccepted || answer === "missing" || answer === "refused";
  if (!isClear) return "unclear";
  if (latest === "refused") return "unobserved";
  return isAccepted ? "not ended" : "refused";
}

/** Returns the seconds from the abort of a run to its end. If the end time is unknown, counts until now. */
function secondsToEnd({ endedAt }: ObservedRun, abortedAt: number, now: number): number {
  const at = Date.parse(endedAt ?? "");
  return Math.max(0, Math.round(((Number.isNaN(at) ? now : Math.min(at, now)) - abortedAt) / 1000));
}

/** Whether a run may have been killed: it ended after its grace period, and its exit code is unknown. */
export function mayBeKilled(
  { gracefulTimeout: grace }: Pick<ExecutionOutputs, "gracefulTimeout">,
  end: ObservedRun,
  abortedAt: number,
  now: number,
): boolean {
  return grace !== undefined && end.returnCode === undefined && secondsToEnd(end, abortedAt, now) >= grace;
}

/** The exit code of a process that SIGKILL ended. */
const KILLED = 137;

/**
 * Returns what the row of a deleted run shows about the run's grace period. The first row that matches counts.
 *
 * | the run ended                               | the grace period was |
 * |---------------------------------------------|------|
 * | after the grace period, killed              | too short; the line stays on the row, because the user should act |
 * | within the grace period                     | long enough |
 * | anything else                               | not mentioned |
 */
export function stopReport(
  { executionId, gracefulTimeout: grace }: Pick<ExecutionOutputs, "executionId" | "gracefulTimeout">,
  end: ObservedRun,
  abortedAt: number,
  now: number,
): { readonly message: string; readonly lasting: boolean } {
  const took = secondsToEnd(end, abortedAt, now);
  const run = `Run ${executionId} ended ${end.status} ${took} s after its abort`;
  if (grace !== undefined && took >= grace && end.returnCode === KILLED)
    return { message: `${run}; its grace period of ${grace} s was too short, and it was killed.`, lasting: true };
  if (grace !== undefined && took <= grace)
    return { message: `${run}, within its grace period of ${grace} s.`, lasting: false };
  return { message: `${run}.`, lasting: false };
}
