import { LyceumError } from "../lyceum/errors";
import type { ExecutionSummary, LyceumPort } from "../lyceum/port";
import type { Clock } from "./ports";
import type { Look } from "./start-decision";

/** A look together with when it began (milliseconds since the epoch). */
export interface TimedLook extends Look {
  readonly begunAt: number;
}

/** The shared look at active runs and recent history. */
export interface SharedLook {
  /**
   * A look that began at `notBefore` or later and reaches back `reachBack` seconds. All callers share one; a new one begins
   * at most every 2 s. Throws the client's error when the service cannot be asked.
   */
  look(options: { readonly notBefore: number; readonly reachBack: number }): Promise<TimedLook>;
}

const SPACING_MILLISECONDS = 2000;
const PAGE = 100;
const MAXIMUM_PAGES = 10;

/** Makes the shared look of one account. */
export function createSharedLook(client: Pick<LyceumPort, "listActive" | "history">, clock: Clock): SharedLook {
  let latest: { begunAt: number; reachBack: number; result: Promise<TimedLook> } | undefined;

  async function take(begunAt: number, reachBack: number): Promise<TimedLook> {
    const [active, history] = await Promise.all([
      activeRuns(client),
      recentHistory(client, begunAt - reachBack * 1000),
    ]);
    return { begunAt, active: active ?? [], history: history.runs, complete: active !== undefined && history.complete };
  }

  return {
    async look({ notBefore, reachBack }) {
      for (;;) {
        if (latest !== undefined && latest.begunAt >= notBefore && latest.reachBack >= reachBack) return latest.result;
        const wait = latest === undefined ? 0 : latest.begunAt + SPACING_MILLISECONDS - clock.now();
        if (wait > 0) {
          await clock.sleep(wait / 1000);
          continue;
        }
        const begunAt = Math.max(clock.now(), notBefore);
        const result = take(begunAt, reachBack);
        latest = { begunAt, reachBack, result };
        // A failed look is nobody's but the callers' who share it: the next caller looks anew.
        result.catch(() => {
          if (latest?.result === result) latest = undefined;
        });
        return result;
      }
    },
  };
}

/**
 * Active runs; `undefined` where the service has no such call. The list is known from the vendor's clients only, and the
 * documented history shows active runs too; but a list that merely fails is not an empty one.
 */
async function activeRuns(client: Pick<LyceumPort, "listActive">): Promise<readonly ExecutionSummary[] | undefined> {
  try {
    return await client.listActive();
  } catch (error) {
    const noSuchCall = LyceumError.isInstance(error) && [404, 405, 501].includes(error.status ?? 0);
    if (noSuchCall) return undefined;
    throw error;
  }
}

/** Runs back to the horizon. Incomplete when the pages were cut, or when their order leaves doubt. */
async function recentHistory(
  client: Pick<LyceumPort, "history">,
  horizon: number,
): Promise<{ readonly runs: readonly ExecutionSummary[]; readonly complete: boolean }> {
  const runs: ExecutionSummary[] = [];
  for (let page = 0; page < MAXIMUM_PAGES; page++) {
    const { executions, total } = await client.history({ limit: PAGE, offset: runs.length });
    runs.push(...executions);
    // A service may hand out fewer than asked, so only its own count, or an empty page, is the end.
    if (executions.length === 0 || runs.length >= (total ?? Number.POSITIVE_INFINITY)) return { runs, complete: true };
    const oldest = Date.parse(executions.at(-1)?.createdAt ?? "");
    // Behind an old entry there are only older ones, if the order is the expected one.
    if (oldest < horizon && newestFirst(runs)) return { runs, complete: true };
  }
  return { runs, complete: false };
}

/** Whether the order is surely the expected one: entries of one and the same time leave it open. */
function newestFirst(runs: readonly ExecutionSummary[]): boolean {
  const times = runs.map((run) => Date.parse(run.createdAt ?? ""));
  const falls = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
  return falls && (times[0] ?? 0) > (times.at(-1) ?? 0);
}
