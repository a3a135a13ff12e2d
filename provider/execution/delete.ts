import { type AbortOutcome, abortAndProve } from "./abort";
import { unlessCancelled } from "./cancel";
import type { LifecycleContext } from "./context";
import { isOver } from "./ended";
import { lifecycleErrors, messageOf } from "./errors";
import type { OnDelete } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { sameTarget } from "./target";

/**
 * Deletes an execution: aborts the run with the grace it was started with, and is done only when the service shows its
 * end. A run seen to end before is done at once. Everything else is an error, which keeps the state; only where nothing can be
 * observed at all, or the run must have ended by its own clocks, is it done without that proof, and reports it.
 *
 * Before an active run is aborted for a replacement, the replacement is rehearsed: what that throws leaves the run alone.
 *
 * A cancel ends every wait at once and keeps the state. Nothing that was not sent by then is sent.
 */
export async function deleteExecution(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  replacement?: Replacement,
  cancel?: AbortSignal,
): Promise<void> {
  const { executionId: id, resourceUrn: urn } = recorded;
  const unlessStopped = <T>(work: () => Promise<T>, done: string): Promise<T> =>
    unlessCancelled(cancel, work, () => lifecycleErrors.cancelledDelete(id, recorded.status, done));
  const isActive = !isOver(recorded);
  let proven = true;
  if (isActive && recorded.onDelete === "leave") {
    proven = false;
    context.report.notice(
      urn,
      `Run ${id} (last status: ${recorded.status}) is not aborted, because onDelete is "leave".`,
    );
  } else if (isActive) {
    if (replacement?.onDelete !== "leave") sameTarget(recorded, context.client);
    await unlessStopped(async () => replacement?.rehearse(), "It was not aborted.");
    const abort = () => abortOrLeave(context, recorded, replacement, cancel);
    proven = (await unlessStopped(abort, "Its abort was sent.")) === "ended";
  }
  if (recorded.deleteRecord === true && proven)
    await unlessStopped(() => deleteRecord(context, recorded), "It has ended, and its record may still be there.");
  context.processCache.deleted(id);
}

/** What takes the place of a run that is deleted. */
export interface Replacement {
  readonly onDelete: OnDelete;
  /** Everything that could keep the replacement from starting; throws where something does. */
  rehearse(): Promise<void>;
}

/**
 * Aborts the run. Where that fails and the program says by now that runs are to be left alone, which is not recorded yet for
 * this one, the run is left alone: it is the way out that the errors name.
 */
async function abortOrLeave(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  replacement: Replacement | undefined,
  cancel: AbortSignal | undefined,
): Promise<AbortOutcome> {
  try {
    sameTarget(recorded, context.client);
    return await abortAndProve(context, recorded, cancel);
  } catch (error) {
    if (replacement?.onDelete !== "leave" || cancel?.aborted) throw error;
    context.report.warning(
      recorded.resourceUrn,
      `Run ${recorded.executionId} could not be aborted and may still be active. It is removed from the state, because onDelete is now "leave". ${messageOf(error)}`,
    );
    return "unobserved";
  }
}

/**
 * A record that is gone already is what was asked for. One that cannot be deleted is no reason to keep the resource, or to keep a
 * replacement from starting: its run has ended.
 */
async function deleteRecord(context: LifecycleContext, recorded: ExecutionOutputs): Promise<void> {
  sameTarget(recorded, context.client);
  try {
    await context.client.deleteRecord(recorded.executionId);
  } catch (error) {
    context.report.warning(
      recorded.resourceUrn,
      `LYC3015: The record of run ${recorded.executionId} could not be deleted and stays at Lyceum. ${messageOf(error)}`,
    );
  }
}
