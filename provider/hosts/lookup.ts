import { lifecycleErrors, lookUpRecord, unlessCancelled } from "../execution";
import type { LyceumPort } from "../lyceum/port";
import type { FoundExecution } from "../schema";

/**
 * Reads one run by its id for a program: what the table of functions names, and no output of the run.
 *
 * @param signal fires when the caller no longer waits
 */
export async function lookUpExecution(
  client: LyceumPort,
  executionId: string,
  signal?: AbortSignal,
): Promise<FoundExecution> {
  const {
    output: _output,
    errors: _errors,
    ...record
  } = await unlessCancelled(
    signal,
    () => lookUpRecord(client, executionId),
    () => lifecycleErrors.cancelledRead(executionId),
  );
  return { ...record, executionId };
}
