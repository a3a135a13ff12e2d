import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary } from "../../lyceum/port";
import { mustHaveEnded } from "../run/ended";
import type { ExecutionOutputs } from "../run/record";
import { isOfStart, isUnaltered, keysIn, type StartKey } from "../run/start-key";
import type { Gap } from "../watch/lookup-gaps";
import type { RunSnapshot } from "../watch/shared-snapshot";

/** What is known about the runs that a snapshot shows. */
interface Known {
  /** Whether a run was surely there before the start. */
  readonly wasThere: (run: ExecutionSummary) => boolean;
  readonly isKnown: (run: ExecutionSummary) => boolean;
}

/**
 * Ids of the runs that may have come of a start, by the keys of its requests: they were not there before it, are not of this process, and do not surely belong
 * to somebody else, by the unaltered key of another start in front of their file names. A service may hide or alter file names.
 */
export function possibleRuns(snapshot: RunSnapshot, sent: readonly StartKey[], { wasThere, isKnown }: Known): string[] {
  const isSomebodyElses = ({ fileName }: ExecutionSummary): boolean =>
    isUnaltered(fileName) && keysIn(fileName).every((found) => !sent.some((key) => isOfStart(found, key)));
  const possible = [...snapshot.active, ...snapshot.history].filter(
    (run) => !wasThere(run) && !isKnown(run) && !isSomebodyElses(run),
  );
  return [...new Set(possible.map(({ executionId }) => executionId))];
}

/** Runs that the snapshot before a start showed. No clock is compared, since the service's and this machine's may differ. */
export function runsOf(before: RunSnapshot): (run: ExecutionSummary) => boolean {
  const ids = new Set([...before.active, ...before.history].map(({ executionId }) => executionId));
  return ({ executionId }) => ids.has(executionId);
}

/** What a later command can say of a recorded start that got no clear answer, where no run carries its key. */
export type UnclearStart =
  | { readonly kind: "not-started" | "over" }
  /** `possible`: runs that may have come of it. */
  | { readonly kind: "unknown"; readonly possible: readonly string[] };

/** Clocks of the service and of this machine may differ by less than this. */
const CLOCKS_DIFFER_MILLISECONDS = 3_600_000;

/**
 * The table of a recorded start that got no clear answer. A run that carries its key is adopted before (`decideStart`).
 *
 * | met                                                                   | then        |
 * |-----------------------------------------------------------------------|-------------|
 * | all time limits of the run have passed                                | over        |
 * | list or history are not complete                                      | unknown     |
 * | a run that may have come of it: not surely older, name without a key  | unknown     |
 * | nothing of it                                                         | not-started |
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

/** A time without a zone may be of any. */
function isSurelyOlder({ createdAt = "" }: ExecutionSummary, than: number): boolean {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(createdAt);
  return hasZone && Date.parse(createdAt) < than - CLOCKS_DIFFER_MILLISECONDS;
}

/**
 * Active runs that carry no file name, where the service shows no file name at all: they cannot be distinguished from
 * this resource's own. Where one entry has a name, a run without one was started without one, which ours never are.
 */
export function unnamedGap(snapshot: RunSnapshot, isKnown: (run: ExecutionSummary) => boolean): Gap | undefined {
  if ([...snapshot.active, ...snapshot.history].some(({ fileName }) => fileName !== undefined)) return undefined;
  const active = new Map([...snapshot.active, ...snapshot.history].map((run) => [run.executionId, run]));
  const count = [...active.values()].filter((run) => !hasEnded(run) && !isKnown(run)).length;
  return count === 0 ? undefined : { kind: "unnamed", count };
}
