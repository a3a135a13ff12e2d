import { failureCause } from "../../../lyceum/answers/status";
import { ending } from "../../end/messages";
import type { StartEffects } from "../../process/context";
import { InitFailure, messageOf } from "../../run/errors";
import type { ExecutionInputs } from "../../run/inputs";
import type { ExecutionOutputs } from "../../run/record/record";
import { hasCertainlyEnded } from "./confirm-end";

/** The facts that decide whether another run starts after a failed one. */
export interface RetryFacts {
  readonly retries: ExecutionInputs["retries"];
  /** The failed run, as the wait has observed it. */
  readonly run: Pick<ExecutionOutputs, "status" | "returnCode" | "endedAt" | "executionId" | "adopted" | "endUnread">;
  /** How many runs this create has had, including the failed run. */
  readonly attempts: number;
  /** Whether the command was cancelled. */
  readonly isCancelled: boolean;
  /** Seconds that are left of `customTimeouts.create`. */
  readonly secondsLeft: number;
}

/**
 * Decides whether a create may start another run after a failed run. `hasCertainlyEnded` must also be true for the
 * failed run. The first row that matches counts.
 *
 * | condition                                                           | another run |
 * |---------------------------------------------------------------------|-------------|
 * | the program gives no `retries`, or adopted the run by its id        | no |
 * | the run has not failed: its wait ran out, it was aborted, or is lost | no |
 * | the run's end could not be read, or its start got no clear answer   | no |
 * | `retries.on` does not contain the cause of the failure              | no |
 * | this create has had `retries.attempts` runs                         | no |
 * | the command was cancelled, or `customTimeouts.create` has passed    | no |
 * | anything else                                                       | yes |
 */
export function startsAgain({ retries, run, attempts, isCancelled, secondsLeft }: RetryFacts): boolean {
  if (retries === undefined || run.adopted === true) return false;
  const cause = failureCause(run);
  if (cause === undefined || run.endUnread === true || run.executionId === "") return false;
  return retries.on.includes(cause) && attempts < retries.attempts && !isCancelled && secondsLeft > 0;
}

/** The function for one attempt of a create, and the limits of all attempts. */
interface Attempts {
  /**
   * Adopts or starts a run, and waits for this run.
   *
   * @param limit the remaining seconds of `customTimeouts.create`
   * @param retried the failed runs of this create, the latest first
   */
  readonly attempt: (limit: number | undefined, retried?: FailedRuns) => Promise<ExecutionOutputs>;
  readonly retries: ExecutionInputs["retries"];
  /** `customTimeouts.create` in seconds. This limit applies to all attempts of one create together. */
  readonly limit: number | undefined;
  readonly cancel: AbortSignal | undefined;
}

/** The failed runs of a create, the latest first. */
type FailedRuns = readonly [ExecutionOutputs, ...ExecutionOutputs[]];

/**
 * Makes attempts until a run succeeds or `retries` allows no further attempt. Each attempt makes the same lookup as any
 * other start. An attempt treats the runs that failed before as recorded runs. So the attempt does not adopt a failed
 * run, and its start key has the next attempt number.
 *
 * @throws {InitFailure} with the last run, and with the ids of the earlier runs
 */
export async function withRetries(
  context: StartEffects,
  { attempt, retries, limit, cancel }: Attempts,
): Promise<ExecutionOutputs> {
  const { clock, processCache, report } = context;
  const begunAt = clock.now();
  const secondsLeft = (): number => Math.ceil((limit ?? Number.POSITIVE_INFINITY) - (clock.now() - begunAt) / 1000);
  let failed: { readonly runs: FailedRuns; readonly error: InitFailure<ExecutionOutputs> } | undefined;
  for (;;) {
    try {
      const left = failed === undefined || limit === undefined ? limit : secondsLeft();
      return await attempt(left, failed?.runs);
    } catch (error) {
      if (!(error instanceof InitFailure)) throw failed === undefined ? error : notStartedAgain(failed, error);
      const { id, reasons, outputs } = error as InitFailure<ExecutionOutputs>;
      const run = withRetried(outputs, failed && idsOf(failed.runs));
      const attempts = (failed?.runs.length ?? 0) + 1;
      const before = failed === undefined ? [] : [failedBefore(failed.runs)];
      const isCancelled = cancel?.aborted === true;
      if (!startsAgain({ retries, run, attempts, isCancelled, secondsLeft: secondsLeft() }))
        throw new InitFailure(id, run, [reasons[0], ...reasons.slice(1), ...before]);
      // If it is not certain that the failed run has ended, no new run starts. The next command then reads the failed
      // run again.
      if (!(await hasCertainlyEnded(context, run, cancel)))
        throw new InitFailure(id, { ...run, endUnread: true }, [
          reasons[0],
          ...reasons.slice(1),
          ...before,
          NOT_CERTAIN,
        ]);
      processCache.sawRecorded(run);
      const most = retries?.attempts ?? attempts;
      report.notice(
        `Run ${run.executionId} ${ending(run)}. \`retries\` allows ${most} attempts: attempt ${attempts + 1} begins.`,
      );
      failed = { runs: [run, ...(failed?.runs ?? [])], error: new InitFailure(id, run, reasons) };
    }
  }
}

const NOT_CERTAIN = "It is not certain that the run has ended, so no other attempt was started.";

/** Adds to the outputs of a run the ids of the runs that failed before. */
export function withRetried(outputs: ExecutionOutputs, retried: readonly string[] | undefined): ExecutionOutputs {
  return retried === undefined ? outputs : { ...outputs, retriedExecutionIds: retried };
}

/** Returns the ids of failed runs, the oldest first. */
export function idsOf(runs: FailedRuns): readonly string[] {
  return runs.map(({ executionId }) => executionId).reverse();
}

function failedBefore(runs: FailedRuns): string {
  const ids = idsOf(runs);
  return `Before it, ${ids.length === 1 ? "a run" : `${ids.length} runs`} of this command failed: ${ids.join(", ")}.`;
}

/** Returns the failure of the last run, with the reason why the next attempt started no run. */
function notStartedAgain(
  { error: { id, outputs, reasons } }: { readonly error: InitFailure<ExecutionOutputs> },
  cause: unknown,
): InitFailure<ExecutionOutputs> {
  return new InitFailure(id, outputs, [...reasons, `The next attempt was not started. ${messageOf(cause)}`]);
}
