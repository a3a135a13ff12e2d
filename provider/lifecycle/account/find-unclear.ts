import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { keysIn, parseFileName, provesStart } from "../run/identity/start-key";
import type { ExecutionOutputs } from "../run/record/record";
import type { Clock, RowReport } from "../watch/ports";

/**
 * Seconds after a start until the lists must show the run of this start. Lists may be up to 10 s late, and the rest is
 * a margin.
 */
export const LISTS_LAG_SECONDS = 30;

/** The result of the lookup of a recorded start, and the errors of the requests that failed. */
export interface UnclearLook {
  readonly run?: ExecutionSummary;
  readonly errors: readonly unknown[];
}

/**
 * Looks for the run of a recorded start that got no clear answer, first in the list of active runs, then in the newest
 * page of the history. Finds only a run with the whole start key and its tag, because nothing else proves that the run
 * comes from this start.
 */
export async function findUnclear(
  reads: Pick<LyceumPort, "listActive" | "history">,
  { startKey }: Pick<ExecutionOutputs, "startKey">,
): Promise<UnclearLook> {
  const key = parseFileName(startKey);
  const errors: unknown[] = [];
  if (key === undefined) return { errors };
  const calls = [() => reads.listActive(), () => reads.history({ limit: API_LIMITS.historyPage, offset: 0 })];
  for (const call of calls) {
    try {
      const { executions } = await call();
      const run = executions.find(({ fileName }) => keysIn(fileName).some((carried) => provesStart(carried, key)));
      if (run !== undefined) return { run, errors };
    } catch (error) {
      errors.push(error);
    }
  }
  return { errors };
}

/**
 * Waits until {@link LISTS_LAG_SECONDS} have passed since a start, so that Lyceum's lists show the run of this start.
 */
export async function untilListsShow(
  { clock, report }: { readonly clock: Clock; readonly report: RowReport },
  { requestedAt }: ExecutionOutputs,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const left = Date.parse(requestedAt ?? "") + LISTS_LAG_SECONDS * 1000 - clock.now();
  // If the clock of this machine was set back, the time since the start is unknown. In this case, the function does not
  // wait.
  if (!(left > 0 && left <= LISTS_LAG_SECONDS * 1000)) return;
  report.progress("looking for the run of a start that got no clear answer");
  await clock.sleep(left / 1000, cancel);
}
