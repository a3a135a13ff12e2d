import { createExecution, type ExecutionOutputs, parseInputs, type ResourceInputs } from "../execution";
import { completed } from "./inputs-of-start";
import type { Runtime } from "./runtime";
import { settle, type Work } from "./settle";

/** What create is asked. */
export interface CreateRequest extends Pick<Work, "signal"> {
  readonly news: ResourceInputs;
}

/**
 * Creates a resource: adopts its run, or starts one, and waits for it.
 *
 * @throws {InitFailure} once a run exists, with its id and what is known of it
 * @throws {ResourceError} otherwise: then nothing was started
 */
export async function create(runtime: Runtime, { news, signal }: CreateRequest): Promise<ExecutionOutputs> {
  const inputs = parseInputs(news);
  return settle(runtime, inputs, {
    signal,
    complete: () => completed(runtime, news, inputs),
    work: (complete, cancel) => createExecution(runtime.context(), complete, cancel),
  });
}
