import { hasEnded, isBareEnd, isEndKind, kindOf } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import type { RunSnapshot } from "../account/shared-snapshot";
import { ago } from "../run/errors";
import { isOfStart, type KeyParts, keysIn, provesStart, type StartKey, sameResource } from "../run/identity/start-key";
import { policyFor, type RunPolicies } from "../run/policy";

/** The decision to adopt a run or to start a run. `attempt` is the attempt in the start key. */
export type StartDecision = {
  readonly attempt: number;
  /**
   * Other active runs that were started for this resource. The provider only reports these runs, because another
   * resource or another copy of the state may have them now.
   */
  readonly unrecorded: readonly ExecutionSummary[];
} & (
  | {
      readonly kind: "adopt";
      readonly run: ExecutionSummary;
      readonly why: string;
      /**
       * Whether the start key proves that the run comes from the recorded start without a clear answer. If so, no other
       * resource has the run.
       */
      readonly isProven: boolean;
    }
  | { readonly kind: "start" }
);

/** The facts from which `decideStart` decides whether to start or adopt a run. */
export interface StartFacts {
  readonly key: KeyParts;
  readonly snapshot: RunSnapshot;
  /** The key of a recorded start that got no clear answer. A run with this start key belongs to this resource. */
  readonly unclear?: StartKey | undefined;
  /** The highest attempt number that is recorded for the resource, if this process knows this number. */
  readonly recordedAttempt: number | undefined;
  /**
   * Whether the user forces a replacement. The engine passes the recorded run to this process only after the start, so
   * this process does not know the run's id.
   */
  readonly replacedByForce?: boolean;
  /** Whether this process knows the run, for example because it has read the run from the state. */
  readonly isKnown: (run: ExecutionSummary) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The argument `adoptEndedWithin`: a run that ended longer ago than this number of seconds is not adopted. */
  readonly adoptEndedWithin: number;
  readonly policies: RunPolicies;
}

interface Candidate {
  readonly run: ExecutionSummary;
  readonly attempt: number;
  readonly sameInputs: boolean;
  /** Whether the run was started with `onDelete: "leave"`. If so, the run is not reported. */
  readonly left: boolean;
  /**
   * Whether the recorded start that got no clear answer made this run: certainly (`proven`) or perhaps (`possible`).
   * Undefined if the start key of this run is not the key of that start.
   */
  readonly ofUnclear: "proven" | "possible" | undefined;
}

/**
 * Decides whether to adopt a run or to start a run. Never ends a run, because another resource, stack or copy of the
 * state may have the run.
 *
 * The table is about the runs of this resource that this process does not know. In a forced replacement, only the
 * latest attempt counts. The first row that applies decides. The decision also contains the other active runs
 * (`unrecorded`), except runs that are being stopped or were started with `onDelete: "leave"`. In a forced replacement,
 * it contains none.
 *
 * | runs of this resource                                                      | decision |
 * |----------------------------------------------------------------------------|------|
 * | a forced replacement: the latest run is the replaced run (`isReplacedRun`) | start, next attempt |
 * | a run of the recorded start that got no clear answer, active or ended      | adopt |
 * | active runs with the same inputs that are not being stopped                | adopt the oldest |
 * | no run is later than the recorded run, whose start got a clear answer      | start, next attempt |
 * | the latest run, same inputs, ended with success within `adoptEndedWithin`  | adopt |
 * | the latest run, same inputs, failed within `adoptEndedWithin`, policy keep or fail | adopt; report the failure once |
 * | anything else, such as a latest run that was aborted                       | start, next attempt |
 */
export function decideStart(facts: StartFacts): StartDecision {
  const mine = candidates(facts);
  const { replacedByForce, recordedAttempt = 0 } = facts;
  const latestAttempt = Math.max(recordedAttempt, ...mine.map(({ attempt }) => attempt));
  const unknown = mine.filter(
    ({ run, attempt }) => !facts.isKnown(run) && (!replacedByForce || attempt === latestAttempt),
  );
  if (replacedByForce && unknown.every((candidate) => isReplacedRun(candidate, mine)))
    return { kind: "start", attempt: latestAttempt + 1, unrecorded: [] };
  const active = unknown.filter(({ run }) => !hasEnded(run)).sort(oldestFirst);
  /**
   * Returns the active runs that are reported, without the adopted run. A run that is being stopped is left out,
   * because it will end.
   */
  const others = (adopted?: Candidate) =>
    active
      .filter((one) => one !== adopted && !one.left && !replacedByForce && kindOf(one.run) !== "stopping")
      .map(({ run }) => run);
  const ofUnclear = unknown.find((one) => one.ofUnclear === "proven") ?? unknown.find((one) => one.ofUnclear);
  if (ofUnclear !== undefined) {
    const { executionId, status } = ofUnclear.run;
    const why = `Run ${executionId} (${status}) is that of the start that got no clear answer, and is adopted; nothing is started.`;
    return adopt(ofUnclear, why, others(ofUnclear));
  }
  const first = active.find(({ run, sameInputs }) => sameInputs && kindOf(run) !== "stopping");
  if (first !== undefined) {
    const { executionId, status } = first.run;
    const why = `Run ${executionId} (${status}) was already started for this resource and is adopted; nothing is started.`;
    return adopt(first, why, others(first));
  }
  const next: StartDecision = { kind: "start", attempt: latestAttempt + 1, unrecorded: others() };
  // If the recorded attempt is the latest one, and its start got a clear answer, no ended run is adopted: the state
  // already has the latest run. Otherwise, an interrupted command may have started the latest run without recording it.
  // A start without a clear answer may have been sent several times, each time with another tag, and the state records
  // only one tag.
  if (latestAttempt === facts.recordedAttempt && facts.unclear === undefined) return next;
  const latest = unknown.find(({ attempt, sameInputs }) => sameInputs && attempt === latestAttempt);
  return (latest && adoptEnded(latest, facts, others())) ?? next;
}

