import type { ExecutionRecord, LyceumPort } from "../lyceum/port";
import { lifecycleErrors } from "./errors";
import { notElsewhere } from "./target";

/** Reads one run by its id. A run that the service does not know is an error, and so is a service that cannot be asked. */
export async function lookUpRecord(client: LyceumPort, executionId: string): Promise<ExecutionRecord> {
  notElsewhere(executionId, client);
  const found = await client.record(executionId);
  if (found.kind === "missing") throw lifecycleErrors.unknownId(executionId);
  return found.value;
}
