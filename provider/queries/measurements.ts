import { lifecycleErrors, notElsewhere } from "../execution";
import type { Lookup } from "../lyceum/port";
import type { Query } from "./query";

/** How long each phase of a run took. */
export const getExecutionTiming: Query<"getExecutionTiming"> = async (client, { executionId }, signal) => {
  notElsewhere(executionId, client);
  return found(executionId, await client.timing(executionId, { signal }));
};

/** What was measured of a run. */
export const getExecutionMetrics: Query<"getExecutionMetrics"> = async (client, { executionId, ...query }, signal) => {
  notElsewhere(executionId, client);
  return found(executionId, await client.metrics(executionId, query, { signal }));
};

function found<T>(executionId: string, lookup: Lookup<T>): T {
  if (lookup.kind === "missing") throw lifecycleErrors.unknownId(executionId);
  return lookup.value;
}
