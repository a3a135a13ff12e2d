import { exitOf, type ShownExit } from "../../lyceum/answers/exit-line";
import { hasEnded, kindOf } from "../../lyceum/answers/status";
import { isRefusedForGood } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import { READ_SECONDS } from "../../lyceum/operations";
import type { LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { endedBeforeStop, withJobEnd } from "../run/record/job-end";
import type { ExecutionOutputs } from "../run/record/record";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

interface JobReads {
  readonly client: Pick<LyceumPort, "logsTail">;
  readonly clock: Clock;
}

/** The outputs of an ended run. `unread`: the output cannot be read now, so it is unknown how the run ended. */
export type ExplainedEnd =
  | { readonly kind: "known"; readonly outputs: ExecutionOutputs }
  | { readonly kind: "unread"; readonly error: unknown };

/**
 * Adds the end of the job (`outputs.job`) to the outputs of a run that ended without success. Returns the outputs
 * unchanged if the output of the run does not show that the job ended before the run was stopped. A person, an
 * interrupted command or the `timeout` may have stopped the run.
 */
export async function explainedByJob(
  reads: JobReads,
  outputs: ExecutionOutputs,
  seconds = READ_SECONDS,
): Promise<ExplainedEnd> {
  const { job, jobEnded, executionId } = outputs;
  const unchanged: ExplainedEnd = { kind: "known", outputs };
  if (job === undefined || jobEnded === true || !hasEnded(outputs) || kindOf(outputs) === "completed") return unchanged;
  const read = await readJobEnd(reads, executionId, job, seconds);
  if (read.kind === "unread") return read;
  if (read.kind !== "ended" || !endedBeforeStop(read, outputs)) return unchanged;
  return { kind: "known", outputs: withJobEnd(outputs, job, read.exitCode) };
}

/**
 * Whether the output of a run shows that the run's job has ended. `not shown`: the output does not show the end of the
 * job, or Lyceum refuses to show the output. `unread`: the output cannot be read now.
 */
export type JobEndRead =
  | ({ readonly kind: "ended" } & ShownExit)
  | { readonly kind: "not shown"; readonly refusal?: LyceumError }
  | { readonly kind: "unread"; readonly error: unknown };

/** Reads the end of a job from the output of its run. Never throws. */
export async function readJobEnd(
  { client, clock }: JobReads,
  executionId: string,
  job: string,
  seconds = READ_SECONDS,
): Promise<JobEndRead> {
  try {
    const read = (signal: AbortSignal) =>
      client.logsTail(executionId, API_LIMITS.logLines, { signal, throwsUnread: true });
    const exit = exitOf(await bounded(clock, seconds, read), job);
    return exit === undefined ? { kind: "not shown" } : { kind: "ended", ...exit };
  } catch (error) {
    return isRefusedForGood(error) ? { kind: "not shown", refusal: error } : { kind: "unread", error };
  }
}
