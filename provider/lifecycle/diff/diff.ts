import { type ComposePath, formatPath } from "../../../compose";
import { kindOf } from "../../lyceum/answers/status";
import { isMap } from "../../schema";
import { isUnclear } from "../../schema/run-id";
import type { Drift } from "../account/drift";
import { reportFileName, warnOfGaps } from "../account/lookup-gaps";
import { acceptsLoss, keptWarning, outcome, policyReason, shortfallOf } from "../end/messages";
import { parseInputs, settingsThatReplace, unknownSettings, unknownStartInputs } from "../inputs/parse-inputs";
import type { Runtime } from "../process/engine";
import { knownSecrets } from "../process/known-secrets";
import { withResourceErrors } from "../process/resource-error";
import { requireScope } from "../run/identity/identity";
import {
  containsUnknown,
  type ExecutionInputs,
  MODEL_INPUT,
  type RecordedState,
  type ResourceInputs,
} from "../run/inputs";
import { policyFor, type Shortfall } from "../run/policy";
import { artifactsChanged, awaitedArtifacts } from "../run/record/artifacts";
import { endWasNotReported, isOver } from "../run/record/ended";
import { type ExecutionOutputs, parseOutputs } from "../run/record/record";
import { waitOutcome } from "../run/wait-outcome";
import { changedProperties, type PropertyChange } from "./changed-properties";
import { isSecretInput, type OldInputs, reasonsForNewRun, settingsForNextRun } from "./changes";
import { reportLaterRuns, warnOfOtherHolder } from "./later-runs";

/** The request of a diff. */
export interface DiffRequest {
  readonly state: RecordedState;
  /**
   * The inputs of the last command, if the host has them. Without them, the diff uses the old inputs that check
   * received.
   */
  readonly oldInputs?: ResourceInputs | undefined;
  readonly news: ResourceInputs;
}

/** The answer of a diff. If the resource is replaced, the old resource is always deleted first. */
export interface DiffAnswer {
  readonly kind: "same" | "update" | "replace";
  /** The reason in one line without secrets. Absent if nothing changes. */
  readonly why?: string;
  /** The changed properties, for a detailed diff. A change that does not replace the resource may have no effect. */
  readonly changed: readonly PropertyChange[];
}

/**
 * Decides what to do with a resource. Shows the reason on the resource's row, except in a refresh, because a refresh
 * changes nothing.
 */
export async function diff(runtime: Runtime, { state, oldInputs, news }: DiffRequest): Promise<DiffAnswer> {
  const { processCache, engine } = runtime;
  const inputs = parseInputs(news);
  const stored = parseOutputs(state);
  const secrets = knownSecrets(processCache, stored);
  secrets.add(inputs);
  return withResourceErrors(async () => {
    requireScope(inputs);
    processCache.sawRecorded(stored);
    const refreshing = processCache.isRefreshing(inputs.urn);
    // A plain `up` observes active runs. It sends one list call for all of them, and no call for ended runs.
    if (!refreshing) secrets.keepOut(runtime.context());
    const drift: Drift = refreshing
      ? { outputs: stored, isObserved: false, gaps: [] }
      : await runtime.context().drift.current(stored, policyFor("lost", inputs));
    const { outputs: recorded, isObserved, gaps, doubt, fileName } = drift;
    if (doubt !== undefined && processCache.firstTime(doubt.code)) engine.report.warning(inputs.urn, doubt.message);
    warnOfGaps(runtime.context(), inputs.urn, gaps);
    if (fileName !== undefined) reportFileName(runtime.context(), inputs.urn, stored, fileName);
    // If a resource on which this one depends is replaced, the engine deletes this one too. The engine then asks for
    // the diff before the program has declared this resource.
    const isDeclared = refreshing || processCache.oldInputs(inputs.urn) !== undefined;
    // A refresh passes the inputs of the last command, so no input has changed. But an older version may have made the
    // recorded digests.
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
      observedAt: isObserved ? runtime.context().clock.now() : undefined,
    });
    if (!refreshing && isDeclared) {
      const { onDelete } = inputs;
      const isReplaced = decision.kind === "replace";
      if (onDelete === "abort" && !isReplaced) warnOfOtherHolder(runtime, inputs.urn, recorded);
      const executionId = isReplaced ? undefined : recorded.executionId;
      processCache.holds(inputs.urn, { executionId, since: "kept", onDelete });
      // If this command starts or adopts a run later, the create or update reports the other active runs.
      if (!isReplaced && !isUnclear(recorded)) await reportLaterRuns(runtime.context(), inputs, recorded);
    }
    if (decision.kind === "replace" && !isDeclared) processCache.planCreate(inputs.urn, news);
    for (const warning of decision.warnings)
      if (processCache.firstTime(warning)) engine.report.warning(inputs.urn, warning);
    if (decision.kind === "replace" && acceptsLoss(recorded, inputs)) processCache.acceptLoss(recorded.executionId);
    // In a refresh, the engine only asks what an `up` would do. A user who saw a reason would expect that change to
    // happen.
    const announces = decision.kind !== "same" && !refreshing;
    if (announces && processCache.firstTime(`${inputs.urn} ${decision.why}`)) {
      engine.report.notice(inputs.urn, decision.why);
      // Without a terminal, the engine prints the last status text of a row again at each step, so the provider clears
      // this text here.
      engine.report.progress(inputs.urn, " ");
    }
    await engine.flush();
    const changed = changedProperties(decision.kind, before, news, settingsThatReplace(inputs.replaceOnChanges ?? []));
    return decision.kind === "same" ? { kind: "same", changed } : { kind: decision.kind, why: decision.why, changed };
  }, secrets.redact);
}

