import { deleteExecution, endResource, noteRecorded, parseOutputs } from "../execution";
import { replacementOf } from "./inputs-of-start";
import { knownSecrets } from "./known-secrets";
import type { StateRequest } from "./ports";
import { withResourceErrors } from "./resource-error";
import { manyMayListen, type Runtime } from "./runtime";

/** What delete is asked. */
export interface DeleteRequest extends StateRequest {
  /**
   * Whether runs of the resource that an interrupted command left are ended, too. For a host without a scope resource, whose
   * deletion would end them.
   */
  readonly endsAbandonedRuns?: boolean;
}

/**
 * Deletes a resource: aborts its run and watches it to its end, unless it is to be left alone.
 *
 * @throws {ResourceError} where the state has to stay
 */
export async function deleteResource(
  runtime: Runtime,
  { state, signal, endsAbandonedRuns = false }: DeleteRequest,
): Promise<void> {
  const { session, processCache, engine } = runtime;
  const stored = parseOutputs(state);
  // The row is that of the resource's name in the program, which may be another one than at the start.
  const recorded = { ...stored, resourceUrn: session.currentUrn(stored.resourceUrn) };
  const secrets = knownSecrets(session, recorded);
  return withResourceErrors(async () => {
    noteRecorded(processCache, stored);
    const context = runtime.context();
    secrets.keepOut(context);
    const replacement = replacementOf(runtime, recorded.resourceUrn, secrets);
    await deleteExecution(context, recorded, replacement, manyMayListen(signal));
    // What takes its place looks for them itself.
    const isRenamed = state.urn !== "" && stored.resourceUrn !== state.urn;
    if (endsAbandonedRuns && replacement === undefined && !isRenamed) await endResource(context, recorded);
    await engine.flush();
  }, secrets.redact);
}
