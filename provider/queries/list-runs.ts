import { labelIn } from "../execution";
import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import { API_LIMITS } from "../schema";

/** Which runs are asked for. */
export interface ListQuery {
  /** Also those that have ended, newest first as Lyceum's history has them. Otherwise only the active ones. */
  readonly includeEnded: boolean;
  /** How many at most. */
  readonly limit: number;
  /** Where in the history to go on. */
  readonly offset: number;
}

/** A run in a list: its id, and the label without its start key. */
export interface ListedRun {
  readonly executionId: string;
  readonly label: string;
}

/** One page of runs. */
export interface RunPage {
  readonly runs: readonly ListedRun[];
  /** Where the next page begins; absent after the last one. */
  readonly next?: number;
  /** Why there may be more runs than are shown, in one sentence. */
  readonly note?: string;
}

/** Lists the runs of the account, those of other stacks and other programs too. */
export async function listRuns(
  client: Pick<LyceumPort, "listActive" | "history">,
  { includeEnded, limit, offset }: ListQuery,
): Promise<RunPage> {
  if (!includeEnded) {
    const page = await client.listActive();
    return { runs: runsOf(page).slice(0, limit), ...noteOf(page) };
  }
  const size = Math.min(limit, API_LIMITS.historyPage);
  const page = await client.history({ limit: size, offset });
  const read = page.executions.length + page.unreadable;
  const isLast = page.total === undefined ? read < size : offset + read >= page.total;
  // Some services return more than they are asked for.
  const runs = runsOf(page).slice(0, size);
  return { runs, ...(isLast || read === 0 ? {} : { next: offset + Math.min(read, size) }), ...noteOf(page) };
}

function runsOf({ executions }: ExecutionPage): readonly ListedRun[] {
  return executions.map(({ executionId, fileName }) => ({ executionId, label: labelIn(fileName) }));
}

function noteOf({ unreadable, hasMore }: ExecutionPage): { readonly note?: string } {
  if (unreadable > 0) return { note: `Lyceum's list has ${unreadable} entries without an id; they are not shown.` };
  if (hasMore) return { note: "Lyceum's list has a further page that the provider cannot ask for." };
  return {};
}
