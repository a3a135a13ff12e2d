import { type Phase, reportedPhases } from "../queries";
import type { ReportedRun } from "./report-data";

/** The phases of a run in their order, as Lyceum reports them; else the time before and after the start. */
export function phasesOf({ timing, createdAt, startedAt, endedAt }: ReportedRun, now: number): readonly Phase[] {
  const reported = reportedPhases(timing);
  if (reported.length > 0) return reported;
  const [created, started] = [Date.parse(createdAt ?? ""), Date.parse(startedAt ?? "")];
  const ended = endedAt === undefined ? now : Date.parse(endedAt);
  const phases: readonly Phase[] = [
    { name: "queued", seconds: ((Number.isNaN(started) ? ended : started) - created) / 1000 },
    { name: "running", seconds: (ended - started) / 1000 },
  ];
  return phases.filter(({ seconds }) => seconds >= 0);
}
