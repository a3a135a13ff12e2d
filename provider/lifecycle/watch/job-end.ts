import { exitCodeOf } from "../../lyceum/answers/exit-line";
import { hasEnded, kindOf } from "../../lyceum/answers/status";
import { isRefusedForGood } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import { READ_SECONDS } from "../../lyceum/operations";
import type { LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { withJobEnd } from "../run/record/job-end";
import type { ExecutionOutputs } from "../run/record/record";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

interface JobReads {
  readonly client: Pick<LyceumPort, "logsTail">;
  readonly clock: Clock;
}

/**
 * Adds the end of the job to the outputs of a run that has ended in another way than with success. Somebody may have
 * stopped the run after its job had ended: an interrupted command, a person, or Lyceum at the `timeout`. Returns the
 * outputs unchanged if the run has no job with other services, or if the output does not show the job's end.
 */
export async function explainedByJob(
  reads: JobReads,
  outputs: ExecutionOutputs,
  seconds = READ_SECONDS,
): Promise<ExecutionOutputs> {
  const { job, jobEnded, executionId } = outputs;
  if (job === undefined || jobEnded === true || !hasEnded(outputs) || kindOf(outputs) === "completed") return outputs;
  const { exitCode } = await readJobEnd(reads, executionId, job, { seconds });
  return exitCode === undefined ? outputs : withJobEnd(outputs, job, exitCode);
}

/** What the output of a run shows of its job. */
interface JobEndRead {
  /** The exit code of the job. Absent if the output does not show the job's end. */
  readonly exitCode?: number | undefined;
  /** The error with which Lyceum refuses the output. */
  readonly refusal?: LyceumError;
}

/** Reads the exit code of a job from the output of its run. Never throws. */
export async function readJobEnd(
  { client, clock }: JobReads,
  executionId: string,
  job: string,
  { seconds = READ_SECONDS, lines = API_LIMITS.logLines }: { readonly seconds?: number; readonly lines?: number } = {},
): Promise<JobEndRead> {
  try {
    const read = (signal: AbortSignal) => client.logsTail(executionId, lines, { signal });
    return { exitCode: exitCodeOf(await bounded(clock, seconds, read), job) };
  } catch (error) {
    return isRefusedForGood(error) ? { refusal: error } : {};
  }
}
