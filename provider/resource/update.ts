import type { RecordedState } from "../execution";
import { type ExecutionOutputs, noteRecorded, parseInputs, parseOutputs, updateExecution } from "../execution";
import type { CreateRequest } from "./create";
import { withSecretsOfFiles } from "./inputs-of-start";
import type { Runtime } from "./runtime";
import { settle } from "./settle";

/** What update is asked. */
export interface UpdateRequest extends CreateRequest {
  readonly state: RecordedState;
}

/**
 * Updates a resource; never starts a run.
 *
 * @throws {InitFailure} where the run is not in its desired state, with what is known of it
 * @throws {ResourceError} otherwise: then the state stays as it was
 */
export async function update(runtime: Runtime, { state, news, signal }: UpdateRequest): Promise<ExecutionOutputs> {
  const recorded = parseOutputs(state);
  noteRecorded(runtime.processCache, recorded);
  const inputs = parseInputs(news);
  return settle(runtime, inputs, {
    signal,
    complete: () => withSecretsOfFiles(runtime, news, inputs),
    work: (complete, cancel) => updateExecution(runtime.context(), recorded, complete, cancel),
  });
}