/** The decision of a diff, and what the row of the resource shows. */
export type DiffDecision =
  | { readonly kind: "same"; readonly warnings: readonly string[] }
  | { readonly kind: "update" | "replace"; readonly why: string; readonly warnings: readonly string[] };

/** The facts for the decision of a diff. `news` contains the scope, which is the secret for the digests. */
export interface DiffFacts {
  readonly recorded: ExecutionOutputs;
  readonly news: ExecutionInputs;
  readonly olds: OldInputs;
  /** Names of unknown inputs whose change starts a new run. */
  readonly unknown: readonly string[];
  /** Whether the unknown inputs come from a resource that is replaced. The engine then replaces this resource too. */
  readonly upstreamReplaced?: boolean;
  /** Names of the other unknown inputs, whose change starts no new run. */
  readonly unknownSettings?: readonly string[];
  /** Whether the scope is unknown, as in a preview if the update will create the scope again. */
  readonly scopeUnknown: boolean;
  /**
   * Whether this command is the first to observe the end of the run. The state then still records the run as active.
   */
  readonly endIsNews?: boolean;
  /**
   * When this command observed the status, in milliseconds since the epoch. Absent if the status comes from the state.
   */
  readonly observedAt?: number | undefined;
}

/**
 * Decides about a recorded resource. The first row that matches counts.
 *
 * | condition                                                | decision |
 * |----------------------------------------------------------|----------|
 * | an input whose change starts a new run is unknown        | replace, "may start a new run" |
 * | such an input is unknown and comes from a replaced resource | replace, "starts a new run" |
 * | such an input changed, or an input that `replaceOnChanges` names | replace |
 * | the last command aborted the run for a replacement, and started no new run | replace |
 * | the start of the run got no clear answer                 | update, which looks for the run |
 * | a setting on which a row below depends is unknown        | same |
 * | the run failed, was aborted or is lost; the policy is rerun | replace |
 * | the run failed, was aborted or is lost; the policy is keep | same, one warning (update to record the end) |
 * | the run failed, was aborted or is lost; the policy is fail | update, which stops with an error |
 * | the policy is keep or fail, but the credentials changed  | replace  |
 * | the run was adopted by its id and failed                 | as with keep or fail |
 * | the wait for the run is unfinished                       | update, which resumes the same run |
 * | the record of the run could not be read when it ended    | update, which reads it, even if a failed run is kept |
 * | `runOnEveryUp`                                           | replace, even if a failed run is kept |
 * | `onDelete`, `deleteRecord` or `artifacts` changed        | update, even if a failed run is kept |
 * | the run has completed, and an artifact is not recorded   | update, which looks for it |
 * | anything else (credentials, clocks, grace, labels, …)    | same; a warning while the run is active |
 */
