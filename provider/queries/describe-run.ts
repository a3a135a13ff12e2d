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

/** One part of a run's time. */
export interface Phase {
  readonly name: "queued" | "starting" | "running" | "stopping";
  readonly seconds: number;
}

const PHASE_NAMES = {
  queued: "queued",
  launchingContainer: "starting",
  executingJob: "running",
  shuttingDown: "stopping",
} as const;

/** The phases that Lyceum reports, in their order. */
export function reportedPhases(timing: ExecutionTiming | undefined): readonly Phase[] {
  return (Object.keys(PHASE_NAMES) as (keyof typeof PHASE_NAMES)[]).flatMap((key) => {
    const seconds = timing?.[key];
    return seconds === undefined ? [] : [{ name: PHASE_NAMES[key], seconds }];
  });
}

/** Seconds that a run has run, until now where it goes on; undefined before its start. */
export function secondsRun({ startedAt, endedAt }: DescribedRun, now: number): number | undefined {
  const seconds = ((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
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
