import { notElsewhere } from "../execution";
import { timeOfLine } from "../lyceum/parse-logs";
import { API_LIMITS, FUNCTIONS } from "../schema";
import type { Query } from "./query";

const DEFAULT_TAIL = FUNCTIONS.getExecutionLogs.inputs.tail.whenAbsent;

/** The last lines of a run's output; of one service where the log names services. */
export const getExecutionLogs: Query<"getExecutionLogs"> = async (client, given, signal) => {
  const { executionId, tail = DEFAULT_TAIL, since, service } = given;
  notElsewhere(executionId, client);
  const lines = await client.logsTail(executionId, service === undefined ? tail : API_LIMITS.logLines, { signal });
  const namesServices = lines.some((line) => line.service !== undefined);
  const own = service !== undefined && namesServices ? lines.filter((line) => line.service === service) : lines;
  const from = Date.parse(since ?? "");
  const recent = own.slice(-tail).filter((line) => !((timeOfLine(line) ?? Number.POSITIVE_INFINITY) < from));
  return { lines: recent, text: recent.map(({ message }) => `${message}\n`).join("") };
};
