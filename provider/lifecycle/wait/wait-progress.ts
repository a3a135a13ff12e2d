import { kindOf } from "../../lyceum/answers/status";
import type { WaitEffects } from "../process/context";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import type { LatestOutput } from "../watch/latest-output";
import { noProgress } from "../watch/row";

/** Far beyond the longest run, which is one of ten minutes: a begin further back is that of another clock. */
const LONGEST_RUN_MILLISECONDS = 3_600_000;

/**
 * Shows on a row how one wait comes along.
 *
 * @param begunAt when the wait began: until the run runs, its time counts from there
 */
export function createWaitProgress(
  { clock, latestOutput, ...context }: Pick<WaitEffects, "clock" | "latestOutput" | "progress">,
  { urn, progress: wanted }: Pick<ExecutionInputs, "urn" | "progress">,
  { executionId }: ExecutionOutputs,
  begunAt: number,
) {
  const progress = wanted === "none" ? noProgress : context.progress;
  const waiting = new AbortController();
  const showsOutput = wanted === "output" && progress.showsTime;
  let output: LatestOutput | undefined;
  return {
    /** Shows what is known of the run now; `runningSince` is when it was first observed to run. */
    show(outputs: ExecutionOutputs, runningSince: number | undefined): void {
      const isRunning = kindOf(outputs) === "running";
      if (showsOutput && isRunning) output ??= latestOutput(executionId, waiting.signal);
      const since = isRunning ? beginOf(outputs, runningSince, clock.now()) : begunAt;
      progress.tick(urn, {
        executionId,
        status: outputs.status,
        elapsed: (clock.now() - since) / 1000,
        limit: isRunning ? outputs.timeout : undefined,
        output: isRunning ? output?.line() : undefined,
      });
    },
    /** Shows the last line; nothing is asked for any more. */
    end({ status }: ExecutionOutputs): void {
      waiting.abort();
      progress.end(urn, { executionId, status });
    },
  };
}

/** When a run began to run: as the service reports it, unless its clock and that of this machine do not agree. */
function beginOf({ startedAt }: ExecutionOutputs, observedAt: number | undefined, now: number): number {
  const reported = Date.parse(startedAt ?? "");
  return reported <= now && now - reported < LONGEST_RUN_MILLISECONDS ? reported : (observedAt ?? now);
}
