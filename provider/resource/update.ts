import { type ExecutionOutputs, noteRecorded, parseInputs, parseOutputs, updateExecution } from "../execution";
import type { RecordedState, ResourceInputs } from "./inputs";
import { withSecretsOfFiles } from "./inputs-of-start";
import { recordedInputs, recordedProperties } from "./recorded-names";
import type { Runtime } from "./runtime";
import { settle } from "./settle";

/** What update is asked. */
export interface UpdateRequest {
  readonly state: RecordedState;
  readonly news: ResourceInputs;
}

/**
 * Updates a resource; never starts a run.
 *
 * @throws {InitFailure} where the run is not in its desired state, with what is known of it
 * @throws {ResourceError} otherwise: then the state stays as it was
 */
export async function update(runtime: Runtime, { state, news }: UpdateRequest): Promise<ExecutionOutputs> {
  const recorded = parseOutputs(state.id, recordedProperties(state));
  noteRecorded(runtime.memory, recorded);
  const inputs = parseInputs(recordedInputs(news));
  return settle(runtime, inputs, {
    complete: () => withSecretsOfFiles(runtime, news, inputs),
    work: (complete) => updateExecution(runtime.context(), recorded, complete),
  });
}
