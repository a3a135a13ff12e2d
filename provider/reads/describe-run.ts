import { labelIn } from "../lifecycle/run/identity/start-key";
import { failedServices } from "../lifecycle/run/record/failed-service";
import { notElsewhere } from "../lifecycle/run/target";
import type { StackSettings } from "../lyceum/configuration/configuration";
import type { ExecutionRecord, ExecutionTiming, LyceumPort } from "../lyceum/port";
import type { Prices } from "../policy";
import { withOwnClient } from "./own-client";

/** The facts about one run, in a form for users. */
export interface DescribedRun extends Omit<ExecutionRecord, "output"> {
  readonly executionId: string;
  /** The label of the run, without the start key. Empty if the run has no label. */
  readonly label: string;
  readonly timing?: ExecutionTiming;
  /**
   * The failed Compose services, in the order of the run's errors. Absent if the errors of the run name no services.
   */
  readonly failedServices?: readonly { readonly service: string; readonly exitCode?: number }[];
}

/** One phase of a run, and how long it took. */
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

/** Returns the phases that Lyceum reports, in the order of a run. */
export function reportedPhases(timing: ExecutionTiming | undefined): readonly Phase[] {
  return (Object.keys(PHASE_NAMES) as (keyof typeof PHASE_NAMES)[]).flatMap((key) => {
    const seconds = timing?.[key];
    return seconds === undefined ? [] : [{ name: PHASE_NAMES[key], seconds }];
  });
}

/** Returns the seconds that a run has taken, until now if the run is active. Undefined before the run has started. */
export function secondsRun({ startedAt, endedAt }: DescribedRun, now: number): number | undefined {
  const seconds = ((endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt ?? "")) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** Reads one run and its phases. Undefined if Lyceum does not know the run. */
export async function describeRun(
  client: LyceumPort,
  executionId: string,
  signal?: AbortSignal,
): Promise<DescribedRun | undefined> {
  notElsewhere(executionId, client);
  const found = await client.record(executionId, { signal });
  if (found.kind === "missing") return undefined;
  const { output: _output, ...record } = found.value;
  // If the phases cannot be read, the other facts are returned.
  const timing = await client.timing(executionId, { signal }).catch(() => undefined);
  const failed = failedServices(record.errors).map(({ error: _error, ...service }) => service);
  return {
    ...record,
    executionId,
    label: labelIn(record.fileName),
    ...(timing?.kind === "found" ? { timing: timing.value } : {}),
    ...(failed.length === 0 ? {} : { failedServices: failed }),
  };
}

/**
 * Reads the price per hour of each machine. Undefined if there is no API key, as in some previews, or if Lyceum does
 * not return the machines.
 */
export async function readPrices(signal?: AbortSignal, stack?: StackSettings): Promise<Prices> {
  return withOwnClient(async (client) => {
    const machines = await client.machineTypes({ signal });
    return new Map(
      machines.flatMap(({ hardwareProfile, pricePerHour }) =>
        pricePerHour === undefined ? [] : [[hardwareProfile, pricePerHour] as const],
      ),
    );
  }, stack);
}
