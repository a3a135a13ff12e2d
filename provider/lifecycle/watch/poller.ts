import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import type { ListedRuns } from "./active-runs";
import type { Observation } from "./observe";
import { createTick, SHORTEST_TICK, tickSeconds, type Watcher } from "./poll-tick";
import type { Clock } from "./ports";

/** Watches all runs of an account for which a command waits. Each tick requests the list once for all runs. */
export interface Poller {
  /**
   * Passes each observation of a run to `see` until `see` returns a result, and resolves with this result. Resolves
   * with `"deadline"` after `deadline()` (milliseconds since the epoch), and with `"cancelled"` if `cancel` fires.
   * Rejects if Lyceum refuses the credential.
   *
   * @param endOnly whether an end from the history is enough, even if it lacks the exit code
   */
  watch<T>(
    executionId: string,
    see: (observation: Observation) => T | undefined,
    deadline: () => number,
    cancel?: AbortSignal,
    endOnly?: boolean,
  ): Promise<T | "deadline" | "cancelled">;
  /** Calls `listen` with each list of active runs that is read. The returned function ends these calls. */
  onList(listen: (active: readonly ExecutionSummary[]) => void): () => void;
  /** Returns the last list of active runs. Undefined before the first list. */
  latestList(): ListedRuns | undefined;
}

/**
 * The longest sleep before the deadline is checked again. The deadline may become earlier: once the run is observed as
 * running, the time limit of a running run applies.
 */
const LONGEST_SLEEP_MILLISECONDS = 5000;

/** Makes the poller of one account. The poller sends requests only during a wait. */
export function createPoller(client: LyceumPort, clock: Clock): Poller {
  const watchers = new Set<Watcher>();
  const listeners = new Set<(active: readonly ExecutionSummary[]) => void>();
  let running = false;
  let wake: AbortController | undefined;
  let latestList: ListedRuns | undefined;
  const tick = createTick(client, clock, watchers, (active) => {
    latestList = { at: clock.now(), runs: active };
    for (const listen of listeners) listen(active);
  });

  async function run(): Promise<void> {
    running = true;
    try {
      while (watchers.size > 0) {
        const begunAt = clock.now();
        await tick();
        if (watchers.size === 0) break;
        wake = new AbortController();
        const youngest = Math.max(...[...watchers].map((watcher) => watcher.begunAt));
        const age = (clock.now() - youngest) / 1000;
        // The next tick comes later if Lyceum answers slowly. So a slow Lyceum gets fewer requests.
        const took = Math.min((clock.now() - begunAt) / 1000, READ_SECONDS);
        await clock.sleep(Math.max(tickSeconds(age), took), wake.signal);
        // A new watcher ends the first sleep, but not this pause. So 200 watchers that join one after another do not
        // cause 200 requests.
        await clock.sleep(Math.max(0, begunAt / 1000 + SHORTEST_TICK - clock.now() / 1000));
      }
    } finally {
      running = false;
    }
  }

  return {
    latestList: () => latestList,
    onList(listen) {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
    watch(executionId, see, deadline, cancel, endOnly = false) {
      return new Promise((resolve, reject) => {
        if (cancel?.aborted) return resolve("cancelled");
        const finished = new AbortController();
        const finish = (end: () => void): void => {
          if (!watchers.delete(watcher)) return;
          finished.abort();
          cancel?.removeEventListener("abort", onCancel);
          end();
        };
        const onCancel = (): void => finish(() => resolve("cancelled"));
        // The deadline has its own timer, because a slow tick must not delay the deadline. A second call of
        // `deadline()` may return another time.
        const guard = async (): Promise<void> => {
          for (let left = deadline() - clock.now(); left > 0; left = deadline() - clock.now()) {
            await clock.sleep(Math.min(left, LONGEST_SLEEP_MILLISECONDS) / 1000, finished.signal);
            if (finished.signal.aborted) return;
          }
          finish(() => resolve("deadline"));
        };
        const watcher: Watcher = {
          executionId,
          endOnly,
          begunAt: clock.now(),
          // A run that the list does not show is read at once, because it has probably ended.
          nextReadAt: 0,
          reads: 0,
          see: (observation) => {
            if (!watchers.has(watcher)) return;
            try {
              const result = see(observation);
              if (result !== undefined) finish(() => resolve(result));
            } catch (error) {
              finish(() => reject(error));
            }
          },
          fail: (error) => finish(() => reject(error)),
        };
        watchers.add(watcher);
        cancel?.addEventListener("abort", onCancel);
        void guard();
        if (running) wake?.abort();
        else void run();
      });
    },
  };
}
