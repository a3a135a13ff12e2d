import { lookUpRecord } from "../execution";
import type { Query } from "./query";

/** What Lyceum says of one run, without its output and errors. */
export const getExecution: Query<"getExecution"> = async (client, { executionId }) => {
  const { output: _output, errors: _errors, ...record } = await lookUpRecord(client, executionId);
  return { ...record, executionId };
};
