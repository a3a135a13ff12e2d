import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { bounded } from "./deadline";
import type { Clock } from "./ports";

/** A list of active runs, and when it was read (milliseconds since the epoch). */
export interface ListedRuns {
  readonly at: number;
  readonly runs: readonly ExecutionSummary[];
}

/** One list serves all deletions that end within so long of it. Milliseconds. */
const SHARED_MILLISECONDS = 2000;
/** A report is no reason to hold a command up: so long a list may take, and one that takes longer is not asked for again. Seconds. */
const LIST_SECONDS = 10;

/**
 * The active runs for a report at the end of a deletion, of which many end at about the same time: what a watch has just read serves,
 * and so does what another deletion asks for. Rejects with the error of the list.
 *
 * @param latest what the waits of this process have read last
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
      // The next one asks anew, unless it would wait as long.
      if (asked?.at === at && !isTooSlow) asked = undefined;
      throw error;
    }
  }

  return () => {
    const now = clock.now();
    // A clock that was set back gives a negative age: then it is asked anew.
    const serves = ({ at }: { readonly at: number }) => now - at >= 0 && now - at <= SHARED_MILLISECONDS;
    const listed = latest();
    if (listed !== undefined && serves(listed)) return Promise.resolve(listed.runs);
    if (asked === undefined || !(isTooSlow || serves(asked))) asked = { at: now, runs: ask(now) };
    return asked.runs;
  };
}
