import type { ExecutionRecord, LyceumPort } from "../lyceum/port";
import { lifecycleErrors } from "./errors";
import { observe } from "./observe";

/** Reads one run by its id. A run that the service does not know is an error, and so is a service that cannot be asked. */
export async function lookUpRecord(client: LyceumPort, executionId: string): Promise<ExecutionRecord> {
  const seen = await observe(client, executionId);
  if (seen.kind === "unreachable") throw seen.error;
  if (seen.kind === "missing") throw lifecycleErrors.unknownId(executionId);
  return seen.record ?? { status: seen.status, errors: [] };
}
