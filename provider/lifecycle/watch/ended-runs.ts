import { classifyStatus, isEndKind } from "../../lyceum/answers/status";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";

/**
 * If at least this number of runs is no longer in the list of active runs, the ends of these runs are read from the
 * history. The ends of fewer runs are read by the ids of the runs.
 */
const WORTH_A_PAGE = 8;
/** The search stops after this number of successive pages that show none of the runs. */
const MOST_MISSES = 5;

/** Finds the ends of the runs `ids` in the history. The result has only the runs that were found. */
type EndedRuns = (ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, ExecutionSummary>>;

/**
 * Makes the function that finds the ends of many runs with few requests for the history. The runs that one destroy
 * deletes usually stand close together in the history, because they were started one after another. So a search begins
 * at the page where the previous search found a run, and continues on the pages before and after. The result has no run
 * without an end time, because a status word alone does not prove the end.
 */
export function createEndedRuns(history: LyceumPort["history"]): EndedRuns {
  const limit = API_LIMITS.historyPage;
  /**
   * The offset of the page at which the next search begins: the last page that showed a run that was searched for.
   * Until then, the page after the last one that was read.
   */
  let offset = 0;
  let hasShown = false;
  let misses = 0;

  return async (ids) => {
    const ended = new Map<string, ExecutionSummary>();
    const unseen = new Set(ids);
    const searched = new Set<number>();
    const unsearched = (...pages: number[]) => pages.find((page) => page >= 0 && !searched.has(page));
    let at: number | undefined = offset;
    while (at !== undefined && misses < MOST_MISSES && unseen.size >= WORTH_A_PAGE) {
      searched.add(at);
      const page = await history({ limit, offset: at }).catch(() => undefined);
      const shown = page?.executions.filter(({ executionId }) => unseen.delete(executionId)) ?? [];
      for (const run of shown) if (showsEnd(run)) ended.set(run.executionId, run);
      if (page === undefined) misses = MOST_MISSES;
      else if (shown.length > 0) [offset, hasShown, misses] = [at, true, 0];
      else [offset, misses] = [hasShown ? offset : at + limit, misses + 1];
      at = unsearched(offset, offset + limit, offset - limit);
    }
    return ended;
  };
}

function showsEnd({ status, endedAt }: ExecutionSummary): boolean {
  return isEndKind(classifyStatus(status)) && endedAt !== undefined;
}
