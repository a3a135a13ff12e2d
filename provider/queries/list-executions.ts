import { labelIn } from "../execution";
import type { ExecutionPage, ExecutionSummary, LyceumPort } from "../lyceum/port";
import { API_LIMITS, FUNCTIONS, type FunctionArguments, MOST_LISTED, type ObjectOf } from "../schema";
import type { Query } from "./query";

const PAGE = API_LIMITS.historyPage;
const DEFAULT_LIMIT = FUNCTIONS.listExecutions.inputs.limit.whenAbsent;

/** Lists runs of the account: the active ones, or those of the history. */
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
  /** Whether there are no further runs. */
  readonly complete: boolean;
}

function asFound({ executions, unreadable, hasMore }: ExecutionPage): Found {
  return { executions, complete: unreadable === 0 && !hasMore };
}

/** Pages of the history until enough runs match, each run once: one that starts meanwhile moves the others to the next page. */
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
    // A service without pages answers the same runs again: then there are no others.
    const isLast =
      read === 0 || found.size === before || (answer.total === undefined ? read < PAGE : offset >= answer.total);
    const isWhole = complete && !answer.hasMore && found.size >= (answer.total ?? 0);
    const created = answer.executions.map((run) => Date.parse(run.createdAt ?? ""));
    isOrdered &&= [earliest, ...created].every((at, index, all) => index === 0 || at <= (all[index - 1] ?? at));
    earliest = created.at(-1) ?? earliest;
    // Where every page so far was newest first, nothing later than its last run comes behind it.
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
