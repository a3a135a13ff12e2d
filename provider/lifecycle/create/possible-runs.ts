import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import type { Gap } from "../account/lookup-gaps";
import type { RunSnapshot } from "../account/shared-snapshot";
import { isOfStart, isUnaltered, keysIn, type StartKey } from "../run/identity/start-key";
import { mustHaveEnded } from "../run/record/ended";
import type { ExecutionOutputs } from "../run/record/record";

/** What this process knows about the runs in a snapshot. */
interface Known {
  /** Whether a run certainly existed before the start. */
  readonly wasThere: (run: ExecutionSummary) => boolean;
  readonly isKnown: (run: ExecutionSummary) => boolean;
}

/**
 * Returns the ids of the runs that a start may have made. Such a run did not exist before the start, and this process
 * does not know it. Its file name does not begin with the key of another start. A file name without the key of this
 * start is no proof, because Lyceum may hide or change file names.
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
 * Returns a function that tests whether a run is in a snapshot from before a start. Times are not compared, because
 * clocks may differ.
 */
export function runsOf(before: RunSnapshot): (run: ExecutionSummary) => boolean {
  const ids = new Set([...before.active, ...before.history].map(({ executionId }) => executionId));
  return ({ executionId }) => ids.has(executionId);
}

/** What a later command knows about a recorded start that got no clear answer and whose run it has not found. */
export type UnclearStart =
  | { readonly kind: "not-started" | "over" }
  /** `possible`: ids of runs that the start may have made. */
  | { readonly kind: "unknown"; readonly possible: readonly string[] };

/** The largest accepted difference between Lyceum's clock and the clock of this machine, in milliseconds. */
const CLOCKS_DIFFER_MILLISECONDS = 3_600_000;

/**
 * Decides whether a recorded start without a clear answer may have made a run. Before this, `decideStart` adopts a run
 * that has the start key. The first row that applies decides.
 *
 * | condition                                                             | result      |
 * |-----------------------------------------------------------------------|-------------|
 * | all time limits of the run have passed                                | over        |
 * | the list or the history is not complete                               | unknown     |
 * | there is a run, perhaps younger than the start, without a key in its name | unknown |
 * | none of these                                                         | not-started |
 */
export function evaluateUnclear(facts: {
  readonly recorded: ExecutionOutputs;
  readonly key: StartKey;
  readonly snapshot: RunSnapshot;
  readonly isKnown: (run: ExecutionSummary) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}): UnclearStart {
  const { recorded, key, snapshot, isKnown, now } = facts;
  if (mustHaveEnded(recorded, now)) return { kind: "over" };
  const sentAt = Date.parse(recorded.requestedAt ?? "");
  const possible = possibleRuns(snapshot, [key], { wasThere: (run) => isSurelyOlder(run, sentAt), isKnown });
  return possible.length === 0 && snapshot.gaps.length === 0 ? { kind: "not-started" } : { kind: "unknown", possible };
}

/** Whether a run was certainly created before a time. A time without a zone proves nothing. */
function isSurelyOlder({ createdAt = "" }: ExecutionSummary, than: number): boolean {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(createdAt);
  return hasZone && Date.parse(createdAt) < than - CLOCKS_DIFFER_MILLISECONDS;
}

/**
 * Returns a gap if a run of this resource may be hidden: there are active runs without a file name, and Lyceum shows no
 * file name at all. If Lyceum shows file names, a run without one is not of this package, because the provider always
 * sends a file name.
 */
export function unnamedGap(snapshot: RunSnapshot, isKnown: (run: ExecutionSummary) => boolean): Gap | undefined {
  if ([...snapshot.active, ...snapshot.history].some(({ fileName }) => fileName !== undefined)) return undefined;
  const active = new Map([...snapshot.active, ...snapshot.history].map((run) => [run.executionId, run]));
  const count = [...active.values()].filter((run) => !hasEnded(run) && !isKnown(run)).length;
  return count === 0 ? undefined : { kind: "unnamed", count };
}
