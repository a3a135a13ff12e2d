import type { ExecutionSummary } from "../lyceum/port";
import { hasEnded, isEndKind, kindOf } from "../lyceum/status";
import { ago } from "./errors";
import type { Gap } from "./gaps";
import { policyFor, type RunPolicies } from "./policy";
import { type KeyParts, parseFileName, type StartKey, sameResource } from "./start-key";

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
 * | active, not being stopped, same inputs, neither recorded nor deleted by this process | adopt; of several the oldest |
 * | further active runs of it that this process does not know        | abandoned runs, to be aborted |
 * | its latest run is one that this process has seen recorded, or older | start, next attempt |
 * | its latest run, same inputs, ended ok within `adoptEndedWithin`  | adopt |
 * | its latest run failed within it, and its policy is keep or fail  | adopt, which reports the failure once |
 * | failed with the policy rerun, aborted, older, or nothing         | start, next attempt |
 */
export function decideStart(facts: StartFacts): StartDecision {
  const mine = candidates(facts);
  const unknown = mine.filter((candidate) => !facts.isKnown(candidate.run.executionId));
  const active = unknown.filter(({ run }) => !hasEnded(run)).sort(oldestFirst);
  // A run that is being stopped is as good as aborted: it is only watched to its end, which the abandoned runs are.
  const first = active.find(({ run, sameInputs }) => sameInputs && kindOf(run) !== "stopping");
  const abandonedRuns = active.filter((candidate) => candidate !== first && !candidate.left).map(({ run }) => run);
  if (first !== undefined) {
    return {
      kind: "adopt",
      run: first.run,
      attempt: first.attempt,
      why: `Run ${first.run.executionId} (${first.run.status}) was already started for this resource and is adopted; nothing is started.`,
      abandonedRuns,
    };
  }
  const latestAttempt = Math.max(facts.recordedAttempt ?? 0, ...mine.map(({ attempt }) => attempt));
  const next: StartDecision = { kind: "start", attempt: latestAttempt + 1, abandonedRuns };
  // A later attempt than the recorded one is a replacement's that an interrupted command started and could not record.
  if (latestAttempt === facts.recordedAttempt) return next;
  const latest = unknown.find(({ attempt, sameInputs }) => sameInputs && attempt === latestAttempt);
  return (latest && adoptEnded(latest, facts, abandonedRuns)) ?? next;
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
  return { kind: "adopt", run, attempt, why, abandonedRuns };
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
  const runs = [...snapshot.active, ...snapshot.history].flatMap((run) => {
    const parsed = parseFileName(run.fileName);
    return parsed === undefined ? [] : [{ run, parsed }];
  });
  keyedRuns.set(snapshot, runs);
  return runs;
}

/** Runs of this resource, each once; where the two lists differ, an end is believed. */
function candidates({ key, snapshot }: StartFacts): Candidate[] {
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
 * Whether a look proves that a start did not happen: it has no gaps, and every run that was not there before the start
 * carries a file name that is not ours. No clock is compared, since the service's and this machine's may differ. A service
 * that hides file names proves nothing once there is a run that was not there before.
 */
export function provesNotStarted(snapshot: RunSnapshot, key: KeyParts, before: RunSnapshot): boolean {
  if (snapshot.gaps.length > 0) return false;
  const knownIds = new Set([...before.active, ...before.history].map((run) => run.executionId));
  return [...snapshot.active, ...snapshot.history].every((run) => {
    if (knownIds.has(run.executionId)) return true;
    if (run.fileName === undefined) return false;
    const parsed = parseFileName(run.fileName);
    return parsed === undefined || !sameResource(parsed, key) || parsed.inputs !== key.inputs;
  });
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
