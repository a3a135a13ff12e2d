import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

/** A list of active runs, and when it was read (milliseconds since the epoch). */
export interface ListedRuns {
  readonly at: number;
  readonly runs: readonly ExecutionSummary[];
}

/** Milliseconds for which one list is used by all deletions. */
const SHARED_MILLISECONDS = 2000;
/** Seconds that a list may take, so that a report does not delay a command. A slower list is not read again. */
const LIST_SECONDS = 10;

/**
 * The active runs for the report at the end of a deletion. Many deletions end at about the same time, so they share a
 * list that a watch or another deletion has just read. Rejects with the error of the list.
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
      // The next caller reads a new list, unless it would wait as long.
      if (asked?.at === at && !isTooSlow) asked = undefined;
      throw error;
    }
  }

  return () => {
    const now = clock.now();
    // A clock that was set back gives a negative age. Then a new list is read.
    const serves = ({ at }: { readonly at: number }) => now - at >= 0 && now - at <= SHARED_MILLISECONDS;
    const listed = latest();
    if (listed !== undefined && serves(listed)) return Promise.resolve(listed.runs);
    if (asked === undefined || !(isTooSlow || serves(asked))) asked = { at: now, runs: ask(now) };
    return asked.runs;
  };
}
