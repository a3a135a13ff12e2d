import type { ReportedRun } from "../report-data";

/** A completed run. `more` sets other fields. */
export function reportedRun(more: Partial<ReportedRun> = {}): ReportedRun {
  return {
    executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90",
    label: "train",
    status: "completed",
    kind: "completed",
    returnCode: 0,
    errors: [],
    hardwareProfile: "gpu.l40s",
    createdAt: "2026-03-01T12:00:00Z",
    startedAt: "2026-03-01T12:00:10Z",
    endedAt: "2026-03-01T12:01:40Z",
    timing: { queued: 8, launchingContainer: 2, executingJob: 85, shuttingDown: 5, phases: {} },
    ...more,
  };
}

/** The time at which the tests' reports are made. */
export const MADE_AT = "2026-03-01T12:05:00.000Z";
