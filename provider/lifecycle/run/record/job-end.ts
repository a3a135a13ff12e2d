import { readCompose } from "../../../../compose";
import type { ShownExit } from "../../../lyceum/answers/exit-line";
import { isMap, type Properties } from "../../../schema";
import { LONGEST_GRACE_SECONDS } from "../clocks";
import type { ExecutionInputs } from "../inputs";
import type { ExecutionOutputs } from "./record";

/**
 * Returns the job of a run in which other services run next to the job. Undefined if the run has no job, or if the run
 * ends by itself when its job ends.
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

/** Exit codes of a process that a signal has ended: SIGINT, SIGKILL and SIGTERM. */
const SIGNALLED: ReadonlySet<number> = new Set([130, 137, 143]);

/**
 * Seconds that Lyceum may need in addition to the grace period to stop a run. Its times may be wrong by as many
 * seconds.
 */
const STOP_SLACK_SECONDS = 30;

type TimeLimits = {
  readonly [Name in "startedAt" | "endedAt" | "timeout" | "gracefulTimeout"]?: ExecutionOutputs[Name] | undefined;
};

/** The longest time that Lyceum takes to stop all services of a run, in milliseconds. */
export function longestStop({ gracefulTimeout = LONGEST_GRACE_SECONDS }: TimeLimits): number {
  return (gracefulTimeout + STOP_SLACK_SECONDS) * 1000;
}

/**
 * Whether the job may have ended because Lyceum stopped the run at its `timeout`. A job that handles the signal may
 * then end with exit code 0, without having done its work. If the run went on for longer than a stop takes, its
 * `timeout` came later than this process assumes, and did not end the job. A time far away from the `timeout` is that
 * of another clock.
 */
export function endedAtTimeout({ at }: ShownExit, run: TimeLimits): boolean {
  const timeoutAt = Date.parse(run.startedAt ?? "") + (run.timeout ?? Number.NaN) * 1000;
  if (at === undefined || !(at >= timeoutAt)) return false;
  const endedAt = Date.parse(run.endedAt ?? "");
  return Math.abs((Number.isNaN(endedAt) ? timeoutAt : endedAt) - at) <= longestStop(run);
}

/**
 * Whether the job of a stopped run had ended before the run was stopped. False if the exit code is that of a signal,
 * because the stop of the run has probably stopped the job too.
 */
export function endedBeforeStop(exit: ShownExit, run: TimeLimits): boolean {
  return !SIGNALLED.has(exit.exitCode) && !endedAtTimeout(exit, run);
}

/**
 * Returns the outputs of an ended run whose job has ended too. The job decides how the run has ended, because the
 * provider, or Lyceum at the `timeout`, has stopped only the other services.
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
