import { isMap } from "../../../schema";
import type { ExecutionInputs } from "../inputs";
import type { ExecutionOutputs } from "./record";

/**
 * Returns the job of a run in which other services run beside the job. Undefined if the run has no job, or if the run
 * ends by itself when its job ends.
 */
export function jobWithServices({ job, project }: Pick<ExecutionInputs, "job" | "project">): string | undefined {
  const services = project?.model.services;
  return isMap(services) && Object.keys(services).length < 2 ? undefined : job;
}

/**
 * Returns the outputs of an ended run whose job has ended too. The job decides how the run has ended, because the
 * provider, or Lyceum at the `timeout`, has stopped only the services beside the job.
 */
export function withJobEnd(outputs: ExecutionOutputs, job: string, exitCode: number): ExecutionOutputs {
  const ended = { ...outputs, jobEnded: true as const, returnCode: exitCode };
  if (exitCode === 0) return { ...ended, status: "completed" };
  return { ...ended, status: "failed", failedService: job, services: { ...outputs.services, [job]: exitCode } };
}
