import { kindOf, type StatusKind } from "../../lyceum/answers/status";
import { compact } from "../../lyceum/json";
import type { ExecutionMetrics, LogLine, LyceumPort } from "../../lyceum/port";
import type { Artifact } from "../../schema";
import { type DescribedRun, describeRun, type Phase, reportedPhases, secondsRun } from "..";

/** One run in a report. */
export interface ReportedRun extends DescribedRun {
  readonly kind: StatusKind;
  /** The last lines of the output. Absent if the output cannot be read or is not needed. */
  readonly lines?: readonly LogLine[];
  readonly metrics?: ExecutionMetrics;
  /** The cost that Lyceum reports, or that follows from the price of the machine. Absent if neither is known. */
  readonly cost?: number;
  /** The number of the start for this resource, counted from 1. */
  readonly attempt?: number;
  /** The files that the run has left, by name, if a state records them. */
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

/** The data of a report. */
export interface Report {
  /** ISO 8601. */
  readonly madeAt: string;
  readonly runs: readonly ReportedRun[];
  /** Whether the runs are those of an emulator that runs no containers. */
  readonly isSimulated?: boolean;
}

/**
 * The number of output lines that are shown of a run. With many runs, fewer lines are shown, so that a page of 200 runs
 * stays small.
 */
const LINES = { one: 200, many: 20 } as const;
/** From this number of runs on, a report is only an overview. */
export const MANY_RUNS = 10;

/** Reads the data of a report. Leaves out unknown runs, and facts that Lyceum refuses to show. */
export async function readReport(
  client: LyceumPort,
  ids: readonly string[],
  now: () => number,
  signal: AbortSignal,
): Promise<Report> {
  const isOverview = ids.length >= MANY_RUNS;
  // One request for prices is enough for all runs. If Lyceum reports no prices, the report has no costs.
  const machines = await client.machineTypes({ signal }).catch(() => []);
  const prices = new Map(machines.map((machine) => [machine.hardwareProfile, machine.pricePerHour]));
  const runs: ReportedRun[] = [];
  for (const id of ids) {
    const run = await describeRun(client, id, signal);
    if (run === undefined) continue;
    const lines = await client
      .logsTail(id, isOverview ? LINES.many : LINES.one, { signal })
      .catch((): undefined => undefined);
    const metrics = isOverview ? undefined : await client.metrics(id, {}, { signal }).catch((): undefined => undefined);
    const seconds = secondsRun(run, now());
    const price = prices.get(run.hardwareProfile ?? "");
    const estimate = price === undefined || seconds === undefined ? undefined : (price * seconds) / 3600;
    runs.push(
      compact<ReportedRun>({
        ...run,
        kind: kindOf(run),
        lines,
        metrics: metrics?.kind === "found" ? metrics.value : undefined,
        cost: run.cost ?? estimate,
      }),
    );
  }
  return { madeAt: new Date(now()).toISOString(), runs, ...(client.isSimulated?.() === true && { isSimulated: true }) };
}

/**
 * The phases of a run in order, as Lyceum reports them. If Lyceum reports no phases, the result has the time before the
 * start and the time after it.
 */
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
