import { kindOf } from "../../lyceum/answers/status";
import type { WaitEffects } from "../process/context";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { LatestOutput } from "../watch/latest-output";
import { noProgress } from "../watch/row";

/**
 * A time that is longer than any run, because a run takes at most ten minutes. If Lyceum's start time of a run is
 * longer ago than this, Lyceum's clock differs from the clock of this machine.
 */
const LONGEST_RUN_MILLISECONDS = 3_600_000;

/**
 * Shows the progress of a wait on the resource's row.
 *
 * @param begunAt when the wait began; before the run is running, the row shows the time since then
 */
export function createWaitProgress(
  { client, clock, latestOutput, ...context }: Pick<WaitEffects, "client" | "clock" | "latestOutput" | "progress">,
  { progress: wanted, retries }: Pick<ExecutionInputs, "progress" | "retries">,
  { executionId, retriedExecutionIds: retried }: ExecutionOutputs,
  begunAt: number,
) {
  const progress = wanted === "none" ? noProgress : context.progress;
  const waiting = new AbortController();
  const showsOutput = wanted === "output" && progress.showsTime;
  // The program may have lowered `retries.attempts` after the earlier attempts. The row then shows no number: it would
  // be "attempt 3 of 2".
  const attempt =
    retried === undefined || retries === undefined || retried.length >= retries.attempts
      ? undefined
      : `attempt ${retried.length + 1} of ${retries.attempts}`;
  let output: LatestOutput | undefined;
  return {
    /** Shows the current facts of the run. `runningSince` is when the run was first observed as running. */
    show(outputs: ExecutionOutputs, runningSince: number | undefined): void {
      const isRunning = kindOf(outputs) === "running";
      if (showsOutput && isRunning) output ??= latestOutput(executionId, waiting.signal);
      const since = isRunning ? beginOf(outputs, runningSince, clock.now()) : begunAt;
      progress.tick({
        executionId,
        status: outputs.status,
        attempt,
        isSimulated: client.isSimulated?.(),
        elapsed: (clock.now() - since) / 1000,
        limit: isRunning ? outputs.timeout : undefined,
        output: isRunning ? output?.line() : undefined,
      });
    },
    /** Shows the last text of the wait, and stops reading output. */
    end({ status }: ExecutionOutputs): void {
      waiting.abort();
      progress.end({ executionId, status, attempt, isSimulated: client.isSimulated?.() });
    },
  };
}

/**
 * Returns when the run began, as Lyceum reports it. If this time is unknown, or if Lyceum's clock differs from the
 * clock of this machine, returns when the run was first observed as running.
 */
function beginOf({ startedAt }: ExecutionOutputs, observedAt: number | undefined, now: number): number {
  const reported = Date.parse(startedAt ?? "");
  return reported <= now && now - reported < LONGEST_RUN_MILLISECONDS ? reported : (observedAt ?? now);
}
