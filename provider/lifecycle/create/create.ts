import { hasEnded } from "../../lyceum/answers/status";
import { compact } from "../../lyceum/json";
import { warnOfGaps } from "../account/lookup-gaps";
import { reportUnrecorded } from "../account/unrecorded-runs";
import { parseInputs } from "../inputs/parse-inputs";
import type { ReadEffects, RunEffects, StartEffects } from "../process/context";
import type { Runtime } from "../process/engine";
import { withRunErrors } from "../process/resource-error";
import { readExecution } from "../read/read";
import { waitClocks } from "../run/clocks";
import { InitFailure, messageOf } from "../run/errors";
import { type Identity, identify } from "../run/identity/identity";
import { formatStartKey, parseFileName } from "../run/identity/start-key";
import type { ExecutionInputs, ResourceInputs } from "../run/inputs";
import { jobWithServices } from "../run/record/job-end";
import { type ExecutionOutputs, recordedForEnd, UNKNOWN_STATUS, withObserved } from "../run/record/record";
import { waitUntilReached } from "../wait/wait";
import { beforeStart, type Cancellation, type Deadline, deadlineIn } from "../watch/deadline";
import { findExisting, lookUpAndVerify, lookUpRuns, SNAPSHOT_MAY_BE_OLD_MILLISECONDS, verifyStart } from "./lookup";
import { idsOf, withRetried, withRetries } from "./retries/retry";
import type { StartDecision } from "./start-decision";
import { findFiles, storeFiles } from "./store-files";
import { awaitLists, requireClear, settleUnclear, unclearFailure } from "./unclear-start";
import { releaseFiles, removeFilesOfRun, startWithFiles } from "./unused-files";

export { rehearseCreate } from "./rehearse";
export { releaseFiles } from "./unused-files";

/**
 * The last sentence of a notice about an adopted run. An earlier command may have started the run without recording it.
 * Pulumi then still has a pending operation.
 */
const PENDING_OPERATIONS =
  "If Pulumi warns of pending operations, `pulumi refresh --clear-pending-creates` clears them.";

/**
 * A warning that another resource or another state may have the adopted run. The start key does not show who else has
 * the run (`decisions/0012-proof-before-action.md`).
 */
const OTHER_HOLDERS =
  'If another resource, stack or copy of the state has this run too, set `onDelete` to "leave" on one of them: otherwise deleting either ends it for both.';

/** The request of a create. */
export interface CreateRequest {
  readonly news: ResourceInputs;
  /**
   * Fires when the command is cancelled or the process has to end. The argument `onInterrupt` then decides what happens
   * to the run.
   */
  readonly signal: AbortSignal;
}

/**
 * Creates a resource: adopts or starts a run, and waits for this run.
 *
 * @throws {InitFailure} if the create fails after it started or adopted a run, after a start without a clear answer, or
 * after the old run of a replacement was aborted
 * @throws {ResourceError} if it fails earlier: no run was started
 */
export async function create(runtime: Runtime, { news, signal }: CreateRequest): Promise<ExecutionOutputs> {
  const inputs = parseInputs(news);
  const note = ({ executionId, adopted, onDelete }: ExecutionOutputs) => {
    const since = adopted === true ? "kept" : "created";
    runtime.processCache.holds(inputs.urn, { executionId, since, onDelete });
  };
  try {
    const outputs = await withRunErrors(runtime, inputs, signal, {
      complete: async () => {
        if (inputs.existingExecutionId === undefined) await runtime.projects.prepare(news);
        return inputsOfStart(runtime, news, inputs);
      },
      mayStart: true,
      work: createExecution,
    });
    note(outputs);
    return outputs;
  } catch (error) {
    // Even if the wait failed, the resource has a run. So the process cache notes this run too.
    if (error instanceof InitFailure) note((error as InitFailure<ExecutionOutputs>).outputs);
    const aborted = runtime.processCache.abortedRun(inputs.urn);
    if (error instanceof InitFailure || aborted === undefined) throw error;
    throw await notReplaced(runtime.context(inputs.urn), aborted, messageOf(error));
  }
}

