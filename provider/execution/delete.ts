import { isRefusedForGood } from "../lyceum/capability";
import { abortAndProve } from "./abort";
import type { LifecycleContext } from "./context";
import { isOver } from "./ended";
import { warnOfGaps } from "./gaps";
import type { ExecutionOutputs } from "./outputs";
import { sameTarget } from "./target";

/**
 * Deletes an execution: aborts the run with the grace it was started with, and is done only when the service shows its
 * end. A run seen to end before is done at once. Everything else is an error, which keeps the state; only where nothing can be
 * observed at all, or the run must have ended by its own clocks, is it done without that proof, and reports it.
 *
 * `beforeAbort` is called before an active run is aborted for a replacement; what it throws leaves the run alone.
 */
export async function deleteExecution(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  beforeAbort: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { executionId: id, resourceUrn: urn } = recorded;
  const isActive = !isOver(recorded);
  let proven = true;
  if (isActive && recorded.onDelete === "leave") {
    proven = false;
    context.report.notice(
      urn,
      `Run ${id} (last seen ${recorded.status}) is left as it is, because onDelete is "leave".`,
    );
  } else if (isActive) {
    sameTarget(recorded, context.client);
    await beforeAbort();
    proven = (await abortAndProve(context, recorded)) === "ended";
  }
  if (recorded.deleteRecord === true && proven) await deleteRecord(context, recorded);
  context.memory.deleted(id);
}

/** A record that is gone already is what was asked for. One that may not be deleted is no reason to keep the resource. */
async function deleteRecord(context: LifecycleContext, recorded: ExecutionOutputs): Promise<void> {
  sameTarget(recorded, context.client);
  try {
    await context.client.deleteRecord(recorded.executionId);
  } catch (error) {
    if (!isRefusedForGood(error) || error.status === 401) throw error;
    warnOfGaps(context, recorded.resourceUrn, [{ kind: "refused", call: "deleteRecord", error }]);
  }
}
