import type { StackSettings } from "../lyceum/configuration/configuration";
import type { AccountRun } from "../policy";
import { MOST_LISTED } from "../schema";
import { listExecutions } from "./list-executions";
import { withOwnClient } from "./own-client";

/** Reads the active runs of the account. Undefined if the list of runs cannot be read, or is not complete. */
export function readActiveRuns(
  signal?: AbortSignal,
  stack?: StackSettings,
): Promise<readonly AccountRun[] | undefined> {
  return readRuns({}, signal, stack);
}

/**
 * Reads the runs of the account that were created since a time. Undefined if the history cannot be read, or is not
 * complete.
 */
export function readRunsSince(
  since: Date,
  signal?: AbortSignal,
  stack?: StackSettings,
): Promise<readonly AccountRun[] | undefined> {
  return readRuns({ state: "all", since: since.toISOString() }, signal, stack);
}

async function readRuns(
  query: { readonly state?: "all"; readonly since?: string },
  signal: AbortSignal | undefined,
  stack: StackSettings | undefined,
): Promise<readonly AccountRun[] | undefined> {
  const found = await withOwnClient(
    (client) => listExecutions(client, { ...query, limit: MOST_LISTED }, signal),
    stack,
  );
  return found?.complete === true ? found.executions : undefined;
}
