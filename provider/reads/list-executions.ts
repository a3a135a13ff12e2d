import { labelIn } from "../lifecycle/run/identity/start-key";
import type { ExecutionPage, ExecutionSummary, LyceumPort } from "../lyceum/port";
import {
  API_LIMITS,
  FUNCTIONS,
  type FunctionArguments,
  type FunctionName,
  type FunctionResult,
  MOST_LISTED,
  type ObjectOf,
} from "../schema";
import type { Bucket } from "../storage";

const PAGE = API_LIMITS.historyPage;
const DEFAULT_LIMIT = FUNCTIONS.listExecutions.inputs.limit.whenAbsent;

/** Lists the active runs that match the arguments. With the state `all`, lists the matching runs in the history. */
export const listExecutions: Query<"listExecutions"> = async (client, given, signal) => {
  const { limit = DEFAULT_LIMIT } = given;
  const found =
    given.state === "all"
      ? await pagesOfHistory(client, given, limit, signal)
      : asFound(await client.listActive({ signal }));
  const matching = found.executions.filter((run) => matches(run, given));
  return {
    executions: matching.slice(0, limit).map(inList),
    complete: found.complete && matching.length <= limit,
  };
};

interface Found {
  readonly executions: readonly ExecutionSummary[];
  /** Whether `executions` has all runs that may match the arguments. */
  readonly complete: boolean;
}

function asFound({ executions, unreadable, hasMore }: ExecutionPage): Found {
  return { executions, complete: unreadable === 0 && !hasMore };
}

/**
 * Reads pages of the history until enough runs match. Stops at the end of the history, or after `MOST_LISTED` runs. If
 * a run starts between two requests, the next page repeats a run of the page before. The result contains each run once.
 */
async function pagesOfHistory(
  client: Pick<LyceumPort, "history">,
  given: FunctionArguments<"listExecutions">,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const found = new Map<string, ExecutionSummary>();
  let complete = true;
  let isOrdered = true;
  let earliest = Number.POSITIVE_INFINITY;
  for (let page = 0, offset = 0; ; page += 1) {
    const answer = await client.history({ limit: PAGE, offset }, { signal });
    const before = found.size;
    for (const run of answer.executions) if (!found.has(run.executionId)) found.set(run.executionId, run);
    const read = answer.executions.length + answer.unreadable;
    complete &&= answer.unreadable === 0;
    offset += read;
    // An API without pages returns the same runs again. So a page without a new run is the last page.
    const isLast =
      read === 0 || found.size === before || (answer.total === undefined ? read < PAGE : offset >= answer.total);
    const isWhole = complete && !answer.hasMore && found.size >= (answer.total ?? 0);
    const created = answer.executions.map((run) => Date.parse(run.createdAt ?? ""));
    isOrdered &&= [earliest, ...created].every((at, index, all) => index === 0 || at <= (all[index - 1] ?? at));
    earliest = created.at(-1) ?? earliest;
    // If the history is sorted from new to old, no run on the next pages is newer than `earliest`. So if `earliest` is
    // before `since`, no next page is needed.
    if (isOrdered && given.since !== undefined && earliest < Date.parse(given.since)) {
      return { executions: [...found.values()], complete: complete && !answer.hasMore };
    }
    if (isLast) return { executions: [...found.values()], complete: isWhole };
    const matching = [...found.values()].filter((run) => matches(run, given)).length;
    if (matching > limit || (page + 1) * PAGE >= MOST_LISTED)
      return { executions: [...found.values()], complete: false };
  }
}

function matches(run: ExecutionSummary, given: FunctionArguments<"listExecutions">): boolean {
  if (given.status !== undefined && run.status.toLowerCase() !== given.status.toLowerCase()) return false;
  if (given.fileName !== undefined && !labelIn(run.fileName).includes(given.fileName)) return false;
  const created = Date.parse(run.createdAt ?? "");
  return given.since === undefined || Number.isNaN(created) || created >= Date.parse(given.since);
}

function inList(run: ExecutionSummary): ObjectOf<"ExecutionSummary"> {
  return { ...run, label: labelIn(run.fileName) };
}

/**
 * A query about runs or the account. A query changes nothing at Lyceum.
 *
 * @param signal cancels the query
 * @param bucket returns the bucket of the process, if the process keeps one
 */
export type Query<Name extends FunctionName> = (
  client: LyceumPort,
  given: FunctionArguments<Name>,
  signal?: AbortSignal,
  bucket?: () => Bucket,
) => Promise<FunctionResult<Name>>;

interface ListQuery {
  /** Whether the list also contains ended runs. If so, the list has the order of the history: the newest run first. */
  readonly includeEnded: boolean;
  readonly limit: number;
  /** The number of runs that are skipped at the beginning of the history. */
  readonly offset: number;
}

interface RunPage {
  /**
   * The id and the label of each run. The label is the run's `fileName` at Lyceum without the start key at its end.
   */
  readonly runs: readonly Pick<ObjectOf<"ExecutionSummary">, "executionId" | "label">[];
  /** The offset of the next page. Absent after the last page. */
  readonly next?: number;
  /** A sentence that explains why `runs` may be incomplete. Absent if `runs` is complete. */
  readonly note?: string;
}

/** Reads a page of the account's runs, including runs of other stacks and programs. */
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
  // Lyceum may return more runs than requested.
  const runs = runsOf(page).slice(0, size);
  return { runs, ...(isLast || read === 0 ? {} : { next: offset + Math.min(read, size) }), ...noteOf(page) };
}

function runsOf({ executions }: ExecutionPage): RunPage["runs"] {
  return executions.map(({ executionId, fileName }) => ({ executionId, label: labelIn(fileName) }));
}

function noteOf({ unreadable, hasMore }: ExecutionPage): { readonly note?: string } {
  if (unreadable > 0) return { note: `Lyceum's list has ${unreadable} entries without an id; they are not shown.` };
  if (hasMore) return { note: "Lyceum's list has a further page that the provider cannot ask for." };
  return {};
}
