import { type ComposePath, formatPath } from "../../../compose";
import { isMap } from "../../schema";
import { isUnclear } from "../../schema/run-id";
import type { Drift } from "../account/drift";
import { reportFileName, warnOfGaps } from "../account/lookup-gaps";
import { acceptsLoss } from "../end/messages";
import { parseInputs, settingsThatReplace, unknownSettings, unknownStartInputs } from "../inputs/parse-inputs";
import type { DiffEffects } from "../process/context";
import type { Runtime } from "../process/engine";
import { knownSecrets } from "../process/known-secrets";
import { withResourceErrors } from "../process/resource-error";
import { requireScope } from "../run/identity/identity";
import { containsUnknown, MODEL_INPUT, type RecordedState, type ResourceInputs } from "../run/inputs";
import { policyFor } from "../run/policy";
import { isOver } from "../run/record/ended";
import { type ExecutionOutputs, parseOutputs } from "../run/record/record";
import { movedWarning } from "../run/target";
import { changedProperties, type PropertyChange } from "./changed-properties";
import { decideDiff } from "./diff-decision";
import { reportLaterRuns, warnOfOtherHolder } from "./later-runs";

/** The request of a diff. */
export interface DiffRequest {
  readonly state: RecordedState;
  /**
   * The inputs of the last command, if the host has them. Otherwise, the diff uses the old inputs that check received.
   */
  readonly oldInputs?: ResourceInputs | undefined;
  readonly news: ResourceInputs;
}

/** The answer of a diff. In a replacement, the old resource is deleted first. */
export interface DiffAnswer {
  readonly kind: "same" | "update" | "replace";
  /** The reason in one line, without secrets. Absent if nothing changes. */
  readonly why?: string;
  /** The changed properties, for a detailed diff. Some of the changes may have no effect. */
  readonly changed: readonly PropertyChange[];
}

/** Decides what to do with a resource. Shows the reason on the resource's row, but not in a refresh. */
export async function diff(runtime: Runtime, { state, oldInputs, news }: DiffRequest): Promise<DiffAnswer> {
  const { processCache, engine } = runtime;
  const inputs = parseInputs(news);
  const stored = parseOutputs(state);
  const secrets = knownSecrets(processCache, stored);
  secrets.add(inputs);
  return withResourceErrors(async () => {
    requireScope(inputs);
    const context = runtime.context(inputs.urn);
    processCache.sawRecorded(stored);
    const refreshing = processCache.isRefreshing(inputs.urn);
    // Outside of a refresh, the diff reads the run below. The client must know the secrets before that.
    if (!refreshing) secrets.keepOut(context);
    const drift: Drift = refreshing
      ? { outputs: stored, isObserved: false, gaps: [] }
      : await context.drift.current(stored, policyFor("lost", inputs));
    const { outputs: recorded, isObserved, gaps, doubt, fileName } = drift;
    if (doubt !== undefined && processCache.firstTime(doubt.code)) context.report.warning(doubt.message);
    warnOfGaps(context, gaps);
    if (fileName !== undefined) reportFileName(context, stored, fileName);
    // If a resource that this resource depends on is replaced, the engine deletes this resource too. The engine then
    // asks for the diff before the program has declared this resource.
    const isDeclared = refreshing || processCache.oldInputs(inputs.urn) !== undefined;
    // A refresh passes the inputs of the last command as `news`. So they also serve as the old inputs.
    const before = refreshing ? news : (oldInputs ?? processCache.oldInputs(inputs.urn));
    const decision = decideDiff({
      recorded,
      news: inputs,
      olds: before === undefined ? undefined : parseInputs(before),
      unknown: unknownStartInputs(news).flatMap((name) => unknownPlaces(name, news)),
      upstreamReplaced: !isDeclared,
      unknownSettings: unknownSettings(news),
      scopeUnknown: containsUnknown(news.scope),
      endIsNews: (!isOver(stored) && isOver(recorded)) || stored.endUnread === true,
      observedAt: isObserved ? context.clock.now() : undefined,
    });
    if (!refreshing && isDeclared) {
      const { onDelete } = inputs;
      const isReplaced = decision.kind === "replace";
      if (onDelete === "abort" && !isReplaced) warnOfOtherHolder(context, inputs.urn, recorded);
      const executionId = isReplaced ? undefined : recorded.executionId;
      processCache.holds(inputs.urn, { executionId, since: "kept", onDelete });
      // A create or update that starts or adopts a run reports active runs itself. In these cases, this diff does not
      // report active runs.
      if (!isReplaced && !isUnclear(recorded)) await reportLaterRuns(context, inputs, recorded);
    }
    if (decision.kind === "replace" && !isDeclared) processCache.planCreate(inputs.urn, news);
    const startsRun = decision.kind === "replace" && !refreshing && inputs.existingExecutionId === undefined;
    const moved = startsRun ? warningOfMove(context, recorded) : undefined;
    for (const warning of [...decision.warnings, ...(moved === undefined ? [] : [moved])])
      if (processCache.firstTime(warning)) context.report.warning(warning);
    if (decision.kind === "replace" && acceptsLoss(recorded, inputs)) processCache.acceptLoss(recorded.executionId);
    // In a refresh, the engine only asks what an `up` would do, so a reason would be misleading.
    const announces = decision.kind !== "same" && !refreshing;
    if (announces && processCache.firstTime(`${inputs.urn} ${decision.why}`)) {
      context.report.notice(decision.why);
      // Without a terminal, the engine repeats the last status text of a row at each step. This call clears the text.
      context.report.progress(" ");
    }
    await engine.flush();
    const changed = changedProperties(decision.kind, before, news, settingsThatReplace(inputs.replaceOnChanges ?? []));
    return decision.kind === "same" ? { kind: "same", changed } : { kind: decision.kind, why: decision.why, changed };
  }, secrets.redact);
}

function warningOfMove(context: Pick<DiffEffects, "client">, recorded: ExecutionOutputs): string | undefined {
  try {
    return movedWarning(recorded, context.client);
  } catch {
    // If the configuration cannot be used, the start reports the error. So a preview works without an API key.
    return undefined;
  }
}

/**
 * Number of unknown values of a project that the reason for a diff lists, before a text such as `2 more values`. If
 * there are only four, the reason lists all of them.
 */
const MOST_PLACES = 3;

/**
 * Returns the paths of the unknown values in a project, such as `services.web.image`. For any other input, returns its
 * name.
 */
function unknownPlaces(input: string, { values }: ResourceInputs): readonly string[] {
  const model = values[input];
  if (input !== MODEL_INPUT || !isMap(model)) return [input];
  const places = placesIn(model, []);
  if (places.length === 0) return [input];
  const left = places.length - MOST_PLACES;
  return left <= 1 ? places : [...places.slice(0, MOST_PLACES), `${left} more values`];
}

function placesIn(value: unknown, path: ComposePath): readonly string[] {
  if (typeof value === "string") return containsUnknown(value) ? [formatPath(path)] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesIn(item, [...path, index]));
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key])) : [];
}
