import { waitClocks } from "./clocks";
import type { LifecycleContext } from "./context";
import { lifecycleErrors } from "./errors";
import { type Identity, identify } from "./identity";
import type { ExecutionInputs } from "./inputs";
import { observe } from "./observe";
import { compact, type ExecutionOutputs } from "./outputs";
import { withRecord, withStatus } from "./record";
import { startOnce } from "./start";
import { decideStart } from "./start-decision";
import { formatStartKey } from "./start-key";
import { waitUntilReached } from "./wait";

/**
 * Creates an execution: looks for a run of this resource, starts one only if there is none to take over, and waits for
 * `waitFor`. Throws `InitFailure` once a run exists; any other error means that nothing was started.
 */
export async function createExecution(context: LifecycleContext, inputs: ExecutionInputs): Promise<ExecutionOutputs> {
  const identity = identify(inputs);
  const outputs =
    inputs.existingExecutionId === undefined
      ? await findOrStart(context, inputs, identity)
      : await adoptById(context, inputs, identity, inputs.existingExecutionId);
  return waitUntilReached(context, inputs, outputs, waitClocks(inputs, inputs.customTimeouts.create));
}

async function findOrStart(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
): Promise<ExecutionOutputs> {
  const { clock, lookup, memory, report, client } = context;
  const look = await lookup.look({ notBefore: clock.now() - 2000, reachBack: inputs.adoptEndedWithin + 3600 });
  const decision = decideStart({
    key: identity.key,
    look,
    recordedAttempt: memory.recordedAttempt(inputs.urn),
    isKnown: (id) => memory.isKnown(id),
    now: clock.now(),
    adoptEndedWithin: inputs.adoptEndedWithin,
    policies: inputs,
  });
  if (decision.kind === "start") {
    const started = await startOnce(context, inputs, { ...identity.key, attempt: decision.attempt });
    return recordOf(context, inputs, identity, {
      ...started,
      startKey: formatStartKey({ ...identity.key, attempt: decision.attempt }),
    });
  }
  report.notice(inputs.urn, decision.why);
  for (const surplus of decision.surplus) {
    report.warning(
      inputs.urn,
      `Run ${surplus.executionId} carries the same key as run ${decision.run.executionId}, the older one, and is aborted.`,
    );
    await client.abort(surplus.executionId).catch(() => undefined);
  }
  const { run, attempt } = decision;
  const adopted = recordOf(context, inputs, identity, {
    executionId: run.executionId,
    status: run.status,
    attempt,
    startKey: formatStartKey({ ...identity.key, attempt }),
  });
  return compact<ExecutionOutputs>({
    ...adopted,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  });
}

async function adoptById(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  id: string,
): Promise<ExecutionOutputs> {
  const observed = await observe(context.client, id);
  if (observed.kind === "unreachable") throw observed.error;
  if (observed.kind === "missing") throw lifecycleErrors.unknownExisting(id);
  const outputs = recordOf(context, inputs, identity, {
    executionId: id,
    status: observed.status,
    attempt: 1,
    startKey: "",
  });
  context.report.notice(inputs.urn, `Run ${id} (${observed.status}) is taken over by its id; nothing is started.`);
  return observed.seen ? withRecord(outputs, observed.seen) : withStatus(outputs, observed.status);
}

/** What is recorded of a run from the moment its id is known. */
function recordOf(
  { client }: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  run: { executionId: string; status: string; streamingUrl?: string; attempt: number; startKey: string },
): ExecutionOutputs {
  return compact<ExecutionOutputs>({
    executionId: run.executionId,
    status: run.status,
    streamingUrl: run.streamingUrl,
    composeDigest: identity.composeDigest,
    triggersDigest: identity.triggersDigest,
    scopeTag: identity.scopeTag,
    executionType: inputs.executionType,
    enableS3Mount: inputs.enableS3Mount,
    timeout: inputs.timeout,
    gracefulTimeout: inputs.gracefulTimeout,
    attempt: run.attempt,
    startKey: run.startKey,
    baseUrl: client.baseUrl,
    organisation: client.organisation,
    onDelete: inputs.onDelete,
    deleteRecord: inputs.deleteRecord ? true : undefined,
    deleteClock: inputs.clocks.delete ?? inputs.customTimeouts.delete,
    resourceUrn: inputs.urn,
  });
}
