import { isGap, isRedirect, type OptionalCall } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import type { ExecutionPage, ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { Clock } from "../watch/ports";
import type { Gap } from "./lookup-gaps";

/** The runs that Lyceum showed in one snapshot. */
export interface RunSnapshot {
  readonly active: readonly ExecutionSummary[];
  readonly history: readonly ExecutionSummary[];
  /**
   * Why the snapshot is incomplete, for example because Lyceum refuses a call. An incomplete snapshot does not prove
   * that there is no run.
   */
  readonly gaps: readonly Gap[];
}

/** A snapshot of active runs and recent history that several callers share. */
export interface SharedSnapshot {
  /**
   * Returns a snapshot that began at `notBefore` or later and reaches back `reachBack` seconds: the latest one, or a
   * new one, which begins at least 2 s after the latest. If Lyceum refuses either the active runs or the history, the
   * snapshot has a gap. Throws if Lyceum cannot be reached, refuses the credential, or redirects both requests.
   */
  read(options: { readonly notBefore: number; readonly reachBack: number }): Promise<RunSnapshot>;
}

const SPACING_MILLISECONDS = 2000;
const MAXIMUM_PAGES = 10;

/** Makes the shared snapshot of one account. */
export function createSharedSnapshot(client: Pick<LyceumPort, "listActive" | "history">, clock: Clock): SharedSnapshot {
  let latest: { begunAt: number; reachBack: number; result: Promise<RunSnapshot> } | undefined;

  async function take(begunAt: number, reachBack: number): Promise<RunSnapshot> {
    const [active, history] = await Promise.all([
      orRefused("list", () => activeRuns(client)),
      orRefused("history", () => recentHistory(client, begunAt - reachBack * 1000)),
    ]);
    // Two answers of 401 mean that Lyceum refuses the credential. Two redirects mean that the answers do not come from
    // Lyceum. Both cases throw, so that no start is sent. A single 401 or redirect is only a gap.
    const areBoth = (is: (refusal: LyceumError) => boolean) =>
      [active, history].every(({ refusal }) => refusal !== undefined && is(refusal));
    if (areBoth(({ status }) => status === 401) || areBoth(isRedirect)) throw active.refusal;
    return { active: active.runs, history: history.runs, gaps: [...active.gaps, ...history.gaps] };
  }

  return {
    async read({ notBefore, reachBack }) {
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
        // If a snapshot fails, only the calls that share it get the error. The next call begins a new snapshot.
        result.catch(() => {
          if (latest?.result === result) latest = undefined;
        });
        return result;
      }
    },
  };
}

/** The answer of the active list or of the history: its runs, and the reasons why the answer may be incomplete. */
interface Part {
  readonly runs: readonly ExecutionSummary[];
  readonly gaps: readonly Gap[];
  readonly refusal?: LyceumError;
}

async function orRefused(call: OptionalCall, read: () => Promise<Part>): Promise<Part> {
  try {
    return await read();
  } catch (error) {
    if (!isGap(error)) throw error;
    return { runs: [], gaps: [{ kind: "refused", call, error }], refusal: error };
  }
}

async function activeRuns(client: Pick<LyceumPort, "listActive">): Promise<Part> {
  const page = await client.listActive();
  const gaps = pageGaps("list", [page], (page.total ?? 0) > page.executions.length + page.unreadable || page.hasMore);
  return { runs: page.executions, gaps };
}

/**
 * Reads the history from now back to the time `horizon`. The result has a gap if pages are missing, or if the order of
 * the runs is not certain.
 */
async function recentHistory(client: Pick<LyceumPort, "history">, horizon: number): Promise<Part> {
  const pages: ExecutionPage[] = [];
  const runs: ExecutionSummary[] = [];
  const done = (isWhole: boolean): Part => ({ runs, gaps: pageGaps("history", pages, !isWhole) });
  let offset = 0;
  for (let number = 0; number < MAXIMUM_PAGES; number++) {
    const page = await client.history({ limit: API_LIMITS.historyPage, offset });
    pages.push(page);
    runs.push(...page.executions);
    offset += page.executions.length + page.unreadable;
    // Lyceum may return fewer runs than requested. So only the reported total or an empty page shows the end.
    const isEmpty = page.executions.length + page.unreadable === 0;
    if (isEmpty || (!page.hasMore && offset >= (page.total ?? Number.POSITIVE_INFINITY))) return done(true);
    const oldest = Date.parse(page.executions.at(-1)?.createdAt ?? "");
    // If the runs are sorted from new to old, all runs on the next pages are older than `horizon`.
    if (oldest < horizon && newestFirst(runs)) return done(true);
  }
  return done(false);
}

function pageGaps(call: OptionalCall, pages: readonly ExecutionPage[], hasMore: boolean): Gap[] {
  const count = pages.reduce((sum, page) => sum + page.unreadable, 0);
  return [
    ...(count === 0 ? [] : [{ kind: "unreadable", call, count } as const]),
    ...(hasMore ? [{ kind: "more", call } as const] : []),
  ];
}

/** Whether the runs are certainly sorted from new to old. If all runs have the same time, the order is not certain. */
function newestFirst(runs: readonly ExecutionSummary[]): boolean {
  const times = runs.map((run) => Date.parse(run.createdAt ?? ""));
  const falls = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
  return falls && (times[0] ?? 0) > (times.at(-1) ?? 0);
}
