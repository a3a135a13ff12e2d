import { classifyStatus } from "../lyceum/status";
import type { ExecutionOutputs } from "./outputs";
import type { ObservedRun } from "./record";

/** Exit code of a process that was killed by SIGKILL. */
const KILLED = 137;

/**
 * Whether the grace sufficed, for the row of a deleted run.
 *
 * | exit code | started and the grace has passed | then |
 * |-----------|----------------------------------|------|
 * | 137       | yes | it did not suffice; that line stays, since somebody should give it more or change how it stops |
 * | 137       | no  | it was killed, by whatever |
 * | another   | any | it sufficed |
 * | unknown   | yes | nothing is known |
 * | unknown   | no  | it sufficed |
 */
export function stopReport(
  recorded: Pick<ExecutionOutputs, "executionId" | "gracefulTimeout" | "status" | "startedAt">,
  end: ObservedRun,
  abortedAt: number,
  now: number,
): { readonly message: string; readonly lasting: boolean } {
  const endedAt = Date.parse(end.endedAt ?? "");
  const took = Math.max(0, Math.round(((Number.isNaN(endedAt) ? now : Math.min(endedAt, now)) - abortedAt) / 1000));
  const run = `Run ${recorded.executionId} ended ${end.status} ${took} s after its abort`;
  const grace = recorded.gracefulTimeout;
  if (grace === undefined) return { message: `${run}.`, lasting: false };
  const hasPassed = took >= grace && hadStarted(recorded, end);
  if (end.returnCode === KILLED) {
    if (!hasPassed) return { message: `${run}; it was killed (exit code ${KILLED}).`, lasting: false };
    return { message: `${run}; its grace period of ${grace} s was too short, and it was killed.`, lasting: true };
  }
  if (end.returnCode === undefined && hasPassed) return { message: `${run}.`, lasting: false };
  return { message: `${run}, within its grace period of ${grace} s.`, lasting: false };
}

function hadStarted(recorded: Pick<ExecutionOutputs, "status" | "startedAt">, end: ObservedRun): boolean {
  return (end.startedAt ?? recorded.startedAt) !== undefined || classifyStatus(recorded.status) === "running";
}
