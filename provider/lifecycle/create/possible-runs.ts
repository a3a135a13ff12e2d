import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import type { Gap } from "../account/lookup-gaps";
import type { RunSnapshot } from "../account/shared-snapshot";
import { isOfStart, isUnaltered, keysIn, type StartKey } from "../run/identity/start-key";
import { mustHaveEnded } from "../run/record/ended";
import type { ExecutionOutputs } from "../run/record/record";

/** What this process knows about the runs in a snapshot. */
interface Known {
  /** Whether a run certainly existed before the provider sent its request for a start. */
  readonly wasThere: (run: ExecutionSummary) => boolean;
  readonly isKnown: (run: ExecutionSummary) => boolean;
}

/**
 * Returns the ids of the runs that a start may have made. Leaves out runs that existed before the start, runs that this
 * process knows, and runs whose file name begins with the key of another start. Keeps runs without a key, because
 * Lyceum may hide or change file names.
 */
export function possibleRuns(snapshot: RunSnapshot, sent: readonly StartKey[], { wasThere, isKnown }: Known): string[] {
  const isSomebodyElses = ({ fileName }: ExecutionSummary): boolean =>
    isUnaltered(fileName) && keysIn(fileName).every((found) => !sent.some((key) => isOfStart(found, key)));
  const possible = [...snapshot.active, ...snapshot.history].filter(
    (run) => !wasThere(run) && !isKnown(run) && !isSomebodyElses(run),
  );
  return [...new Set(possible.map(({ executionId }) => executionId))];
}

/**
 * Returns a function that tests whether a run was in the snapshot from before a start. Times are not compared, because
 * clocks may differ.
 */
export function runsOf(before: RunSnapshot): (run: ExecutionSummary) => boolean {
  const ids = new Set([...before.active, ...before.history].map(({ executionId }) => executionId));
  return ({ executionId }) => ids.has(executionId);
}

/** What a later command knows about a recorded start that got no clear answer, if it has not found the start's run. */
export type UnclearStart =
  | { readonly kind: "not-started" | "over" }
  /** `possible`: ids of runs that the start may have made. */
  | { readonly kind: "unknown"; readonly possible: readonly string[] };

/** The largest accepted difference between Lyceum's clock and the clock of this machine, in milliseconds. */
const CLOCKS_DIFFER_MILLISECONDS = 3_600_000;

/**
 * Decides whether a recorded start without a clear answer may have made a run, after `decideStart` has found no run
 * with the start key. The first row that applies decides.
 *
 * | condition                                                             | result      |
 * |-----------------------------------------------------------------------|-------------|
 * | all time limits of the run have passed                                | over        |
 * | the list or the history is not complete                               | unknown     |
 * | `possibleRuns` finds a run that may be younger than the start         | unknown     |
 * | none of these                                                         | not-started |
 */
export function evaluateUnclear(facts: {
  readonly recorded: ExecutionOutputs;
  readonly key: StartKey;
  readonly snapshot: RunSnapshot;
  readonly isKnown: (run: ExecutionSummary) => boolean;
  /** The current time in milliseconds since the epoch. */
  readonly now: number;
}): UnclearStart {
  const { recorded, key, snapshot, isKnown, now } = facts;
  if (mustHaveEnded(recorded, now)) return { kind: "over" };
  const sentAt = Date.parse(recorded.requestedAt ?? "");
  const possible = possibleRuns(snapshot, [key], { wasThere: (run) => isSurelyOlder(run, sentAt), isKnown });
  return possible.length === 0 && snapshot.gaps.length === 0 ? { kind: "not-started" } : { kind: "unknown", possible };
}

/** Whether a run was certainly created before a time. False if the run's time has no offset from UTC. */
function isSurelyOlder({ createdAt = "" }: ExecutionSummary, than: number): boolean {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(createdAt);
  return hasZone && Date.parse(createdAt) < than - CLOCKS_DIFFER_MILLISECONDS;
}

/**
 * Returns a gap if Lyceum shows no file names, but active runs that this process does not know. Each of them may be a
 * run of this resource. If Lyceum shows at least one file name, a run without a file name is not a run of the provider,
 * because the provider always sends one.
 */
export function unnamedGap(snapshot: RunSnapshot, isKnown: (run: ExecutionSummary) => boolean): Gap | undefined {
  if ([...snapshot.active, ...snapshot.history].some(({ fileName }) => fileName !== undefined)) return undefined;
  const active = new Map([...snapshot.active, ...snapshot.history].map((run) => [run.executionId, run]));
  const count = [...active.values()].filter((run) => !hasEnded(run) && !isKnown(run)).length;
  return count === 0 ? undefined : { kind: "unnamed", count };
}