function adopt(
  { run, attempt, ofUnclear }: Candidate,
  why: string,
  unrecorded: readonly ExecutionSummary[],
): StartDecision {
  return { kind: "adopt", run, attempt: Math.max(1, attempt), why, unrecorded, isProven: ofUnclear === "proven" };
}

type KnownFacts = Omit<StartFacts, "now" | "adoptEndedWithin" | "policies">;

/**
 * Returns the runs that `decideStart` may adopt even if they have ended: the runs of the latest attempt that this
 * process does not know.
 */
function ofLatestAttempt(facts: KnownFacts): readonly ExecutionSummary[] {
  const mine = candidates(facts);
  const latestAttempt = Math.max(facts.recordedAttempt ?? 0, ...mine.map(({ attempt }) => attempt));
  // If the latest attempt is the recorded attempt, and its start got a clear answer, `decideStart` adopts no ended run.
  if (latestAttempt === facts.recordedAttempt && facts.unclear === undefined) return [];
  // The runs of an earlier attempt of the resource ended before the first run of a later attempt started. So only the
  // runs of the latest attempt count.
  return mine.filter(({ run, attempt }) => attempt === latestAttempt && !facts.isKnown(run)).map(({ run }) => run);
}

/** Returns the ids of the runs of the latest attempt whose end only a status word shows. This word may be wrong. */
export function unconfirmedEnds(facts: KnownFacts): string[] {
  return ofLatestAttempt(facts).flatMap((run) => (isBareEnd(run) ? [run.executionId] : []));
}

/**
 * Returns the ids of the runs of the latest attempt that ended without success. If a run has services in addition to
 * the `job`, the lookup reads its output, because the run may have been stopped after its job had succeeded.
 */
export function endsWithoutSuccess(facts: KnownFacts): string[] {
  return ofLatestAttempt(facts).flatMap((run) =>
    hasEnded(run) && kindOf(run) !== "completed" ? [run.executionId] : [],
  );
}

/**
 * Whether a run is certainly the run that a forced replacement replaces. The run of the first attempt is, because there
 * is no other run. A later run is certain if the previous run ended after this run had started, because the engine
 * deletes a run only after it has recorded the next start. If the result is false, the create may adopt the recorded
 * run, and the deletion of the recorded run then fails (LYC3022).
 */
function isReplacedRun({ run, attempt }: Candidate, mine: readonly Candidate[]): boolean {
  const before = mine.find((candidate) => candidate.attempt === attempt - 1);
  return (
    attempt === 1 ||
    (before !== undefined && hasEnded(before.run) && endOf(before.run) > Date.parse(run.createdAt ?? ""))
  );
}

function adoptEnded(
  candidate: Candidate,
  facts: StartFacts,
  unrecorded: readonly ExecutionSummary[],
): StartDecision | undefined {
  const { run } = candidate;
  const kind = kindOf(run);
  const age = facts.now - endOf(run);
  if (!isEndKind(kind) || kind === "aborted" || !(age <= facts.adoptEndedWithin * 1000)) return undefined;
  if (kind === "failed" && policyFor("failed", facts.policies) === "rerun") return undefined;
  const why = `Run ${run.executionId} was already started for this resource and ended ${run.status} ${ago(age)}; it is adopted and nothing is started. Change triggers to run again.`;
  return adopt(candidate, why, unrecorded);
}

interface KeyedRun {
  readonly run: ExecutionSummary;
  readonly parsed: StartKey;
}

/** The runs of each snapshot with their start keys, so that each file name is parsed only once. */
const keyedRuns = new WeakMap<RunSnapshot, readonly KeyedRun[]>();

function keyedRunsOf(snapshot: RunSnapshot): readonly KeyedRun[] {
  const known = keyedRuns.get(snapshot);
  // Stryker disable next-line ConditionalExpression: without this line, the names are only parsed again.
  if (known !== undefined) return known;
  const runs = [...snapshot.active, ...snapshot.history].flatMap((run) =>
    keysIn(run.fileName).map((parsed) => ({ run, parsed })),
  );
  keyedRuns.set(snapshot, runs);
  return runs;
}

/**
 * Returns each run of this resource once. If the list and the history differ about a run, the entry that shows an end
 * counts.
 */
function candidates({ key, snapshot, unclear }: Pick<StartFacts, "key" | "snapshot" | "unclear">): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const { run, parsed } of keyedRunsOf(snapshot)) {
    // If a start got no clear answer, the state records its start key. A run with this start key is a candidate even if
    // the key names another resource, because the resource may have been renamed after the start.
    if (!sameResource(parsed, key) && !(unclear && provesStart(parsed, unclear))) continue;
    const before = byId.get(run.executionId);
    if (before !== undefined && !hasEnded(run)) continue;
    byId.set(run.executionId, {
      run,
      attempt: parsed.attempt,
      sameInputs: parsed.inputs === key.inputs,
      left: parsed.onDelete === "leave",
      ofUnclear: unclear && ofUnclearStart(parsed, unclear),
    });
  }
  return [...byId.values()];
}

function ofUnclearStart(found: StartKey, unclear: StartKey): Candidate["ofUnclear"] {
  if (provesStart(found, unclear)) return "proven";
  return isOfStart(found, unclear) ? "possible" : undefined;
}

function oldestFirst(left: Candidate, right: Candidate): number {
  return (left.run.createdAt ?? "").localeCompare(right.run.createdAt ?? "") || left.attempt - right.attempt;
}

function endOf(run: ExecutionSummary): number {
  return Date.parse(run.endedAt ?? run.startedAt ?? run.createdAt ?? "");
}
