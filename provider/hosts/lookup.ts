import { lookUpRecord } from "../execution";
import type { LyceumPort } from "../lyceum/port";
import type { FoundExecution } from "../schema";

/** Reads one run by its id for a program: what the table of functions names, and no output of the run. */
export async function lookUpExecution(client: LyceumPort, executionId: string): Promise<FoundExecution> {
  const { output: _output, errors: _errors, ...record } = await lookUpRecord(client, executionId);
  return { ...record, executionId };
}
