import { toIso } from "../clock/clock";
import { type Execution, endedAt, reachedAt } from "./execution";

/** The series that a client may look for. The emulator measures nothing, so each is empty and never invented. */
const series = [
  "gpuUtilizationPercent",
  "gpuMemoryUtilizationPercent",
  "gpuTemperatureCelsius",
  "gpuPowerWatt",
  "systemCpuUsagePercent",
  "systemRamUsedBytes",
] as const;

/** The time that is asked about; what is absent is the run's own time. */
export interface AskedTime {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** The metrics of a run: the time it ran, and no samples. */
export function metrics(execution: Execution, asked: AskedTime, hostname: string, now: number) {
  const began = reachedAt(execution, "running");
  const until = endedAt(execution) ?? now;
  return {
    executionId: execution.executionId,
    hostname,
    timeRange: {
      start: asked.start ?? (began === undefined ? null : toIso(began)),
      end: asked.end ?? (began === undefined ? null : toIso(until)),
    },
    ...Object.fromEntries(series.map((name) => [name, []])),
  };
}
