import type { ExecutionSummary } from "../lyceum/port";
import { ago } from "./errors";
import { policyFor, type RunPolicies } from "./policy";
import { parseFileName } from "./start-key";
import { classifyStatus, isEndKind } from "./status";

/** What a look at the service has shown. */
export interface Look {
  readonly active: readonly ExecutionSummary[];
  readonly history: readonly ExecutionSummary[];
}

/** Whether to take over a run or to start one; `attempt` goes into the start key. */
export type StartDecision =
  | {
      readonly kind: "adopt";
      readonly run: ExecutionSummary;
      readonly attempt: number;
      readonly why: string;
      /** Further active runs with the same key: started by a fault, to be aborted. */
      readonly surplus: readonly ExecutionSummary[];
    }
  | { readonly kind: "start"; readonly attempt: number };

/** What the decision is made from. */
export interface StartFacts {
  readonly key: { readonly resource: string; readonly inputs: string };
  readonly look: Look;
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
}

/**
 * The table of starting once.
 *
 * | found with this start key                                        | then |
 * |------------------------------------------------------------------|------|
 * | active, its id neither recorded nor deleted by this process      | adopt; of several the oldest, the others are surplus |
 * | resource seen recorded by this process                           | start, next attempt |
 * | its latest run ended ok within `adoptEndedWithin`                | adopt |
 * | its latest run failed within it, and its policy is keep or fail  | adopt, which reports the failure once |
 * | failed with the policy rerun, aborted, older, or nothing         | start, next attempt |
 */
export function decideStart(facts: StartFacts): StartDecision {
  const mine = candidates(facts);
  const same = mine.filter((candidate) => candidate.sameInputs && !facts.isKnown(candidate.run.executionId));
  const active = same.filter(({ run }) => !isEndKind(classifyStatus(run.status))).sort(oldestFirst);
  const [first, ...others] = active;
  if (first !== undefined) {
    return {
      kind: "adopt",
      run: first.run,
      attempt: first.attempt,
      why: `Run ${first.run.executionId} (${first.run.status}) was started for this resource before and is taken over; nothing is started.`,
      surplus: others.map(({ run }) => run),
    };
  }
  const latestAttempt = Math.max(facts.recordedAttempt ?? 0, ...mine.map(({ attempt }) => attempt));
  const next: StartDecision = { kind: "start", attempt: latestAttempt + 1 };
  if (facts.recordedAttempt !== undefined) return next;
  const latest = same.find(({ attempt }) => attempt === latestAttempt);
  return (latest && adoptEnded(latest, facts)) ?? next;
}

function adoptEnded({ run, attempt }: Candidate, facts: StartFacts): StartDecision | undefined {
  const kind = classifyStatus(run.status);
  const age = facts.now - endOf(run);
  if (kind === "aborted" || !(age <= facts.adoptEndedWithin * 1000)) return undefined;
  if (kind === "failed" && policyFor("failed", facts.policies) === "rerun") return undefined;
  const why = `Run ${run.executionId} was started for this resource before and ended ${run.status} ${ago(age)}; it is taken over and nothing is started. Change triggers to run again.`;
  return { kind: "adopt", run, attempt, why, surplus: [] };
}

/** Runs of this resource, each once; where the two lists differ, an end is believed. */
function candidates({ key, look }: StartFacts): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const run of [...look.active, ...look.history]) {
    const parsed = parseFileName(run.fileName);
    if (parsed?.resource !== key.resource) continue;
    const before = byId.get(run.executionId);
    if (before !== undefined && !isEndKind(classifyStatus(run.status))) continue;
    byId.set(run.executionId, { run, attempt: parsed.attempt, sameInputs: parsed.inputs === key.inputs });
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
 * Whether a look proves that a start did not happen: every run younger than the start carries a file name, and none is
 * ours. A service that hides file names or times proves nothing.
 */
export function provesNotStarted(
  look: Look,
  key: { readonly resource: string; readonly inputs: string },
  startedAt: number,
): boolean {
  const allowedSkew = 5 * 60_000;
  return [...look.active, ...look.history].every((run) => {
    const createdAt = Date.parse(run.createdAt ?? "");
    if (createdAt < startedAt - allowedSkew) return true;
    if (run.fileName === undefined || Number.isNaN(createdAt)) return false;
    const parsed = parseFileName(run.fileName);
    return (
      parsed === undefined ||
      parsed.resource !== key.resource ||
      parsed.inputs !== key.inputs ||
      createdAt < startedAt - 60_000
    );
  });
}
