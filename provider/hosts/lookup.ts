import { lookUpRecord } from "../execution";
import type { LyceumPort } from "../lyceum/port";

/** One run as a program may read it: known keys only. */
export interface FoundExecution {
  executionId: string;
  status: string;
  returnCode?: number;
  createdAt?: string;
  startedAt?: string;
  endedAt?: string;
  hardwareProfile?: string;
  fileName?: string;
}

/** Reads one run by its id for a program. */
export async function lookUpExecution(client: LyceumPort, executionId: string): Promise<FoundExecution> {
  const { output: _output, errors: _errors, ...record } = await lookUpRecord(client, executionId);
  return { ...record, executionId };
}
