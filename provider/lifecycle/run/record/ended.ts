import { hasEnded } from "../../../lyceum/answers/status";
import { LONGEST_GRACE_SECONDS, queueClock } from "../clocks";
import type { ExecutionOutputs } from "./record";

/** The longest `timeout` that the API accepts, in seconds. Assumed for a run whose `timeout` is unknown. */
const LONGEST_TIMEOUT_SECONDS = 600;
/** A 404 proves the end of a run only this many seconds after all time limits of the run have passed. */
const SLACK_SECONDS = 3600;

/**
 * Returns when a run that answers 404 counts as ended, in milliseconds since the epoch. This is one hour after the
 * run's queue clock, `timeout` and grace period have passed, because Lyceum ends every run by its `timeout`. Undefined
 * if the outputs do not show when the run began.
 */
export function latestEnd(recorded: ExecutionOutputs): number | undefined {
  // The later of the two times counts, because Lyceum's time may be in another time zone, or Lyceum's clock may be
  // slow.
  const times = [recorded.createdAt, recorded.requestedAt]
    .map((time) => Date.parse(time ?? ""))
    .filter((at) => !Number.isNaN(at));
  if (times.length === 0) return undefined;
  const begun = Math.max(...times);
  const { timeout = LONGEST_TIMEOUT_SECONDS, gracefulTimeout = LONGEST_GRACE_SECONDS } = recorded;
  return begun + (queueClock(recorded) + timeout + gracefulTimeout + SLACK_SECONDS) * 1000;
}

/** Whether a run that answers 404 must have ended, because its time limits have passed. */
export function mustHaveEnded(recorded: ExecutionOutputs, now: number): boolean {
  return now > (latestEnd(recorded) ?? Number.POSITIVE_INFINITY);
}

/**
 * Returns the outputs of a run for which Lyceum answers 404. If the run must have ended, `missing` is `forgotten`. If
 * the run may still be active, `missing` is `lost`.
 */
export function withMissing(recorded: ExecutionOutputs, now: number): ExecutionOutputs {
  return { ...recorded, missing: mustHaveEnded(recorded, now) ? "forgotten" : "lost" };
}

/**
 * Whether the state records that Lyceum has forgotten a run (404) whose end was never reported. Such a run has surely
 * ended.
 */
export function endWasNotReported(recorded: ExecutionOutputs): boolean {
  return recorded.missing === "forgotten" && !hasEnded(recorded);
}

/** Whether a run is over: its end is recorded, or it must have ended. */
export function isOver(recorded: ExecutionOutputs): boolean {
  return hasEnded(recorded) || endWasNotReported(recorded);
}
