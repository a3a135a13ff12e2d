import { hasEnded } from "../../lyceum/answers/status";
import { LONGEST_GRACE_SECONDS, queueClock } from "./clocks";
import type { ExecutionOutputs } from "./record";

/** The longest `timeout` of the API in seconds, for a run whose `timeout` is unknown. */
const LONGEST_TIMEOUT_SECONDS = 600;
/** Seconds after all time limits of a run until a 404 counts as its end. */
const SLACK_SECONDS = 3600;

/**
 * When a run that answers 404 counts as ended, in milliseconds since the epoch. Lyceum ends every run by its `timeout`.
 * So no run is active for longer than its queue clock, its `timeout`, its grace period and one more hour. Undefined if
 * nothing recorded shows when the run began.
 */
export function latestEnd(recorded: ExecutionOutputs): number | undefined {
  // The later time counts. The service's time may be in another time zone, or its clock may be slow.
  const times = [recorded.createdAt, recorded.requestedAt]
    .map((time) => Date.parse(time ?? ""))
    .filter((at) => !Number.isNaN(at));
  if (times.length === 0) return undefined;
  const begun = Math.max(...times);
  const { timeout = LONGEST_TIMEOUT_SECONDS, gracefulTimeout = LONGEST_GRACE_SECONDS } = recorded;
  return begun + (queueClock(recorded) + timeout + gracefulTimeout + SLACK_SECONDS) * 1000;
}

/** Whether a run that answers 404 now must have ended, because its time limits have passed. */
export function mustHaveEnded(recorded: ExecutionOutputs, now: number): boolean {
  return now > (latestEnd(recorded) ?? Number.POSITIVE_INFINITY);
}

/**
 * Outputs of a run that answers 404 and whose end was not observed. The status is `forgotten` if the run must have
 * ended, otherwise `lost`.
 */
export function withMissing(recorded: ExecutionOutputs, now: number): ExecutionOutputs {
  return { ...recorded, missing: mustHaveEnded(recorded, now) ? "forgotten" : "lost" };
}

/** Whether the run answers 404 and must have ended, and no end was observed. */
export function endWasNotReported(recorded: ExecutionOutputs): boolean {
  return recorded.missing === "forgotten" && !hasEnded(recorded);
}

/** Whether there is nothing to abort: the end of the run is recorded, or the run must have ended. */
export function isOver(recorded: ExecutionOutputs): boolean {
  return hasEnded(recorded) || endWasNotReported(recorded);
}
