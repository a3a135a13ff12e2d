import { hasEnded, isBareEnd } from "../../lyceum/answers/status";
import { isUnclear } from "../../schema/run-id";
import { inputsOfStart, rehearseCreate } from "../create/create";
import { parseInputs } from "../inputs/parse-inputs";
import type { Effects, StartEffects, WaitEffects } from "../process/context";
import type { Runtime, StateRequest } from "../process/engine";
import { type KnownSecrets, knownSecrets } from "../process/known-secrets";
import { withResourceErrors } from "../process/resource-error";
import { isOver } from "../run/ended";
import { lifecycleErrors, messageOf } from "../run/errors";
import { containsUnknown, type ExecutionInputs, type OnDelete, type ResourceInputs } from "../run/inputs";
import { type ExecutionOutputs, parseOutputs } from "../run/record";
import { isSameTarget, sameTarget } from "../run/target";
import { manyMayListen, unlessCancelled } from "../watch/deadline";
import { observeOnce } from "../watch/observe";
import { reportRunsOfResource } from "../watch/unrecorded-runs";
import { type AbortOutcome, abortAndProve } from "./abort";
import { withRunOfStart } from "./unclear";

/** What delete is asked. */
interface DeleteRequest extends StateRequest {
  /** Whether runs that an interrupted command left are reported: for a host without a scope resource, whose deletion would report them. */
  readonly reportsAbandonedRuns?: boolean;
  /** URN of the row, where the host is given it: another one than the recorded one after `state rename`. */
  readonly rowUrn?: string;
}

/**
 * Deletes a resource: aborts its run and watches it to its end, unless it is to be left alone, or a resource of this command has it.
 *
 * An interrupted replacement that created first leaves a second row with the same run. Where the same command created that row, the
 * engine replaced by force, which no check or diff showed: the user asked for a new run, and there is none.
 *
 * @throws {ResourceError} where the state has to stay
 */
export async function deleteResource(
  runtime: Runtime,
  { state, signal, rowUrn, reportsAbandonedRuns = false }: DeleteRequest,
): Promise<void> {
  const { processCache, engine } = runtime;
  const stored = parseOutputs(state);
  // The row is that of the resource's name in the program, which may be another one than at the start.
  const row = { ...stored, resourceUrn: processCache.currentUrn(stored.resourceUrn) };
  const secrets = knownSecrets(processCache, row);
  return withResourceErrors(async () => {
    const named = processCache.plannedCreate(row.resourceUrn)?.values.existingExecutionId;
    const cancel = manyMayListen(signal);
    const recorded = isUnclear(row) ? await withRunOfStart(runtime.context(), row, named !== undefined, cancel) : row;
    // What takes its place looks for them itself.
    const isReplaced = processCache.plannedCreate(row.resourceUrn) !== undefined;
    const reportsOthers = reportsAbandonedRuns && !isReplaced;
    if (recorded === undefined) {
      if (reportsOthers) await reportRunsOfResource(runtime.context(), row);
      return engine.flush();
    }
    const { executionId: id, resourceUrn: urn } = recorded;
    const holder = processCache.holder(id);
    // A row that was renamed is another one than that of its old name, which has adopted the run.
    const isRenamed = rowUrn !== undefined && rowUrn !== stored.resourceUrn;
    if (holder === "created" && !isRenamed) throw lifecycleErrors.replacedByItself(id);
    const isActive = !isOver(recorded);
    if (holder !== undefined && !(isActive && recorded.onDelete === "leave")) {
      if (isActive)
        engine.report.notice(urn, `Run ${id} is not aborted, because another row of the state still has it.`);
      return engine.flush();
    }
    if (isUnclear(row) && named === id) {
      engine.report.notice(urn, `Run ${id} is not aborted, because existingExecutionId names it.`);
      return engine.flush();
    }
    processCache.sawRecorded({ ...stored, executionId: id });
    const context = runtime.context();
    secrets.keepOut(context);
    const replacement = replacementOf(runtime, recorded, secrets);
    const wasAborted = await deleteExecution(context, recorded, replacement, cancel);
    if (wasAborted && replacement !== undefined) processCache.aborted(urn, recorded);
    if (reportsOthers) await reportRunsOfResource(context, recorded);
    await engine.flush();
  }, secrets.redact);
}

