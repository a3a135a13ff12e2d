/**
 * The module that recorded states of `lyceum:ComposeExecution` name: it must stay exported for ever as
 * `pulumi-lyceum/dynamic`. It adapts the lifecycle to Pulumi's dynamic provider and decides nothing itself.
 */
import { printable } from "../../display/printable";
import {
  check as checkInputs,
  containsUnknown,
  createExecution,
  type Drift,
  decideDiff,
  deleteExecution,
  type ExecutionInputs,
  type ExecutionOutputs,
  InitFailure,
  isGivenUp,
  isOver,
  lifecycleErrors,
  noteRecorded,
  parseInputs,
  parseOutputs,
  policyFor,
  type Replacement,
  readExecution,
  redactorFor,
  rehearseCreate,
  requireScope,
  unknownSettings,
  unknownStartInputs,
  updateExecution,
  warnOfGaps,
} from "../../execution";
import { type KnownSecrets, knownSecrets } from "./known-secrets";
import { plainJson } from "./plain-json";
import { configureRuntime, runtime, type StackConfiguration } from "./runtime";
import { forUser, userError } from "./user-error";

type Properties = Record<string, unknown>;

interface DiffAnswer {
  readonly changes: boolean;
  readonly replaces?: string[];
  readonly deleteBeforeReplace?: boolean;
}

/** Notes the stack's configuration. Synchronous and never throwing: an unconfigured provider would stay cached. */
export function configure(request: { readonly config: StackConfiguration }): void {
  configureRuntime(request.config);
}

export async function check(
  olds: Properties,
  news: Properties,
): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
  return forUser(async () => {
    const { memory, engine, projects } = runtime();
    const urn = typeof news.__resourceUrn === "string" ? news.__resourceUrn : "";
    if (urn !== "") {
      memory.refreshing(urn, false);
      if (Object.keys(olds).length > 0) memory.rememberOldInputs(urn, olds);
      if (typeof olds.__resourceUrn === "string") memory.renamed(olds.__resourceUrn, urn);
    }
    const result = checkInputs(olds, news, projects);
    // The engine asks several times in a command.
    const unsaid = result.warnings.filter((warning) => memory.firstTime(`${urn} ${warning}`));
    for (const warning of unsaid) engine.report.warning(urn, warning);
    if (unsaid.length > 0) await engine.flush();
    // Without old inputs the engine asks about a resource that is about to be created, anew or in place of a recorded one.
    if (urn !== "" && Object.keys(olds).length === 0) memory.planCreate(urn, result.inputs);
    const failures = result.failures.map(({ property, reason }) => ({ property, reason: printable(reason) }));
    return { inputs: plainJson(result.inputs), failures };
  });
}

export async function diff(id: string, olds: Properties, news: Properties): Promise<DiffAnswer> {
  const stored = parseOutputs(id, olds);
  const inputs = parseInputs(news);
  const secrets = knownSecrets(runtime().memory, stored);
  secrets.add(inputs);
  return forUser(async () => {
    const { memory, engine } = runtime();
    requireScope(inputs);
    noteRecorded(memory, stored);
    const refreshing = memory.isRefreshing(inputs.urn);
    // A plain `up` sees what has happened since: one look for all, and none for runs that are known to have ended.
    if (!refreshing) secrets.keepOut(runtime().context());
    const drift: Drift = refreshing
      ? { outputs: stored, seen: false }
      : await runtime()
          .context()
          .drift.current(stored, { confirmLost: policyFor("lost", inputs) === "rerun" });
    const { outputs: recorded, seen } = drift;
    if (drift.gaps !== undefined) warnOfGaps(runtime().context(), inputs.urn, drift.gaps);
    // A refresh hands in the inputs of the last command: nothing of them has changed, by whichever rules they were digested.
    const before = refreshing ? news : memory.oldInputs(inputs.urn);
    const decision = decideDiff({
      recorded,
      news: inputs,
      olds: before === undefined ? undefined : parseInputs(before),
      unknown: unknownStartInputs(news),
      // Of what depends on a replaced resource the engine asks before the program has declared it.
      upstreamReplaced: before === undefined,
      unknownSettings: unknownSettings(news),
      scopeUnknown: containsUnknown(news.__scope),
      endIsNews: !isOver(stored) && isOver(recorded),
      seenAt: seen ? runtime().context().clock.now() : undefined,
    });
    // The engine deletes what depends on a replaced resource before the program has declared it: no check comes before its delete.
    if (decision.kind === "replace" && before === undefined) memory.planCreate(inputs.urn, news);
    for (const warning of decision.warnings) if (memory.firstTime(warning)) engine.report.warning(inputs.urn, warning);
    // A refresh asks what an `up` would do and does nothing: a reason would be read as an announcement.
    const announces = decision.kind !== "same" && !refreshing;
    if (decision.kind === "replace" && isGivenUp(recorded, inputs)) memory.giveUp(id);
    if (announces && memory.firstTime(`${inputs.urn} ${decision.why}`)) engine.report.notice(inputs.urn, decision.why);
    await engine.flush();
    switch (decision.kind) {
      case "same":
        return { changes: false };
      case "update":
        return { changes: true };
      case "replace":
        return { changes: true, replaces: ["executionId"], deleteBeforeReplace: true };
    }
  }, secrets.redact);
}

