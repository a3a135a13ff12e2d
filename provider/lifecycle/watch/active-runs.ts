import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

/** A list of active runs, and when it was read (milliseconds since the epoch). */
export interface ListedRuns {
  readonly at: number;
  readonly runs: readonly ExecutionSummary[];
}

/** Milliseconds for which all deletions use one list. */
const SHARED_MILLISECONDS = 2000;
/**
 * The longest time of a list call in seconds, so that a report does not delay a command. If a list takes longer, no
 * other is read.
 */
const LIST_SECONDS = 10;

/**
 * The active runs for the report at the end of a deletion. Many deletions end at about the same time, so they share a
 * list that a watch or another deletion has just read. If the list fails, this rejects with its error.
 *
 * @param latest the list that the waits of this process have read last
 */
export function createActiveRuns(
  client: () => Pick<LyceumPort, "listActive">,
  clock: Clock,
  latest: () => ListedRuns | undefined,
): () => Promise<readonly ExecutionSummary[]> {
  let asked: { readonly at: number; readonly runs: Promise<readonly ExecutionSummary[]> } | undefined;
  let isTooSlow = false;

  async function ask(at: number): Promise<readonly ExecutionSummary[]> {
    try {
      return (await bounded(clock, LIST_SECONDS, (signal) => client().listActive({ signal }))).executions;
    } catch (error) {
      isTooSlow ||= clock.now() - at >= LIST_SECONDS * 1000;
      // The next caller reads a new list, unless that would take as long again.
      if (asked?.at === at && !isTooSlow) asked = undefined;
      throw error;
    }
  }

  return () => {
    const now = clock.now();
    // If the clock was set back, the age is negative. Then a new list is read.
    const serves = ({ at }: { readonly at: number }) => now - at >= 0 && now - at <= SHARED_MILLISECONDS;
    const listed = latest();
    if (listed !== undefined && serves(listed)) return Promise.resolve(listed.runs);
    if (asked === undefined || !(isTooSlow || serves(asked))) asked = { at: now, runs: ask(now) };
    return asked.runs;
  };
}
