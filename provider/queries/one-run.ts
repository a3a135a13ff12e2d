import { lookUpRun } from "../execution";
import type { Query } from "./query";

/** What Lyceum says of one run, without its output and errors. */
export const getExecution: Query<"getExecution"> = async (client, { executionId }) => {
  const found = await lookUpRun(client, executionId, () => client.record(executionId));
  const { output: _output, errors: _errors, ...record } = found;
  return { ...record, executionId };
};

/** How long each phase of a run took. */
export const getExecutionTiming: Query<"getExecutionTiming"> = (client, { executionId }, signal) =>
  lookUpRun(client, executionId, () => client.timing(executionId, { signal }));

/** What was measured of a run. */
export const getExecutionMetrics: Query<"getExecutionMetrics"> = (client, { executionId, ...query }, signal) =>
  lookUpRun(client, executionId, () => client.metrics(executionId, query, { signal }));
