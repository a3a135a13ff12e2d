import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

/** A list of active runs, and when it was read, in milliseconds since the epoch. */
export interface ListedRuns {
  readonly at: number;
  readonly runs: readonly ExecutionSummary[];
}

/** For this number of milliseconds, deletions share one list of active runs. */
const SHARED_MILLISECONDS = 2000;
/**
 * Maximum number of seconds for a request for the list of active runs, so that the report at the end of a deletion does
 * not delay the command. After a slower request, the list is not requested again.
 */
const LIST_SECONDS = 10;

/**
 * Makes the function that returns the active runs, for the report at the end of a deletion. Deletions that end at about
 * the same time share a list. The function rejects if the list cannot be read.
 *
 * @param latest returns the last list that the waits of this process have read
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
      // After a fast failure, the next caller requests the list again. After a slow failure, later callers get the same
      // error.
      if (asked?.at === at && !isTooSlow) asked = undefined;
      throw error;
    }
  }

  return () => {
    const now = clock.now();
    // If the clock was set back, the age is negative, and the list is read again.
    const serves = ({ at }: { readonly at: number }) => now - at >= 0 && now - at <= SHARED_MILLISECONDS;
    const listed = latest();
    if (listed !== undefined && serves(listed)) return Promise.resolve(listed.runs);
    if (asked === undefined || !(isTooSlow || serves(asked))) asked = { at: now, runs: ask(now) };
    return asked.runs;
  };
}
