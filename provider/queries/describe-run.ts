import { failedService, labelIn, notElsewhere } from "../execution";
import type { ExecutionRecord, ExecutionTiming, LyceumPort } from "../lyceum/port";

/** What is known of one run, for a person. */
export interface DescribedRun extends Omit<ExecutionRecord, "output"> {
  readonly executionId: string;
  /** The label without its start key; empty without one. */
  readonly label: string;
  readonly timing?: ExecutionTiming;
  /** The service that failed first, where the errors name one. */
  readonly failedService?: { readonly service: string; readonly exitCode?: number };
}

/** Reads one run and how long its phases took; undefined for a run that Lyceum does not know. */
export async function describeRun(
  client: LyceumPort,
  executionId: string,
  signal?: AbortSignal,
): Promise<DescribedRun | undefined> {
  notElsewhere(executionId, client);
  const found = await client.record(executionId, { signal });
  if (found.kind === "missing") return undefined;
  const { output: _output, ...record } = found.value;
  // The phases only add to what is known: a service without them shows the rest.
  const timing = await client.timing(executionId, { signal }).catch(() => undefined);
  const { error: _error, ...failed } = failedService(record.errors) ?? { service: "", error: "" };
  return {
    ...record,
    executionId,
    label: labelIn(record.fileName),
    ...(timing?.kind === "found" ? { timing: timing.value } : {}),
    ...(failed.service === "" ? {} : { failedService: failed }),
  };
}
