import {
  type ExecutionOutputs,
  lifecycleErrors,
  noteRecorded,
  parseOutputs,
  readExecution,
  unlessCancelled,
} from "../execution";
import { knownSecrets } from "./known-secrets";
import type { StateRequest } from "./ports";
import { withResourceErrors } from "./resource-error";
import { manyMayListen, type Runtime } from "./runtime";

/**
 * Reads a resource: its run as the service shows it now. A state without a recorded run is one that a program reads by its id.
 *
 * @throws {ResourceError}
 */
export async function read(runtime: Runtime, { state, signal }: StateRequest): Promise<ExecutionOutputs> {
  const recorded = parseOutputs(state);
  const secrets = knownSecrets(runtime.session, recorded);
  return withResourceErrors(async () => {
    noteRecorded(runtime.processCache, recorded);
    runtime.session.refreshing(recorded.resourceUrn, true);
    const context = runtime.context();
    secrets.keepOut(context);
    // Nothing is recorded when a program reads a run by its id (`get`): it is looked for where the configuration says.
    const get = state.properties.executionId === undefined;
    const located = get ? { ...recorded, baseUrl: context.client.baseUrl } : recorded;
    const outputs = await unlessCancelled(
      manyMayListen(signal),
      () => readExecution(context, located),
      () => lifecycleErrors.cancelledRead(state.id),
    );
    if (get && outputs.missing !== undefined) throw lifecycleErrors.unknownId(state.id);
    return outputs;
  }, secrets.redact);
}
