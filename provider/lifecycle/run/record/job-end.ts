import { readCompose } from "../../../../compose";
import type { ShownExit } from "../../../lyceum/answers/exit-line";
import { isMap, type Properties } from "../../../schema";
import { LONGEST_GRACE_SECONDS } from "../clocks";
import type { ExecutionInputs } from "../inputs";
import type { ExecutionOutputs } from "./record";

/**
 * Returns the argument `job` if the run may have other services, which may continue after the end of the job. Undefined
 * if the run has no job, or no other service.
 */
export function jobWithServices({
  job,
  project,
  composeText = "",
}: Pick<ExecutionInputs, "job" | "project" | "composeText">): string | undefined {
  if (job === undefined) return undefined;
  const services = (project?.model ?? modelOf(composeText))?.services;
  return isMap(services) && Object.keys(services).length < 2 ? undefined : job;
}

function modelOf(text: string): Properties | undefined {
  const read = readCompose(text);
  return read.kind === "document" ? read.model : undefined;
}

/** Exit codes of a process that SIGINT, SIGKILL or SIGTERM has ended. */
const SIGNALLED: ReadonlySet<number> = new Set([130, 137, 143]);

/**
 * The number of seconds that Lyceum may need to stop a run, in addition to the grace period. Times that Lyceum reports
 * may also be wrong by this number of seconds.
 */
const STOP_SLACK_SECONDS = 30;

type TimeLimits = {
  readonly [Name in "startedAt" | "endedAt" | "timeout" | "gracefulTimeout"]?: ExecutionOutputs[Name] | undefined;
};

/** Returns the longest time that Lyceum takes to stop a run, in milliseconds. */
export function longestStop({ gracefulTimeout = LONGEST_GRACE_SECONDS }: TimeLimits): number {
  return (gracefulTimeout + STOP_SLACK_SECONDS) * 1000;
}

/**
 * Whether the job may have ended because Lyceum stopped the run at its `timeout`. The job may then have exit code 0
 * without having done its work.
 *
 * | the job ended                                    | result |
 * |--------------------------------------------------|--------|
 * | before the `timeout`, or one of these times is unknown | false |
 * | more than `longestStop` before the end of the run | false: the job ended before the stop |
 * | more than `longestStop` after the end of the run | false: the two times come from different clocks |
 * | anything else                                    | true |
 *
 * If the end of the run is unknown, the end of its `timeout` counts as the end of the run.
 */
export function endedAtTimeout({ at }: ShownExit, run: TimeLimits): boolean {
  const timeoutAt = Date.parse(run.startedAt ?? "") + (run.timeout ?? Number.NaN) * 1000;
  if (at === undefined || !(at >= timeoutAt)) return false;
  const endedAt = Date.parse(run.endedAt ?? "");
  return Math.abs((Number.isNaN(endedAt) ? timeoutAt : endedAt) - at) <= longestStop(run);
}

/**
 * Whether the job of a stopped run had ended before the stop. False if a signal ended the job, because this signal
 * probably came from the stop.
 */
export function endedBeforeStop(exit: ShownExit, run: TimeLimits): boolean {
  return !SIGNALLED.has(exit.exitCode) && !endedAtTimeout(exit, run);
}

/**
 * Returns the outputs of an ended run, with the status and the exit code of its job. How the other services ended does
 * not count, because they run only for the job.
 */
export function withJobEnd(
  { failedService: _stopped, ...outputs }: ExecutionOutputs,
  job: string,
  exitCode: number,
): ExecutionOutputs {
  const ended = { ...outputs, jobEnded: true as const, returnCode: exitCode };
  if (exitCode === 0) return { ...ended, status: "completed" };
  return { ...ended, status: "failed", failedService: job, services: { ...outputs.services, [job]: exitCode } };
}
