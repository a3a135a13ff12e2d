import { isBareEnd } from "../../lyceum/answers/status";
import { isUnclear } from "../../schema/run-id";
import { reportRunsOfResource } from "../account/unrecorded-runs";
import { inputsOfStart, rehearseCreate, releaseFiles } from "../create/create";
import { deleteArtifacts } from "../end/artifacts";
import { parseInputs } from "../inputs/parse-inputs";
import type { Effects, StartEffects, WaitEffects } from "../process/context";
import type { Runtime, StateRequest } from "../process/engine";
import { type KnownSecrets, knownSecrets } from "../process/known-secrets";
import { withResourceErrors } from "../process/resource-error";
import { lifecycleErrors, messageOf } from "../run/errors";
import { containsUnknown, type ExecutionInputs, type OnDelete, type ResourceInputs } from "../run/inputs";
import { isOver } from "../run/record/ended";
import { type ExecutionOutputs, parseOutputs } from "../run/record/record";
import { isSameTarget, sameTarget } from "../run/target";
import { manyMayListen, unlessCancelled } from "../watch/deadline";
import { afterAnotherRead, observeOnce } from "../watch/observe";
import { type AbortOutcome, abortAndProve } from "./abort";
import { removeFiles, removeFilesOfStart } from "./remove-files";
import { withRunOfStart } from "./unclear";

interface DeleteRequest extends StateRequest {
  /**
   * Whether the deletion reports runs that an interrupted command left. A host with a scope resource reports such runs
   * when the scope is deleted.
   */
  readonly reportsAbandonedRuns?: boolean;
  /**
   * The URN of the resource in the state, if the host knows it. After `state rename`, this URN differs from the
   * recorded URN.
   */
  readonly stateUrn?: string;
}

/**
 * Deletes a resource: aborts its run and waits for the end. Lets the run continue if `onDelete` is "leave" or another
 * resource has the run, for example after an interrupted replacement.
 *
 * Throws LYC3022 if the user forced a replacement, but the create of this command adopted the old run. No new run was
 * started then.
 *
 * @throws {ResourceError} if the resource has to stay in the state
 */
export async function deleteResource(
  runtime: Runtime,
  { state, signal, stateUrn, reportsAbandonedRuns }: DeleteRequest,
): Promise<void> {
  const { processCache, engine } = runtime;
  const stored = parseOutputs(state);
  // The program may have renamed the resource after the start of the run.
  const current = { ...stored, resourceUrn: processCache.currentUrn(stored.resourceUrn) };
  const secrets = knownSecrets(processCache, current);
  return withResourceErrors(async () => {
    const context = runtime.context(current.resourceUrn);
    const named = processCache.plannedCreate(current.resourceUrn)?.values.existingExecutionId;
    const cancel = manyMayListen(signal);
    const recorded = isUnclear(current) ? await withRunOfStart(context, current, named !== undefined, cancel) : current;
    // The create of a replacement reports abandoned runs itself, before it starts a run.
    const isReplaced = processCache.plannedCreate(current.resourceUrn) !== undefined;
    const reportsOthers = reportsAbandonedRuns && !isReplaced;
    if (recorded === undefined) {
      await removeFilesOfStart(context, current, replacementOf(runtime, current, secrets), cancel);
      if (current.deleteRecord === true && current.retriedExecutionIds !== undefined)
        await deleteRecords(context, current);
      if (reportsOthers) await reportRunsOfResource(context, current);
      return engine.flush();
    }
    const { executionId: id, resourceUrn: urn } = recorded;
    const holder = processCache.holder(id);
    // After a rename, a new resource with the old name may have adopted the run. The new resource replaces nothing.
    const isRenamed = stateUrn !== undefined && stateUrn !== stored.resourceUrn;
    if (holder === "created" && !isRenamed) throw lifecycleErrors.replacedByItself(id);
    const isActive = !isOver(recorded);
    if (holder !== undefined && !(isActive && recorded.onDelete === "leave")) {
      if (isActive)
        context.report.notice(`Run ${id} is not aborted, because another resource in the state still has it.`);
      return engine.flush();
    }
    if (isUnclear(current) && named === id) {
      context.report.notice(`Run ${id} is not aborted, because existingExecutionId names it.`);
      return engine.flush();
    }
    processCache.sawRecorded({ ...stored, executionId: id });
    secrets.keepOut(context);
    const replacement = replacementOf(runtime, recorded, secrets);
    const wasAborted = await deleteExecution(context, recorded, replacement, cancel);
    if (wasAborted && replacement !== undefined) processCache.aborted(urn, recorded);
    if (reportsOthers) await reportRunsOfResource(context, recorded);
    await engine.flush();
  }, secrets.redact);
}

/** Returns the replacement that this command will create for the recorded run, if there is one. */
function replacementOf(runtime: Runtime, recorded: ExecutionOutputs, secrets: KnownSecrets): Replacement | undefined {
  const news = runtime.processCache.plannedCreate(recorded.resourceUrn);
  if (news === undefined) return undefined;
  const inputs = parseInputs(news);
  return {
    urn: news.urn,
    onDelete: inputs.onDelete,
    mounts: () => new Set(runtime.projects.uploadsOf(news.urn).map(({ hash }) => hash)),
    rehearse: async (cancel) => {
      const complete = rehearsed(runtime, news, inputs);
      secrets.add(complete);
      return rehearseCreate(runtime.context(complete.urn), complete, recorded, cancel && { signal: cancel });
    },
  };
}

/**
 * Returns the inputs with which `rehearseCreate` checks, before the old run is aborted, whether the new run can start.
 * Inputs from another resource that is replaced too are still unknown. In this case, the text of a Compose project and
 * the mounts are not added, and an unknown `existingExecutionId` is removed.
 */
