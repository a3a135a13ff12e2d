import type { AbortOutcome as Answer } from "../../lyceum/abort-step";
import type { ExecutionOutputs, ObservedRun } from "../run/record/record";
import type { Observation } from "../watch/observe";

/** What is known about a run when its delete clock runs out. */
export interface AtEndOfClock {
  /** The kind of the last observation. */
  readonly latest: Observation["kind"];
  /** Whether Lyceum has accepted the abort, according to its answer or to the status of the run. */
  readonly isAccepted: boolean;
  /** The answer to the last abort. */
  readonly answer: Answer["kind"] | undefined;
}

/**
 * Returns the result of an abort if the delete clock ran out before the end of the run was observed.
 *
 * | last observation       | abort         | result |
 * |------------------------|---------------|--------|
 * | every read is refused  | accepted, 404, refused | unobserved: a warning |
 * | 404                    | any           | unknown: the lists and the time limits of the run decide |
 * | anything else          | accepted      | LYC3005 |
 * | anything else          | 404, refused  | LYC3018 |
 * | any but 404            | unclear, or not answered | LYC3005, with what is known of the abort |
 */
export function atEndOfClock({ latest, isAccepted, answer }: AtEndOfClock) {
  if (latest === "missing") return "unknown";
  const isClear = isAccepted || answer === "missing" || answer === "refused";
  if (!isClear) return "unclear";
  if (latest === "refused") return "unobserved";
  return isAccepted ? "not ended" : "refused";
}

/** Returns the seconds from the abort of a run to its end. If Lyceum reports no end time, counts until now. */
function secondsToEnd({ endedAt }: ObservedRun, abortedAt: number, now: number): number {
  const at = Date.parse(endedAt ?? "");
  return Math.max(0, Math.round(((Number.isNaN(at) ? now : Math.min(at, now)) - abortedAt) / 1000));
}

/**
 * Whether the run ended after its grace period and its exit code is unknown. Only the exit code then shows whether the
 * run was killed.
 */
export function mayBeKilled(
  { gracefulTimeout: grace }: Pick<ExecutionOutputs, "gracefulTimeout">,
  end: ObservedRun,
  abortedAt: number,
  now: number,
): boolean {
  return grace !== undefined && end.returnCode === undefined && secondsToEnd(end, abortedAt, now) >= grace;
}

/** Exit code of a process that was killed by SIGKILL. */
const KILLED = 137;

/**
 * Returns what the row of a deleted run shows about the run's grace period.
 *
 * | the run ended                               | the grace period was |
 * |---------------------------------------------|------|
 * | killed, after the grace period              | too short; the line stays on the row, because the user should act |
 * | by the end of the grace period              | enough |
 * | later                                       | perhaps enough: the provider does not know |
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