/** What this command is about to create in place of the recorded run, if anything. */
function replacementOf(runtime: Runtime, recorded: ExecutionOutputs, secrets: KnownSecrets): Replacement | undefined {
  const news = runtime.processCache.plannedCreate(recorded.resourceUrn);
  if (news === undefined) return undefined;
  const inputs = parseInputs(news);
  return {
    onDelete: inputs.onDelete,
    rehearse: async () => {
      const complete = rehearsed(runtime, news, inputs);
      secrets.add(complete);
      await rehearseCreate(runtime.context(), complete, recorded);
    },
  };
}

/** The inputs of a replacement as far as they are known. What depends on another replacement is not known in full yet. */
function rehearsed(runtime: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  if (!containsUnknown([news.values, news.scope])) return inputsOfStart(runtime, news, inputs);
  const { existingExecutionId, ...known } = inputs;
  return existingExecutionId === undefined || containsUnknown(existingExecutionId) ? known : inputs;
}

/**
 * Deletes an execution: aborts the run with the grace it was started with, and is done only when the service shows its
 * end. A run seen to end before is done at once. Everything else is an error, which keeps the state; only where nothing can be
 * observed at all, or the run must have ended by its own clocks, is it done without that proof, and reports it.
 *
 * Before an active run is aborted for a replacement, the replacement is rehearsed: what that throws leaves the run alone.
 *
 * A cancel ends every wait at once and keeps the state. Nothing that was not sent by then is sent.
 *
 * @returns whether the run was active, and this deletion ended it
 */
export async function deleteExecution(
  context: StartEffects & WaitEffects,
  recorded: ExecutionOutputs,
  replacement?: Replacement,
  cancel?: AbortSignal,
): Promise<boolean> {
  const { executionId: id, resourceUrn: urn } = recorded;
  const unlessStopped = <T>(work: () => Promise<T>, done: string): Promise<T> =>
    unlessCancelled(cancel, work, () => lifecycleErrors.cancelledDelete(id, recorded.status, done));
  const isActive = !isOver(recorded) || (await unlessStopped(() => hasGoneOn(context, recorded), "Nothing was sent."));
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
    proven = (await abortOrLeave(context, recorded, replacement, cancel)) === "ended";
  }
  if (recorded.deleteRecord === true && proven)
    await unlessStopped(() => deleteRecord(context, recorded), "It has ended, and its record may still be there.");
  context.processCache.handled(recorded);
  return isActive && proven;
}

/**
 * Whether a run goes on although its end is recorded: by its status word alone, as one wrong answer is enough for. Whatever the service
 * does not answer leaves the recorded end as it is.
 */
async function hasGoneOn(context: WaitEffects, recorded: ExecutionOutputs): Promise<boolean> {
  if (!isBareEnd(recorded) || recorded.onDelete === "leave") return false;
  try {
    if (!isSameTarget(recorded, context.client)) return false;
    const observed = await observeOnce(context.client, recorded.executionId);
    return observed.kind === "status" && !hasEnded(observed.record ?? observed);
  } catch {
    return false;
  }
}

/** What takes the place of a run that is deleted. */
export interface Replacement {
  readonly onDelete: OnDelete;
  /** Everything that could keep the replacement from starting; throws where something does. */
  rehearse(): Promise<void>;
}

/** Aborts the run. Where that fails and the program says by now that runs are to be left alone, it is left: the way out that errors name. */
async function abortOrLeave(
  context: WaitEffects,
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

/** A record that cannot be deleted is no reason to keep the resource, or a replacement from starting: its run has ended. */
async function deleteRecord(context: Effects, recorded: ExecutionOutputs): Promise<void> {
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
