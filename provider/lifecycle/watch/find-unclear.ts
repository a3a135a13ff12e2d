import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { ExecutionOutputs } from "../run/record";
import { keysIn, parseFileName, provesStart } from "../run/start-key";
import type { Clock, Report } from "./ports";

/** Seconds for which the run of a start without a clear answer is looked up. Lists may lag by up to 10 s. */
export const LISTS_LAG_SECONDS = 30;

/** What a lookup of a recorded start's run has shown, with the errors of the calls that failed. */
export interface UnclearLook {
  readonly run?: ExecutionSummary;
  readonly errors: readonly unknown[];
}

/**
 * Looks up the run of a recorded start that got no clear answer, by its whole key with its tag: nothing less proves the
 * run. Reads the list and the newest page of the history, each once.
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

/** Waits until the lists must show the run of a recent start, such as one of a cancelled command. */
export async function untilListsShow(
  { clock, report }: { readonly clock: Clock; readonly report: Report },
  { requestedAt, resourceUrn }: ExecutionOutputs,
  cancel: AbortSignal | undefined,
): Promise<void> {
  const left = Date.parse(requestedAt ?? "") + LISTS_LAG_SECONDS * 1000 - clock.now();
  // Does not wait where the clock was set back.
  if (!(left > 0 && left <= LISTS_LAG_SECONDS * 1000)) return;
  report.progress(resourceUrn, "looking for the run of a start that got no clear answer");
  await clock.sleep(left / 1000, cancel);
}
