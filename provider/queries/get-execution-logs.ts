import { notElsewhere } from "../execution";
import type { Query } from "./query";

const DEFAULT_TAIL = 1000;

/** The last lines of a run's output. */
export const getExecutionLogs: Query<"getExecutionLogs"> = async (client, given, signal) => {
  const { executionId, tail = DEFAULT_TAIL, since, service } = given;
  notElsewhere(executionId, client);
  const lines = await client.logsTail(executionId, tail, { signal, ...(service === undefined ? {} : { service }) });
  const from = Date.parse(since ?? "");
  const recent = lines.filter(({ timestamp }) => !(Date.parse(timestamp ?? "") < from));
  return { lines: recent, text: recent.map(({ message }) => `${message}\n`).join("") };
};
