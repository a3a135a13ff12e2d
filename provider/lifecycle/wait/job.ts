import type { ShownExit } from "../../lyceum/answers/exit-line";
import { kindOf } from "../../lyceum/answers/status";
import { answerInWords, nameOfCall } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import type { WaitEffects } from "../process/context";
import { deleteClock, LONGEST_GRACE_SECONDS } from "../run/clocks";
import { LIFECYCLE_CATALOGUE } from "../run/error-catalogue";
import { messageOf } from "../run/errors";
import { endedAtTimeout, longestStop } from "../run/record/job-end";
import type { ExecutionOutputs, ObservedRun } from "../run/record/record";
import { abortRun } from "../watch/abort-run";
import type { Deadline } from "../watch/deadline";
import { type ExplainedEnd, explainedByJob, readJobEnd } from "../watch/job-end";

/** Watches the output of a run for the end of its job. */
export interface JobWatch {
  /** Requests newer output if enough time has passed since the last request. Never waits and never fails. */
  look(outputs: ExecutionOutputs): void;
  /**
   * Returns the end of the job if the output has shown it. If the `timeout` of the run may have ended the job, Lyceum
   * is probably stopping the run. The end is then returned only after the longest time that the stop may take
   * (`longestStop`).
   */
  exit(outputs: ExecutionOutputs): ShownExit | undefined;
}

/** Minimum number of seconds between two requests for output. */
const ASK_EVERY = 5;

/** Makes a watch for a run that has services in addition to a job. Undefined for any other run. */
export function watchJob(context: WaitEffects, run: ExecutionOutputs): JobWatch | undefined {
  const { executionId, job } = run;
  if (job === undefined) return undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAsking = false;
  let found: ShownExit | undefined;
  let foundAt = 0;

  async function ask(): Promise<void> {
    isAsking = true;
    askedAt = context.clock.now();
    const read = await readJobEnd(context, executionId, job ?? "");
    if (read.kind === "ended") [found, foundAt] = [read, context.clock.now()];
    isAsking = false;
    if (read.kind === "not shown" && read.refusal !== undefined) warnOfRefusal(context, run, read.refusal);
  }

  return {
    look(outputs) {
      const isTime = context.clock.now() - askedAt >= ASK_EVERY * 1000;
      // A run with an unknown status word may be running.
      const mayRun = kindOf(outputs) === "running" || kindOf(outputs) === "unknown";
      if (mayRun && found === undefined && isTime && !isAsking) void ask();
    },
    exit(outputs) {
      if (found === undefined || context.clock.now() - foundAt > longestStop(outputs)) return found;
      return endedAtTimeout(found, outputs) ? undefined : found;
    },
  };
}

/** Warns once if Lyceum refuses to show the output of the run. */
function warnOfRefusal(
  { report, processCache }: WaitEffects,
  { executionId, job, timeout }: ExecutionOutputs,
  error: LyceumError,
): void {
  if (!processCache.firstTime(`the end of the job of ${executionId}`)) return;
  const limit = timeout === undefined ? "its `timeout`" : `its \`timeout\` of ${timeout} s`;
  report.warning(
    `LYC3015: The end of job ${job} cannot be seen, because ${nameOfCall("logs")} ${answerInWords(error)}. So run ${executionId} goes on until ${limit}. ${LIFECYCLE_CATALOGUE.LYC3015.remedy}`,
  );
}

/** Seconds until the output of an ended run is read again, because the last lines may come late. */
const LATE_LINES_SECONDS = 5;

/**
 * Adds the end of the job to the outputs of a run that has just ended. If the output cannot be read or does not show
 * the end of the job, reads the output again after some seconds.
 */
export async function explainedEnd(
  context: WaitEffects,
  outputs: ExecutionOutputs,
  { cancel }: Deadline,
): Promise<ExplainedEnd> {
  const first = await explainedByJob(context, outputs);
  const isExplained = outputs.job === undefined || (first.kind === "known" && first.outputs.jobEnded === true);
  if (isExplained) return first;
  await context.clock.sleep(LATE_LINES_SECONDS, cancel?.signal);
  return explainedByJob(context, outputs);
}

/**
 * The result of stopping the services that run next to a job. `goes on`: the run has not ended, and a warning shows the
 * reason.
 */
export type StoppedServices =
  | { readonly kind: "ended"; readonly run: ObservedRun }
  | { readonly kind: "goes on" | "cancelled" };

/**
 * Stops the services that run next to a job, because the job has ended. Uses the grace period of the run, and waits for
 * the end of the run.
 */
export async function stopServices(
  context: WaitEffects,
  { executionId: id, job, status, ...outputs }: ExecutionOutputs,
  deadline: Deadline,
): Promise<StoppedServices> {
  const { clock, report } = context;
  const { gracefulTimeout: graceSeconds = LONGEST_GRACE_SECONDS } = outputs;
  report.progress(`job ${job} has ended; stopping the other services (run ${id})`);
  const endsAt = Math.min(clock.now() + deleteClock(outputs) * 1000, deadline.at);
  const bounds = { endsAt, cancel: deadline.cancel?.signal, stopsUnseen: true };
  const aborted = abortRun(context, { executionId: id, status, graceSeconds, isListed: true }, bounds);
  const goOn = (why: string): StoppedServices => {
    report.warning(
      `Job ${job} has ended, but the other services of run ${id} could not be stopped (${why}). The provider waits for the end of the run. To stop them now, run \`npx pulumi-lyceum abort ${id}\`.`,
    );
    return { kind: "goes on" };
  };
  try {
    const end = await aborted.watch();
    if (end === "ended" || end === "gone") return { kind: "ended", run: aborted.last().run };
    if (end === "cancelled") return { kind: "cancelled" };
    return goOn(
      end === "refused" ? aborted.inWords() : `${aborted.inWords()}; Lyceum has not reported the end of the run`,
    );
  } catch (error) {
    return goOn(messageOf(error));
  } finally {
    aborted.stop();
  }
}
