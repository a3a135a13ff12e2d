import { compact } from "../../lyceum/answers/json";
import { kindOf, type StatusKind } from "../../lyceum/answers/status";
import type { ExecutionMetrics, LogLine, LyceumPort } from "../../lyceum/port";
import { type DescribedRun, describeRun, type Phase, reportedPhases, secondsRun } from "..";

/** One run as a report shows it. */
export interface ReportedRun extends DescribedRun {
  readonly kind: StatusKind;
  /** The last lines of its output; absent where they cannot be read, or are not wanted. */
  readonly lines?: readonly LogLine[];
  readonly metrics?: ExecutionMetrics;
  /** What it has cost, where Lyceum reports it or the price of its machine is known. */
  readonly cost?: number;
  /** Which start of its resource it is, from 1. */
  readonly attempt?: number;
}

/** What a report is made of. */
export interface Report {
  /** ISO 8601. */
  readonly madeAt: string;
  readonly runs: readonly ReportedRun[];
}

/** So many lines of a run are shown, and so few of each where there are many runs: a page of 200 runs stays small. */
const LINES = { one: 200, many: 20 } as const;
/** From so many runs on, a report is an overview. */
export const MANY_RUNS = 10;

/** Reads what a report shows of runs. What the service does not give is left out; a run that it does not know is none. */
export async function readReport(
  client: LyceumPort,
  ids: readonly string[],
  now: () => number,
  signal: AbortSignal,
): Promise<Report> {
  const isOverview = ids.length >= MANY_RUNS;
  // One question for all runs. Without prices a report has no costs.
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
  return { madeAt: new Date(now()).toISOString(), runs };
}

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
