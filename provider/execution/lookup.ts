import type { ExecutionSummary, LyceumPort } from "../lyceum/port";
import type { Clock } from "./ports";
import type { Look } from "./start-decision";

/** A look together with when it began (milliseconds since the epoch). */
export interface TimedLook extends Look {
  readonly begunAt: number;
}

/** The shared look at active runs and recent history. */
export interface Lookup {
  /**
   * A look that began at `notBefore` or later and reaches back `reachBack` seconds. All callers share one; a new one begins
   * at most every 2 s. Throws the client's error when history cannot be read.
   */
  look(options: { readonly notBefore: number; readonly reachBack: number }): Promise<TimedLook>;
}

const SPACING_MILLISECONDS = 2000;
const PAGE = 100;
const MAXIMUM_PAGES = 10;

/** Makes the shared look of one account. */
export function createLookup(client: Pick<LyceumPort, "listActive" | "history">, clock: Clock): Lookup {
  let latest: { begunAt: number; reachBack: number; result: Promise<TimedLook> } | undefined;

  async function take(begunAt: number, reachBack: number): Promise<TimedLook> {
    const [active, history] = await Promise.all([
      // The list is known from the vendor's clients only; history is documented and shows active runs too.
      client.listActive().catch((): readonly ExecutionSummary[] => []),
      recentHistory(client, begunAt - reachBack * 1000),
    ]);
    return { begunAt, active, history };
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

async function recentHistory(client: Pick<LyceumPort, "history">, horizon: number): Promise<ExecutionSummary[]> {
  const runs: ExecutionSummary[] = [];
  for (let page = 0; page < MAXIMUM_PAGES; page++) {
    const entries = await client.history({ limit: PAGE, offset: runs.length });
    runs.push(...entries);
    const oldest = Date.parse(entries.at(-1)?.createdAt ?? "");
    // A service may hand out fewer than asked, so only an empty page or an old one is the end.
    if (entries.length === 0 || entries.length < PAGE / 2 || oldest < horizon) break;
  }
  return runs;
}
