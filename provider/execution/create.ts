import { compact } from "../lyceum/json";
import { endAbandonedRuns } from "./abandoned-runs";
import { type Cancellation, unlessCancelled } from "./cancel";
import { waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { bounded, CALL_SECONDS, type Deadline, deadlineIn } from "./deadline";
import { lifecycleErrors } from "./errors";
import { warnOfGaps } from "./gaps";
import { type Identity, identify } from "./identity";
import type { ExecutionInputs } from "./inputs";
import { lookUpRuns, verifyStart } from "./lookup";
import { type ObservedStatus, observe } from "./observe";
import { type ExecutionOutputs, recordedForEnd } from "./outputs";
import { withObserved } from "./record";
import { keepSecretsOut } from "./redactor";
import { requireScope } from "./require-scope";
import { startOnce } from "./start";
import { formatStartKey, parseFileName } from "./start-key";
import { notElsewhere } from "./target";
import { waitUntilReached } from "./wait";

/**
 * A run that is adopted was started by a command that could not record it, which Pulumi remembers as a pending
 * operation.
 */
const PENDING_OPERATIONS =
  "If Pulumi warns of pending operations, `pulumi refresh --clear-pending-creates` clears them.";

/**
 * Creates an execution: looks for a run of this resource, starts one only if there is none to adopt, and waits for
 * `waitFor`. Throws `InitFailure` once a run exists; any other error means that nothing was started. A cancel ends every wait at
 * once; only a start that was sent is given some seconds for its answer.
 */
export async function createExecution(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  cancel?: Cancellation,
): Promise<ExecutionOutputs> {
  requireScope(inputs);
  const identity = identify(inputs);
  const clocks = waitClocks(inputs, inputs.customTimeouts.create);
  const deadline = deadlineIn(context.clock, clocks.total, cancel);
  keepSecretsOut(context, inputs);
  const outputs =
    inputs.existingExecutionId === undefined
      ? await findOrStart(context, inputs, identity, deadline)
      : await adoptById(context, inputs, identity, inputs.existingExecutionId, deadline);
  return waitUntilReached(context, inputs, outputs, clocks, deadline);
}

async function findOrStart(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  deadline: Deadline,
): Promise<ExecutionOutputs> {
  const unlessStopped = <T>(work: () => Promise<T>): Promise<T> => beforeStart(deadline, work);
  const lookup = await unlessStopped(() => lookUpRuns(context, inputs, identity, deadline));
  const { snapshot, decision } = lookup;
  if (decision.kind === "start") await unlessStopped(() => verifyStart(context, inputs, lookup));
  else warnOfGaps(context, inputs.urn, lookup.gaps);
  const { abandonedRuns } = decision;
  // With which grace period they were started is not known: the inputs may have changed since.
  await unlessStopped(() => endAbandonedRuns(context, inputs.urn, abandonedRuns, { deadline }));
  if (decision.kind === "start") {
    const key = { ...identity.key, attempt: decision.attempt, onDelete: inputs.onDelete };
    const startKey = formatStartKey(key);
    const { executionId, status, streamingUrl } = await startOnce(context, inputs, key, snapshot, deadline);
    context.processCache.started(executionId);
    const { attempt } = decision;
    const { timeout, gracefulTimeout } = inputs;
    const run = { executionId, status, streamingUrl, attempt, startKey, timeout, gracefulTimeout };
    return recordOf(context, inputs, identity, run);
  }
  context.report.notice(inputs.urn, `${decision.why} ${PENDING_OPERATIONS}`);
  const { executionId, status, createdAt, startedAt, endedAt } = decision.run;
  const { attempt } = decision;
  const carried = parseFileName(decision.run.fileName);
  const startKey = carried === undefined ? "" : formatStartKey(carried);
  return recordOf(context, inputs, identity, { executionId, status, createdAt, startedAt, endedAt, attempt, startKey });
}

/** A step before anything is started or adopted: a cancel ends it, and the steps behind it are not begun. */
function beforeStart<T>({ cancel }: Deadline, work: () => Promise<T>): Promise<T> {
  return unlessCancelled(cancel?.signal, work, lifecycleErrors.cancelledBeforeStart);
}

async function adoptById(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  id: string,
  deadline: Deadline,
): Promise<ExecutionOutputs> {
  const observed = await beforeStart(deadline, () => findExisting(context, id, deadline));
  const { status } = observed;
  const outputs = recordOf(context, inputs, identity, {
    executionId: id,
    status,
    attempt: 1,
    startKey: "",
    adopted: true,
  });
  context.report.notice(inputs.urn, `Run ${id} (${status}) is adopted by its id; nothing is started.`);
  return withObserved(outputs, observed);
}

/** The run that `existingExecutionId` names; throws when it cannot be found. */
async function findExisting(
  { client, clock }: LifecycleContext,
  id: string,
  deadline: Deadline,
): Promise<ObservedStatus> {
  notElsewhere(id, client);
  const observed = await bounded(clock, CALL_SECONDS, (signal) => observe(client, id, { signal }), deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind !== "status") throw lifecycleErrors.unknownExisting(id);
  return observed;
}

type RunFacts = Pick<ExecutionOutputs, "executionId" | "status" | "attempt" | "startKey"> & {
  readonly [Key in "streamingUrl" | "createdAt" | "startedAt" | "endedAt" | "timeout" | "gracefulTimeout" | "adopted"]?:
    | ExecutionOutputs[Key]
    | undefined;
};

/** What is recorded of a run from the moment its id is known. */
function recordOf(
  { client, clock }: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  run: RunFacts,
): ExecutionOutputs {
  const { key: _parts, ...digests } = identity;
  return compact<ExecutionOutputs>({
    ...run,
    ...digests,
    ...recordedForEnd(inputs),
    baseUrl: client.baseUrl,
    organisation: client.organisation,
    queueClock: inputs.clocks.queue,
    requestedAt: new Date(clock.now()).toISOString(),
  });
}

/**
 * Everything that could keep a create from starting or adopting its run, without doing either: the same lookup and the same
 * checks. A replacement asks this before it aborts the run that it replaces.
 */
export async function rehearseCreate(context: LifecycleContext, inputs: ExecutionInputs): Promise<void> {
  requireScope(inputs);
  const deadline = deadlineIn(context.clock, waitClocks(inputs, inputs.customTimeouts.create).total);
  keepSecretsOut(context, inputs);
  if (!(await context.engine.isAlive())) throw lifecycleErrors.engineGone();
  const id = inputs.existingExecutionId;
  if (id !== undefined) {
    await findExisting(context, id, deadline);
    return;
  }
  const lookup = await lookUpRuns(context, inputs, identify(inputs), deadline);
  if (lookup.decision.kind === "start") await verifyStart(context, inputs, lookup);
  context.processCache.rehearsed(inputs.urn, context.clock.now());
}
