import { hasEnded, isBareEnd, isEndKind, kindOf } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import { ago } from "../errors/errors";
import { policyFor, type RunPolicies } from "../state/policy";
import type { Gap } from "./lookup-gaps";
import { isUnaltered, type KeyParts, keysIn, type StartKey, sameResource } from "./start-key";

/** What a look at the service has shown. */
export interface RunSnapshot {
  readonly active: readonly ExecutionSummary[];
  readonly history: readonly ExecutionSummary[];
  /** What the service refuses, or shows in a way that cannot be understood: what is incomplete proves nothing. */
  readonly gaps: readonly Gap[];
}

/** Whether to adopt a run or to start one; `attempt` goes into the start key. */
export type StartDecision = {
  readonly attempt: number;
  /** Active runs of this resource that nobody else knows of: of an interrupted command, to be aborted. */
  readonly abandonedRuns: readonly ExecutionSummary[];
} & ({ readonly kind: "adopt"; readonly run: ExecutionSummary; readonly why: string } | { readonly kind: "start" });

/** What the decision is made from. */
export interface StartFacts {
  readonly key: KeyParts;
  readonly snapshot: RunSnapshot;
  /** Highest attempt recorded for the resource, when this process has seen it recorded. */
  readonly recordedAttempt: number | undefined;
  /** Whether somebody asked for a new run, and the recorded one, which nobody knows here, is deleted behind the start. */
  readonly replacedByForce?: boolean;
  /** Whether this process has seen the id recorded, or has deleted it. */
  readonly isKnown: (executionId: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Seconds. */
  readonly adoptEndedWithin: number;
  readonly policies: RunPolicies;
}

interface Candidate {
  readonly run: ExecutionSummary;
  readonly attempt: number;
  readonly sameInputs: boolean;
  /** Started to be left alone on delete: such a run is not an abandoned run. */
  readonly left: boolean;
}

/**
 * The table of starting once.
 *
 * | found of this resource                                           | then |
 * |------------------------------------------------------------------|------|
 * | a forced replacement deletes last, and the latest run is that which it replaces (`isReplacedRun`) | start, next attempt |
 * | it is not: an interrupted forced replacement started it          | only this run is looked at, by the rows below |
 * | active, not being stopped, same inputs, neither recorded nor deleted by this process | adopt; of several the oldest |
 * | further active runs of it that this process does not know        | abandoned runs, to be aborted |
 * | its latest run is one that this process has seen recorded, or older | start, next attempt |
 * | its latest run, same inputs, ended ok within `adoptEndedWithin`  | adopt |
 * | its latest run failed within it, and its policy is keep or fail  | adopt, which reports the failure once |
 * | failed with the policy rerun, aborted, older, or nothing         | start, next attempt |
 */
export function decideStart(facts: StartFacts): StartDecision {
  const mine = candidates(facts);
  const { replacedByForce = false, recordedAttempt = 0 } = facts;
  const latestAttempt = Math.max(recordedAttempt, ...mine.map(({ attempt }) => attempt));
  const unknown = mine.filter(
    ({ run, attempt }) => !facts.isKnown(run.executionId) && (!replacedByForce || attempt === latestAttempt),
  );
  if (replacedByForce && unknown.every((candidate) => isReplacedRun(candidate, mine)))
    return { kind: "start", attempt: latestAttempt + 1, abandonedRuns: [] };
  const active = unknown.filter(({ run }) => !hasEnded(run)).sort(oldestFirst);
  // A run that is being stopped is as good as aborted: it is only watched to its end, which the abandoned runs are.
  const first = active.find(({ run, sameInputs }) => sameInputs && kindOf(run) !== "stopping");
  const abandonedRuns = active
    .filter((candidate) => candidate !== first && !candidate.left && !replacedByForce)
    .map(({ run }) => run);
  if (first !== undefined) {
    return {
      kind: "adopt",
      run: first.run,
      attempt: Math.max(1, first.attempt),
      why: `Run ${first.run.executionId} (${first.run.status}) was already started for this resource and is adopted; nothing is started.`,
      abandonedRuns,
    };
  }
  const next: StartDecision = { kind: "start", attempt: latestAttempt + 1, abandonedRuns };
  // A later attempt than the recorded one is a replacement's that an interrupted command started and could not record.
  if (latestAttempt === facts.recordedAttempt) return next;
  const latest = unknown.find(({ attempt, sameInputs }) => sameInputs && attempt === latestAttempt);
  return (latest && adoptEnded(latest, facts, abandonedRuns)) ?? next;
}

/** Ids of the runs that decide whether another one is started, and of which the lists show an end by its status word alone. */
export function unconfirmedEnds(facts: Omit<StartFacts, "now" | "adoptEndedWithin" | "policies">): string[] {
  const mine = candidates(facts);
  const latestAttempt = Math.max(facts.recordedAttempt ?? 0, ...mine.map(({ attempt }) => attempt));
  // An earlier attempt was seen to end before a later one was started.
  if (latestAttempt === facts.recordedAttempt) return [];
  return mine
    .filter(({ run, attempt }) => attempt === latestAttempt && isBareEnd(run) && !facts.isKnown(run.executionId))
    .map(({ run }) => run.executionId);
}

/**
 * Whether the latest run of a resource that is replaced by force is the one that its state has. It is where it is the first, or where
 * the run before it ended behind its start: that one was deleted last, which follows a start that was recorded. In doubt it is not:
 * then nothing is started, which the deletion of the same run reports.
 */
function isReplacedRun({ run, attempt }: Candidate, mine: readonly Candidate[]): boolean {
  const before = mine.find((candidate) => candidate.attempt === attempt - 1);
  return (
    attempt === 1 ||
    (before !== undefined && hasEnded(before.run) && endOf(before.run) > Date.parse(run.createdAt ?? ""))
  );
}

function adoptEnded(
  { run, attempt }: Candidate,
  facts: StartFacts,
  abandonedRuns: readonly ExecutionSummary[],
): StartDecision | undefined {
  const kind = kindOf(run);
  const age = facts.now - endOf(run);
  if (!isEndKind(kind) || kind === "aborted" || !(age <= facts.adoptEndedWithin * 1000)) return undefined;
  if (kind === "failed" && policyFor("failed", facts.policies) === "rerun") return undefined;
  const why = `Run ${run.executionId} was already started for this resource and ended ${run.status} ${ago(age)}; it is adopted and nothing is started. Change triggers to run again.`;
  return { kind: "adopt", run, attempt: Math.max(1, attempt), why, abandonedRuns };
}

interface KeyedRun {
  readonly run: ExecutionSummary;
  readonly parsed: StartKey;
}

/** All starts of a command share a look: its file names are read once, and not once for each of them. */
const keyedRuns = new WeakMap<RunSnapshot, readonly KeyedRun[]>();

function keyedRunsOf(snapshot: RunSnapshot): readonly KeyedRun[] {
  const known = keyedRuns.get(snapshot);
  // Stryker disable next-line ConditionalExpression: without it the names are only read again.
  if (known !== undefined) return known;
  const runs = [...snapshot.active, ...snapshot.history].flatMap((run) =>
    keysIn(run.fileName).map((parsed) => ({ run, parsed })),
  );
  keyedRuns.set(snapshot, runs);
  return runs;
}

/** Runs of this resource, each once; where the two lists differ, an end is believed. */
function candidates({ key, snapshot }: Pick<StartFacts, "key" | "snapshot">): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const { run, parsed } of keyedRunsOf(snapshot)) {
    if (!sameResource(parsed, key)) continue;
    const before = byId.get(run.executionId);
    if (before !== undefined && !hasEnded(run)) continue;
    byId.set(run.executionId, {
      run,
      attempt: parsed.attempt,
      sameInputs: parsed.inputs === key.inputs,
      left: parsed.onDelete === "leave",
    });
  }
  return [...byId.values()];
}