/** Returns the inputs of a start, with the content of files. Reads no files for a run that is adopted by its id. */
export function inputsOfStart({ projects }: Runtime, news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs {
  return inputs.existingExecutionId === undefined ? projects.complete(news, inputs) : inputs;
}

/**
 * Creates an execution: adopts or starts a run, and waits until the run reaches `waitFor`. After a failure that
 * `retries` names, makes another attempt. Throws `InitFailure` if it fails after it started or adopted a run, or after
 * a start without a clear answer. After any other error, nothing was started. A cancel ends the wait for the run at
 * once, but the answer to a sent start gets up to 10 s more.
 *
 * @param pending a recorded start that got no clear answer; its run is looked up first
 */
export async function createExecution(
  context: StartEffects & RunEffects,
  inputs: ExecutionInputs,
  cancel?: Cancellation,
  pending?: ExecutionOutputs,
): Promise<ExecutionOutputs> {
  const identity = identify(inputs);
  const attempt = async (
    limit: number | undefined,
    retried?: readonly [ExecutionOutputs, ...ExecutionOutputs[]],
  ): Promise<ExecutionOutputs> => {
    const clocks = waitClocks(inputs, limit);
    const deadline = deadlineIn(context.clock, clocks.total, cancel);
    // Called when the next run was found or started, or when its start got no clear answer. The state then records the
    // next run in place of the failed run, so a later command would not remove the failed run's files.
    const removeFilesOfRetried = async (): Promise<void> => {
      if (retried !== undefined) await removeFilesOfRun(context, inputs, { cancel }, retried[0]);
    };
    const found = await (inputs.existingExecutionId === undefined
      ? findOrStart(context, inputs, identity, deadline, pending)
      : adoptById(context, inputs, identity, inputs.existingExecutionId, deadline)
    ).catch(async (error: unknown) => {
      if (error instanceof InitFailure) await removeFilesOfRetried();
      throw error;
    });
    await removeFilesOfRetried();
    context.processCache.handled(found.outputs);
    const outputs = withRetried(found.outputs, retried === undefined ? pending?.retriedExecutionIds : idsOf(retried));
    return waitUntilReached(context, inputs, outputs, clocks, found.deadline);
  };
  const { create: ofCreate, update: ofUpdate } = inputs.customTimeouts;
  if (pending !== undefined) return attempt(ofUpdate);
  return withRetries(context, { attempt, retries: inputs.retries, limit: ofCreate, cancel: cancel?.signal });
}

async function findOrStart(
  context: StartEffects,
  inputs: ExecutionInputs,
  identity: Identity,
  deadline: Deadline,
  pending: ExecutionOutputs | undefined,
): Promise<{ readonly outputs: ExecutionOutputs; readonly deadline: Deadline }> {
  if (pending !== undefined) await awaitLists(context, inputs, pending, deadline);
  const lookup = await beforeStart(deadline, () => lookUpRuns(context, inputs, identity, deadline, pending));
  const { decision, unclear } = lookup;
  if (pending !== undefined && unclear !== undefined) requireClear(inputs, pending, unclear);
  if (decision.kind === "start") await beforeStart(deadline, () => verifyStart(context, inputs, lookup));
  else warnOfGaps(context, lookup.gaps);
  if (pending !== undefined && unclear !== undefined) await settleUnclear(context, inputs, deadline, pending, unclear);
  const { unrecorded, attempt } = decision;
  reportUnrecorded(context, unrecorded);
  if (decision.kind === "adopt") {
    const filesPrefix =
      pending?.filesPrefix ?? (await findFiles(context, inputs, { ...identity.key, attempt }, deadline));
    const run = adopted(context, decision, { ...pending, filesPrefix });
    return { outputs: recordOf(context, inputs, identity, run), deadline };
  }
  const { timeout, gracefulTimeout, onDelete } = inputs;
  const from = context.clock.now();
  const stored = await storeFiles(context, inputs, { ...identity.key, attempt }, deadline);
  const lookUpAgain = () => lookUpAndVerify(context, inputs, identity, stored.deadline, pending);
  // Another command may have started the run during a long upload.
  const isLate = context.clock.now() - from > SNAPSHOT_MAY_BE_OLD_MILLISECONDS;
  const latest = isLate ? await beforeStart(stored.deadline, lookUpAgain) : lookup;
  const isSameRun = latest.decision.attempt === attempt;
  if (latest.decision.kind !== "start" || !isSameRun) {
    // A run with the same attempt number uses the same folder in the bucket. So the stored files are marked as unused
    // only if the attempt number of the new decision differs.
    if (!isSameRun) await releaseFiles(context, stored.folder, stored.deadline);
    return findOrStart(context, inputs, identity, stored.deadline, pending);
  }
  const key = { ...identity.key, attempt, onDelete };
  const started = await startWithFiles(context, stored, key, latest.snapshot);
  const startKey = formatStartKey(started.key);
  const sent = { attempt, startKey, timeout, gracefulTimeout, filesPrefix: stored.folder };
  if (started.kind === "unclear") {
    const run = { executionId: "", status: UNKNOWN_STATUS, ...sent };
    const requestedAt = new Date(started.unansweredAt).toISOString();
    throw unclearFailure({ ...recordOf(context, inputs, identity, run), requestedAt }, started.error);
  }
  const { executionId, status, streamingUrl } = started.run;
  const outputs = recordOf(context, inputs, identity, { executionId, status, streamingUrl, ...sent });
  return { outputs, deadline: stored.deadline };
}

/** Reports that the execution adopts a run that was found by its start key. Returns the facts about this run. */
function adopted(
  context: StartEffects,
  { run, attempt, why, isProven }: Extract<StartDecision, { kind: "adopt" }>,
  recorded: { readonly [Name in "timeout" | "gracefulTimeout" | "filesPrefix"]?: ExecutionOutputs[Name] | undefined },
): RunFacts {
  const holders = hasEnded(run) ? "" : ` ${OTHER_HOLDERS}`;
  context.report.notice(isProven ? why : `${why}${holders} ${PENDING_OPERATIONS}`);
  const { executionId, status, createdAt, startedAt, endedAt } = run;
  const carried = parseFileName(run.fileName);
  const startKey = carried === undefined ? "" : formatStartKey(carried);
  const { timeout, gracefulTimeout, filesPrefix } = recorded;
  const times = { createdAt, startedAt, endedAt, timeout, gracefulTimeout };
  return { executionId, status, attempt, startKey, filesPrefix, ...times };
}

async function adoptById(
  context: StartEffects,
  inputs: ExecutionInputs,
  identity: Identity,
  id: string,
  deadline: Deadline,
): Promise<{ readonly outputs: ExecutionOutputs; readonly deadline: Deadline }> {
  const observed = await beforeStart(deadline, () => findExisting(context, id, deadline));
  const { status } = observed;
  const outputs = recordOf(context, inputs, identity, {
    executionId: id,
    status,
    attempt: 1,
    startKey: "",
    adopted: true,
  });
  context.report.notice(`Run ${id} (${status}) is adopted by its id; nothing is started.`);
  return { outputs: withObserved(outputs, observed), deadline };
}

type RunFacts = Pick<ExecutionOutputs, "executionId" | "status" | "attempt" | "startKey"> & {
  readonly [Key in
    | "streamingUrl"
    | "createdAt"
    | "startedAt"
    | "endedAt"
    | "timeout"
    | "gracefulTimeout"
    | "adopted"
    | "filesPrefix"]?: ExecutionOutputs[Key] | undefined;
};

/** Makes the outputs of a run that was just started or adopted, or of a start that got no clear answer. */
function recordOf(
  { client, clock }: StartEffects,
  inputs: ExecutionInputs,
  identity: Identity,
  run: RunFacts,
): ExecutionOutputs {
  const { key: _parts, ...digests } = identity;
  return compact<ExecutionOutputs>({
    ...run,
    ...digests,
    ...recordedForEnd(inputs, run.filesPrefix),
    job: run.adopted === true ? undefined : jobWithServices(inputs),
    baseUrl: client.baseUrl,
    organisation: client.organisation,
    queueClock: inputs.clocks.queue,
    requestedAt: new Date(clock.now()).toISOString(),
  });
}

/**
 * Returns the failure of a replacement that aborted the old run and started no new run. The state keeps the old run
 * with its end, and records that the new run is still to be started.
 */
async function notReplaced(
  context: ReadEffects,
  aborted: ExecutionOutputs,
  cause: string,
): Promise<InitFailure<ExecutionOutputs>> {
  const read = await readExecution(context, aborted).catch(() => aborted);
  const outputs: ExecutionOutputs = hasEnded(read) ? read : { ...aborted, status: "aborted" };
  const { executionId: id } = aborted;
  const reason = `${cause} Run ${id} was aborted before, for the new run. The next \`pulumi up\` continues with the new run.`;
  return new InitFailure(id, { ...outputs, awaitsStart: true }, [reason]);
}
