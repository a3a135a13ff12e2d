import type { RecordedState, ResourceInputs } from "../execution";
import {
  acceptsLoss,
  containsUnknown,
  type Drift,
  decideDiff,
  isOver,
  noteRecorded,
  parseInputs,
  parseOutputs,
  policyFor,
  requireScope,
  settingsThatReplace,
  unknownSettings,
  unknownStartInputs,
  warnOfGaps,
} from "../execution";
import { changedProperties, type PropertyChange } from "./changed-properties";
import { knownSecrets } from "./known-secrets";
import { withResourceErrors } from "./resource-error";
import type { Runtime } from "./runtime";

/** What diff is asked. */
export interface DiffRequest {
  readonly state: RecordedState;
  /** The inputs of the last command, where the host is given them; else those that check was given are taken. */
  readonly oldInputs?: ResourceInputs | undefined;
  readonly news: ResourceInputs;
}

/** What diff answers. A replacement always deletes first. */
export interface DiffAnswer {
  readonly kind: "same" | "update" | "replace";
  /** Why, in one line without secrets; absent where nothing changes. */
  readonly why?: string;
  /** The properties that differ from the last command's, for a detailed diff; what does not replace may differ without effect. */
  readonly changed: readonly PropertyChange[];
}

/**
 * Decides what becomes of a resource. The reason goes to its row, unless this is a refresh, which does nothing about it.
 *
 * @throws {ResourceError}
 */
export async function diff(runtime: Runtime, { state, oldInputs, news }: DiffRequest): Promise<DiffAnswer> {
  const { processCache, session, engine } = runtime;
  const inputs = parseInputs(news);
  const stored = parseOutputs(state);
  const secrets = knownSecrets(session, stored);
  secrets.add(inputs);
  return withResourceErrors(async () => {
    requireScope(inputs);
    noteRecorded(processCache, stored);
    const refreshing = session.isRefreshing(inputs.urn);
    // A plain `up` sees what has happened since: one list for all, and none for runs that are known to have ended.
    if (!refreshing) secrets.keepOut(runtime.context());
    const drift: Drift = refreshing
      ? { outputs: stored, isObserved: false, gaps: [] }
      : await runtime.context().drift.current(stored, { confirmLost: policyFor("lost", inputs) === "rerun" });
    const { outputs: recorded, isObserved, gaps } = drift;
    warnOfGaps(runtime.context(), inputs.urn, gaps);
    // Of what depends on a replaced resource the engine asks, and has it deleted, before the program has declared it.
    const isDeclared = refreshing || session.oldInputs(inputs.urn) !== undefined;
    // A refresh hands in the inputs of the last command: nothing of them has changed, by whichever rules they were digested.
    const before = refreshing ? news : (oldInputs ?? session.oldInputs(inputs.urn));
    const decision = decideDiff({
      recorded,
      news: inputs,
      olds: before === undefined ? undefined : parseInputs(before),
      unknown: unknownStartInputs(news),
      upstreamReplaced: !isDeclared,
      unknownSettings: unknownSettings(news),
      scopeUnknown: containsUnknown(news.scope),
      endIsNews: !isOver(stored) && isOver(recorded),
      observedAt: isObserved ? runtime.context().clock.now() : undefined,
    });
    if (decision.kind === "replace" && !isDeclared) session.planCreate(inputs.urn, news);
    for (const warning of decision.warnings)
      if (processCache.firstTime(warning)) engine.report.warning(inputs.urn, warning);
    if (decision.kind === "replace" && acceptsLoss(recorded, inputs)) processCache.acceptLoss(state.id);
    // A refresh asks what an `up` would do and does nothing: a reason would be read as an announcement.
    const announces = decision.kind !== "same" && !refreshing;
    if (announces && processCache.firstTime(`${inputs.urn} ${decision.why}`))
      engine.report.notice(inputs.urn, decision.why);
    await engine.flush();
    const changed = changedProperties(decision.kind, before, news, settingsThatReplace(inputs.replaceOnChanges ?? []));
    return decision.kind === "same" ? { kind: "same", changed } : { kind: decision.kind, why: decision.why, changed };
  }, secrets.redact);
}
