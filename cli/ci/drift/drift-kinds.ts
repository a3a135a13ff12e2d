import { classifyStatus, isEndKind, kindOf } from "../../../provider/lyceum/answers/status";
import type { ObservedRecord } from "../../../provider/reads";
import type { RecordedExecution } from "../stack/state";

/** What has become of something in the state of a stack. */
export type DriftKind =
  | "active"
  | "ended as expected"
  | "ended at its timeout"
  | "failed"
  | "aborted elsewhere"
  | "lost"
  | "forgotten"
  | "changed outside"
  | "deleted outside"
  | "not known";

/** What each kind means for the exit code. */
export const DRIFT: Readonly<Record<DriftKind, "none" | "drift" | "error">> = {
  active: "none",
  "ended as expected": "none",
  "ended at its timeout": "none",
  failed: "drift",
  "aborted elsewhere": "drift",
  lost: "drift",
  forgotten: "none",
  "changed outside": "drift",
  "deleted outside": "drift",
  "not known": "error",
};

/** The status of a run that its own `timeout` has ended. */
const TIMEOUT = "timeout";

/**
 * What a run is, by what the state holds and what the service shows of it now.
 *
 * | what is met                                                        | kind |
 * |--------------------------------------------------------------------|------|
 * | the service cannot be asked, or the run belongs to another base URL | not known |
 * | it completed, with exit code 0 or without one                       | ended as expected |
 * | its own `timeout` ended it, after it had reached its `waitFor`, and its success is not awaited | ended at its timeout |
 * | it failed, or completed with another exit code                      | failed |
 * | it was aborted, or is being stopped: the stack itself did not        | aborted elsewhere |
 * | 404, and by its own clocks it may still be active                    | lost |
 * | 404, it must have ended, and its success is awaited                  | lost |
 * | 404, it must have ended, and its success is not awaited              | forgotten |
 * | anything else                                                       | active |
 */
export function driftOf(
  observed: ObservedRecord,
  { waitFor, outputs: recorded }: Pick<RecordedExecution, "waitFor" | "outputs">,
): DriftKind {
  if (observed.kind === "elsewhere" || observed.kind === "unreadable") return "not known";
  const { outputs } = observed;
  const kind = kindOf(outputs);
  const hasReached = waitFor === "accepted" || (waitFor === "running" && hasRun(recorded, outputs));
  if (hasReached && outputs.status.trim().toLowerCase() === TIMEOUT) return "ended at its timeout";
  if (isEndKind(kind))
    return ({ completed: "ended as expected", failed: "failed", aborted: "aborted elsewhere" } as const)[kind];
  if (outputs.missing === "lost") return "lost";
  if (outputs.missing === "forgotten") return waitFor === "completed" ? "lost" : "forgotten";
  return classifyStatus(outputs.status) === "stopping" ? "aborted elsewhere" : "active";
}

/** Whether a run has been running at some time. */
function hasRun(...outputs: readonly RecordedExecution["outputs"][]): boolean {
  return outputs.some(({ status, startedAt }) => startedAt !== undefined || classifyStatus(status) === "running");
}