export async function create(news: Properties): Promise<{ id: string; outs: Properties }> {
  const inputs = parseInputs(news);
  return settle(
    news,
    () => completed(news, inputs),
    (complete) => createExecution(runtime().context(), complete),
  );
}

export async function update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }> {
  const recorded = parseOutputs(id, olds);
  noteRecorded(runtime().memory, recorded);
  const complete = () => withSecretsOfFiles(news, parseInputs(news));
  return settle(news, complete, (inputs) => updateExecution(runtime().context(), recorded, inputs));
}

export async function read(id: string, props: Properties): Promise<{ id: string; props: Properties }> {
  const recorded = parseOutputs(id, props);
  const secrets = knownSecrets(runtime().memory, recorded);
  return forUser(async () => {
    noteRecorded(runtime().memory, recorded);
    runtime().memory.refreshing(recorded.resourceUrn, true);
    const context = runtime().context();
    secrets.keepOut(context);
    // Nothing is recorded when a program reads a run by its id (`get`): it is looked for where the configuration says.
    const get = props.executionId === undefined;
    const outputs = await readExecution(context, get ? { ...recorded, baseUrl: context.client.baseUrl } : recorded);
    if (get && outputs.missing !== undefined) throw lifecycleErrors.unknownId(id);
    return { id, props: answer(outputs) };
  }, secrets.redact);
}

async function deleteRecorded(id: string, props: Properties): Promise<void> {
  const { memory } = runtime();
  const stored = parseOutputs(id, props);
  // The row is that of the resource's name in the program, which may be another one than at the start.
  const recorded = { ...stored, resourceUrn: memory.currentUrn(stored.resourceUrn) };
  const secrets = knownSecrets(memory, recorded);
  return forUser(async () => {
    noteRecorded(memory, stored);
    const context = runtime().context();
    secrets.keepOut(context);
    await deleteExecution(context, recorded, replacementOf(recorded.resourceUrn, secrets));
    await runtime().engine.flush();
  }, secrets.redact);
}

export { deleteRecorded as delete };

/** What this command is about to create in place of the recorded run, if anything. */
function replacementOf(urn: string, secrets: KnownSecrets): Replacement | undefined {
  const news = runtime().memory.plannedCreate(urn);
  if (news === undefined) return undefined;
  const inputs = parseInputs(news);
  return {
    onDelete: inputs.onDelete,
    rehearse: async () => {
      const complete = rehearsed(news, inputs);
      secrets.add(complete);
      await rehearseCreate(runtime().context(), complete);
    },
  };
}

/** The inputs of a replacement as far as they are known. What depends on another replacement is not known in full yet. */
function rehearsed(news: Properties, inputs: ExecutionInputs): ExecutionInputs {
  if (!containsUnknown(news)) return completed(news, inputs);
  const { existingExecutionId, ...known } = inputs;
  return existingExecutionId === undefined || containsUnknown(existingExecutionId) ? known : inputs;
}

/** The inputs of a start; a run that is taken over by its id needs no text. */
function completed(news: Properties, inputs: ExecutionInputs): ExecutionInputs {
  return inputs.existingExecutionId === undefined ? runtime().projects.complete(news, inputs) : inputs;
}

/** An update starts nothing, but shows what a failed run wrote: without the secrets of its files it has to do without. */
function withSecretsOfFiles(news: Properties, inputs: ExecutionInputs): ExecutionInputs {
  try {
    return runtime().projects.complete(news, inputs);
  } catch {
    return { ...inputs, failureOutput: false };
  }
}

/** Runs create or update; a run that exists but fell short is handed to the engine with its id and reasons. */
async function settle(
  news: Properties,
  complete: () => ExecutionInputs,
  work: (inputs: ExecutionInputs) => Promise<ExecutionOutputs>,
): Promise<{ id: string; outs: Properties }> {
  let inputs = parseInputs(news);
  try {
    inputs = complete();
    const outputs = await work(inputs);
    return { id: outputs.executionId, outs: answer(outputs) };
  } catch (error) {
    // Whatever an answer or an error repeats of the inputs: the engine shows it, and stores reasons in clear.
    const redact = redactorFor(inputs);
    if (!(error instanceof InitFailure)) throw userError(error, redact);
    const failure = error as InitFailure<ExecutionOutputs>;
    // Without `__provider` among the properties the state could never be refreshed or destroyed again.
    const properties = { ...answer(failure.outputs), __provider: news.__provider };
    const reasons = failure.reasons.map((reason) => printable(redact(reason)));
    throw Object.assign(new Error(reasons[0]), { id: failure.id, properties, reasons });
  } finally {
    await runtime().engine.flush();
  }
}

function answer({ resourceUrn, ...outputs }: ExecutionOutputs): Properties {
  return plainJson({ ...outputs, __resourceUrn: resourceUrn });
}