function rehearsed(runtime: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  if (!containsUnknown([news.values, news.scope])) return inputsOfStart(runtime, news, inputs);
  const { existingExecutionId, ...known } = inputs;
  return containsUnknown(existingExecutionId) ? known : inputs;
}

/**
 * Deletes an execution: aborts its run, if the run is active, and waits until Lyceum shows the run's end. The deletion
 * succeeds without this proof only in some cases, for example if `onDelete` is "leave", if all time limits of the run
 * have passed, or if the program accepts that the run is lost. In all other cases, throws an error, and the resource
 * stays in the state.
 *
 * A replacement first checks everything that could prevent the start of the new run, and stores the files of the new
 * run. If a check or the upload fails, the old run is not aborted. A cancel ends every wait at once, and keeps the
 * resource in the state.
 *
 * @returns whether the run was active and this deletion ended it
 */
export async function deleteExecution(
  context: StartEffects & WaitEffects,
  recorded: ExecutionOutputs,
  replacement?: Replacement,
  cancel?: AbortSignal,
): Promise<boolean> {
  const { executionId: id } = recorded;
  const unlessStopped = <T>(work: () => Promise<T>, done: string): Promise<T> =>
    unlessCancelled(cancel, work, () => lifecycleErrors.cancelledDelete(id, recorded.status, done));
  const isActive = !isOver(recorded) || (await unlessStopped(() => hasGoneOn(context, recorded), "Nothing was sent."));
  let proven = true;
  if (isActive && recorded.onDelete === "leave") {
    proven = false;
    context.report.notice(`Run ${id} (last status: ${recorded.status}) is not aborted, because onDelete is "leave".`);
  } else if (isActive) {
    if (replacement?.onDelete !== "leave") sameTarget(recorded, context.client);
    const stored = await unlessStopped(async () => replacement?.rehearse(cancel), "It was not aborted.");
    proven = (await abortForReplacement(context, recorded, replacement, { stored, cancel })) === "ended";
  }
  if (recorded.filesPrefix !== undefined) {
    const stays = !proven || recorded.onDelete === "leave" || replacement?.onDelete === "leave";
    if (stays) context.report.notice(`The files of run ${id} stay in the bucket, in ${recorded.filesPrefix}.`);
    else await unlessStopped(() => removeFiles(context, recorded, replacement, cancel), "It has ended.");
  }
  if (recorded.deleteRecord === true && proven)
    await unlessStopped(() => deleteRecords(context, recorded), "It has ended, and its record may still be there.");
  await unlessStopped(() => deleteArtifacts(context, recorded), "It has ended.");
  context.processCache.handled(recorded);
  return isActive && proven;
}

/**
 * Whether a run is still active although the state records its end. Reads the run again only if the recorded end has
 * neither exit code nor time, because one wrong answer can cause such a record. If the read gives no clear answer, the
 * recorded end counts.
 */
async function hasGoneOn(context: WaitEffects, recorded: ExecutionOutputs): Promise<boolean> {
  if (!isBareEnd(recorded) || recorded.onDelete === "leave") return false;
  try {
    if (!isSameTarget(recorded, context.client)) return false;
    return afterAnotherRead(recorded, await observeOnce(context.client, recorded.executionId)) === "active";
  } catch {
    return false;
  }
}

/** The replacement of a run that is about to be deleted. */
export interface Replacement {
  /** The URN of the new resource. Its name may differ from the name under which the old run was started. */
  readonly urn?: string;
  readonly onDelete: OnDelete;
  /** Digests of the mounts that the replacement uses. */
  readonly mounts?: () => ReadonlySet<string>;
  /**
   * Checks everything that could prevent the start of the new run, and stores its files. Throws if a check fails or the
   * files cannot be stored.
   *
   * @returns the folder of the stored files
   */
  rehearse(cancel?: AbortSignal): Promise<string | undefined>;
}

/**
 * Aborts the run. The files of the replacement's run may be stored already. If the abort throws an error, marks these
 * files as unused, so that the next command can use or remove them.
 */
async function abortForReplacement(
  context: StartEffects & WaitEffects,
  recorded: ExecutionOutputs,
  replacement: Replacement | undefined,
  { stored, cancel }: { readonly stored: string | undefined; readonly cancel: AbortSignal | undefined },
): Promise<AbortOutcome> {
  try {
    return await abortOrLeave(context, recorded, replacement, cancel);
  } catch (error) {
    await releaseFiles(context, stored, { cancel: cancel && { signal: cancel } });
    throw error;
  }
}

/** Aborts the run. If the abort fails and the program now has `onDelete: "leave"`, lets the run continue. */
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
      `Run ${recorded.executionId} could not be aborted and may still be active. It is removed from the state, because onDelete is now "leave". ${messageOf(error)}`,
    );
    return "unobserved";
  }
}

/**
 * Deletes Lyceum's record of the run, and the records of the runs that failed before this run. If a deletion fails, the
 * function only warns, because the runs have ended.
 */
async function deleteRecords(context: Effects, recorded: ExecutionOutputs): Promise<void> {
  sameTarget(recorded, context.client);
  const own = isUnclear(recorded) ? [] : [recorded.executionId];
  for (const id of [...(recorded.retriedExecutionIds ?? []), ...own]) {
    try {
      await context.client.deleteRecord(id);
    } catch (error) {
      context.report.warning(
        `LYC3015: The record of run ${id} could not be deleted and stays at Lyceum. ${messageOf(error)}`,
      );
    }
  }
}
