import { kindOf } from "../../lyceum/answers/status";
import type { WaitEffects } from "../process/context";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import type { LatestOutput } from "../watch/latest-output";
import { noProgress } from "../watch/row";

/**
 * Far longer than the longest run, which takes ten minutes. If the service reports an earlier beginning, its clock
 * differs from that of this machine.
 */
const LONGEST_RUN_MILLISECONDS = 3_600_000;

/**
 * Shows the progress of one wait on the resource's row.
 *
 * @param begunAt when the wait began; until the run is running, the row shows the time since then
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
    /** Shows the current facts of the run. `runningSince` is when it was first observed as running. */
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
    /** Shows the last line, and requests no more output. */
    end({ status }: ExecutionOutputs): void {
      waiting.abort();
      progress.end(urn, { executionId, status });
    },
  };
}

/**
 * When the run began, according to the service. Undefined if the clock of the service differs from that of this
 * machine.
 */
function beginOf({ startedAt }: ExecutionOutputs, observedAt: number | undefined, now: number): number {
  const reported = Date.parse(startedAt ?? "");
  return reported <= now && now - reported < LONGEST_RUN_MILLISECONDS ? reported : (observedAt ?? now);
}
