import type { LyceumPort } from "../../lyceum/port";
import type { Clock } from "./ports";

/** The latest line that a run has written, as far as it was asked for. */
export interface LatestOutput {
  /** The line that is known; asks for the next one where it is time. Never waits and never fails: it only decorates a row. */
  line(): string | undefined;
}

/** One wait asks so often; of several, each asks more rarely by their number. Seconds. */
const ASK_EVERY = 5;

/** Makes a reader of latest lines. All readers of a process share its rate: one request in five seconds. */
export function createOutputReaders(
  client: () => Pick<LyceumPort, "logsTail">,
  clock: Clock,
): (executionId: string, signal: AbortSignal) => LatestOutput {
  const readers = new Set<object>();
  return (executionId, signal) => {
    const reader = {};
    readers.add(reader);
    signal.addEventListener("abort", () => readers.delete(reader), { once: true });
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
