import { createExecution, type ExecutionOutputs, parseInputs } from "../execution";
import type { ResourceInputs } from "./inputs";
import { completed } from "./inputs-of-start";
import { recordedInputs } from "./recorded-names";
import type { Runtime } from "./runtime";
import { settle } from "./settle";

/** What create is asked. */
export interface CreateRequest {
  readonly news: ResourceInputs;
}

/**
 * Creates a resource: adopts its run, or starts one, and waits for it.
 *
 * @throws {InitFailure} once a run exists, with its id and what is known of it
 * @throws {ResourceError} otherwise: then nothing was started
 */
export async function create(runtime: Runtime, { news }: CreateRequest): Promise<ExecutionOutputs> {
  const inputs = parseInputs(recordedInputs(news));
  return settle(runtime, inputs, {
    complete: () => completed(runtime, news, inputs),
    work: (complete) => createExecution(runtime.context(), complete),
  });
}
