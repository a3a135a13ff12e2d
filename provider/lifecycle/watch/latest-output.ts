import type { LyceumPort } from "../../lyceum/port";
import type { Clock } from "./ports";

/** The latest line of output of a run. */
export interface LatestOutput {
  /**
   * Returns the last known line of the run's output. If enough time has passed since the last request, also requests a
   * newer line. Never waits and never fails.
   */
  line(): string | undefined;
}

/**
 * Seconds between two requests for the output of a run, multiplied by the number of runs for which the process waits.
 * So all runs together cause about one request every five seconds.
 */
const ASK_EVERY = 5;

/** Returns a function that makes a reader of the latest output lines of one run. */
export function createOutputReaders(
  client: () => Pick<LyceumPort, "logsTail">,
  clock: Clock,
): (executionId: string, signal: AbortSignal) => LatestOutput {
  const readers = new Set<object>();
  return (executionId, signal) => {
    const reader = {};
    readers.add(reader);
    signal.addEventListener("abort", () => readers.delete(reader));
    let known: string | undefined;
    let askedAt = Number.NEGATIVE_INFINITY;
    let asking = false;

    async function ask(): Promise<void> {
      asking = true;
      askedAt = clock.now();
      const lines = await client()
        .logsTail(executionId, 1, { signal })
        .catch(() => []);
      known = lines.at(-1)?.message ?? known;
      asking = false;
    }

    return {
      line() {
        const isTime = clock.now() - askedAt >= ASK_EVERY * 1000 * Math.max(1, readers.size);
        if (!asking && isTime && !signal.aborted) void ask();
        return known;
      },
    };
  };
}