export function decideDiff(facts: DiffFacts): DiffDecision {
  const { recorded, news, olds } = facts;
  const run = isUnclear(recorded)
    ? "the start that got no clear answer"
    : `run ${recorded.executionId} (${lastObserved(recorded, facts.observedAt)})`;
  if (facts.unknown.length > 0) {
    const names = facts.unknown.map(publicName).join(", ");
    if (facts.upstreamReplaced === true) {
      const next = facts.unknown.includes("existingExecutionId") ? otherRun(recorded, run) : newRun(recorded, run);
      return replace(`${next}: ${names} not known until another resource is replaced`);
    }
    return replace(`may start a new run ${besides(recorded)} ${run}: ${names} not known yet`);
  }
  const changed = facts.scopeUnknown ? [] : reasonsForNewRun(recorded, news, olds);
  // The old run is already aborted, so the new run is started even if the program has changed again.
  const reasons = recorded.awaitsStart === true ? ["it was aborted for a replacement that was not started"] : changed;
  if (reasons.length > 0) {
    const next = news.existingExecutionId === undefined ? newRun(recorded, run) : otherRun(recorded, run);
    return replace(`${next}: ${reasons.join("; ")}`);
  }
  if (isUnclear(recorded)) return update("looks for the run of the start that got no clear answer");
  // If the desired state, a policy or a setting is unknown, a preview cannot decide about the run.
  if ((facts.unknownSettings ?? []).length > 0) return { kind: "same", warnings: [] };
  const shortfall = shortfallOf(recorded, news);
  if (shortfall !== undefined) {
    const decision = afterShortfall(shortfall, facts, run);
    return decision.kind === "same" ? settingsOfEnd(facts, run, decision.warnings) : decision;
  }
  if (!endWasNotReported(recorded) && waitOutcome(news.waitFor, recorded) === "wait") {
    return update(`resumes waiting for ${run} to be ${news.waitFor}`);
  }
  if (news.runOnEveryUp && recorded.adopted !== true) return replace(`${newRun(recorded, run)}: runOnEveryUp is set`);
  if (recorded.endUnread === true) return update(`reads the record of ${run}, which could not be read when it ended`);
  return settingsOfEnd(facts, run, nextRunWarnings(facts));
}

/**
 * Decides whether to record new values of `onDelete`, `deleteRecord` and `artifacts` at once, because a destroy
 * receives only recorded inputs, and whether to look for artifacts in the bucket.
 */
function settingsOfEnd({ recorded, news, olds }: DiffFacts, run: string, warnings: readonly string[]): DiffDecision {
  const hides = isSecretInput(news, olds);
  const changed = (name: "onDelete" | "deleteRecord"): DiffDecision =>
    update(`${name} changed${hides(name) ? "" : ` to ${JSON.stringify(news[name])}`} for ${run}`, warnings);
  if (news.onDelete !== recorded.onDelete) return changed("onDelete");
  if (news.deleteRecord !== (recorded.deleteRecord === true)) return changed("deleteRecord");
  if (artifactsChanged(recorded, news)) return update(`artifacts changed for ${run}`, warnings);
  const awaited = awaitedArtifacts(recorded);
  if (awaited.length > 0) return update(`looks for the artifacts of ${run}: ${awaited.join(", ")}`, warnings);
  return { kind: "same", warnings };
}