function oldestFirst(left: Candidate, right: Candidate): number {
  return (left.run.createdAt ?? "").localeCompare(right.run.createdAt ?? "") || left.attempt - right.attempt;
}

function endOf(run: ExecutionSummary): number {
  return Date.parse(run.endedAt ?? run.startedAt ?? run.createdAt ?? "");
}

/**
 * Ids of the runs that may have come of a start: they were not there before it, are not of this process, and do not surely belong
 * to somebody else, by the unaltered key of another resource or of other inputs in front of their file names. A service may hide or
 * alter file names. No clock is compared, since the service's and this machine's may differ.
 */
export function possibleRuns(
  snapshot: RunSnapshot,
  key: KeyParts,
  before: RunSnapshot,
  isKnown: (executionId: string) => boolean,
): string[] {
  const knownIds = new Set([...before.active, ...before.history].map((run) => run.executionId));
  const isSomebodyElses = ({ fileName }: ExecutionSummary): boolean =>
    isUnaltered(fileName) &&
    keysIn(fileName).every((found) => !sameResource(found, key) || found.inputs !== key.inputs);
  const possible = [...snapshot.active, ...snapshot.history].filter(
    (run) => !knownIds.has(run.executionId) && !isKnown(run.executionId) && !isSomebodyElses(run),
  );
  return [...new Set(possible.map(({ executionId }) => executionId))];
}

/** Whether a look shows the start key of some run: then the run of an unclear start can be found by its key. */
export function showsKeys({ active, history }: RunSnapshot): boolean {
  return [...active, ...history].some(({ fileName }) => isUnaltered(fileName));
}

/**
 * Active runs that carry no file name, where the service shows no file name at all: they cannot be distinguished from
 * this resource's own. Where one entry has a name, a run without one was started without one, which ours never are.
 */
export function unnamedGap(snapshot: RunSnapshot, isKnown: (executionId: string) => boolean): Gap | undefined {
  if ([...snapshot.active, ...snapshot.history].some(({ fileName }) => fileName !== undefined)) return undefined;
  const active = new Map([...snapshot.active, ...snapshot.history].map((run) => [run.executionId, run]));
  const count = [...active.values()].filter((run) => !hasEnded(run) && !isKnown(run.executionId)).length;
  return count === 0 ? undefined : { kind: "unnamed", count };
}