function afterShortfall(shortfall: Shortfall, facts: DiffFacts, run: string): DiffDecision {
  const { recorded, news, olds, endIsNews = false } = facts;
  const policy = policyFor(shortfall, news);
  const because = policyReason(shortfall, news);
  if (policy === "rerun" && recorded.adopted === true) {
    return update(`stops: ${run} ${didNotReach(shortfall, recorded)}, and it was adopted by its id`);
  }
  if (policy === "rerun")
    return replace(`starts a new run: ${run} ${didNotReach(shortfall, recorded)}, and ${because}`);
  // With new credentials, Lyceum may be able to pull an image that was refused before. So after a failure, changed
  // credentials start a new run.
  const fixed =
    olds !== undefined && JSON.stringify(olds.registryCredentials) !== JSON.stringify(news.registryCredentials);
  if (shortfall === "failed" && fixed && recorded.adopted !== true) {
    return replace(
      `starts a new run: ${run} ${didNotReach(shortfall, recorded)}, and registryCredentials changed since`,
    );
  }
  // "keep" means that a failure starts no new run, but `runOnEveryUp` starts a new run after any end.
  if (policy === "keep" && shortfall !== "lost" && news.runOnEveryUp && recorded.adopted !== true) {
    return replace(`${newRun(recorded, run)}: runOnEveryUp is set`);
  }
  // The update reads the exit code and the last lines of the run, and records them.
  if (policy === "keep" && endIsNews) return update(`records that ${run} ${didNotReach(shortfall, recorded)}`);
  if (policy === "keep") return { kind: "same", warnings: [keptWarning(shortfall, recorded, news)] };
  // A lost run may appear again, so the reason does not say how the run ended.
  if (shortfall === "lost")
    return update(`looks again for ${run}, which is lost; stops if it is still lost, because ${because}`);
  return update(`stops: ${run} ${didNotReach(shortfall, recorded)}, and ${because}`);
}

const replace = (why: string): DiffDecision => ({ kind: "replace", why, warnings: [] });
const update = (why: string, warnings: readonly string[] = []): DiffDecision => ({ kind: "update", why, warnings });

function didNotReach(shortfall: Shortfall, { abortSent }: ExecutionOutputs): string {
  if (shortfall === "lost") return "is lost (Lyceum answers 404 and has not reported its end)";
  if (shortfall === "failed") return "did not complete";
  return abortSent === true ? "was aborted when its command was cancelled" : "was aborted";
}

function lastObserved(recorded: ExecutionOutputs, observedAt: number | undefined): string {
  if (endWasNotReported(recorded)) return `forgotten, last status: ${recorded.status}`;
  if (isOver(recorded)) return outcome(recorded);
  if (observedAt === undefined) return `last status: ${recorded.status}`;
  return `${recorded.status} at ${new Date(observedAt).toISOString().slice(11, 19)} UTC`;
}

function newRun(recorded: ExecutionOutputs, run: string, what = "starts a new run"): string {
  if (isOver(recorded) || isUnclear(recorded)) return `${what} in place of ${run}`;
  return `${recorded.onDelete === "leave" ? `leaves ${run} active` : `aborts ${run}`} and ${what}`;
}

function otherRun(recorded: ExecutionOutputs, run: string): string {
  return newRun(recorded, run, isUnclear(recorded) ? "adopts a run" : "adopts another run");
}

/**
 * Returns words for a sentence about a new run: the new run comes in place of the recorded run, next to it, or ends it.
 */
function besides(recorded: ExecutionOutputs): string {
  if (isOver(recorded) || isUnclear(recorded)) return "in place of";
  return recorded.onDelete === "leave" ? "next to" : "and end";
}

function nextRunWarnings({ recorded, news, olds }: DiffFacts): string[] {
  if (kindOf(recorded) === "completed" || recorded.missing !== undefined) return [];
  const changed = settingsForNextRun(recorded, news, olds);
  if (changed.length === 0) return [];
  return [`Changed for the next run only, because run ${recorded.executionId} is still active: ${changed.join(", ")}.`];
}

function publicName(input: string): string {
  if (input === "composeFileText") return "composeFile";
  return input === MODEL_INPUT ? "variables or images of the compose project" : input;
}

/** A reason names this many unknown values of a project. Of further values, it shows only the number. */
const MOST_PLACES = 3;

/** Returns the unknown parts of an input: values of a project, such as `services.web.image`, or the whole input. */
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
