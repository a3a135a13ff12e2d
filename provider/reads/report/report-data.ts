import { kindOf, type StatusKind } from "../../lyceum/answers/status";
import { compact } from "../../lyceum/json";
import type { ExecutionMetrics, LogLine, LyceumPort } from "../../lyceum/port";
import type { Artifact } from "../../schema";
import { type DescribedRun, describeRun, type Phase, reportedPhases, secondsRun } from "..";

/** A run in a report. */
export interface ReportedRun extends DescribedRun {
  readonly kind: StatusKind;
  /** The last lines of output. Absent if they cannot be read. */
  readonly lines?: readonly LogLine[];
  readonly metrics?: ExecutionMetrics;
  /** The cost that Lyceum reports, or an estimate from the price of the machine. Absent if both are unknown. */
  readonly cost?: number;
  /** The number of this run among the runs that the resource has started. The first run is 1. */
  readonly attempt?: number;
  /** The recorded artifacts of the run, by name. */
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

/** The data of a report. */
export interface Report {
  /** When the report was made, in the form of ISO 8601. */
  readonly madeAt: string;
  readonly runs: readonly ReportedRun[];
  /** Whether the runs are in an emulator that runs no containers. */
  readonly isSimulated?: boolean;
}

/**
 * Maximum number of output lines of a run. The limit is lower for `MANY_RUNS` runs or more, so that the page stays
 * small.
 */
const LINES = { one: 200, many: 20 } as const;
/** A report of this number of runs or more has no measurements and fewer lines of output. */
export const MANY_RUNS = 10;

/**
 * Reads the data of a report. Leaves out runs that Lyceum does not know. If the output, phases, measurements or cost of
 * a run cannot be read, leaves out only these.
 */
export async function readReport(
  client: LyceumPort,
  ids: readonly string[],
  now: () => number,
  signal: AbortSignal,
): Promise<Report> {
  const isOverview = ids.length >= MANY_RUNS;
  // All runs share one request for prices.
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
 * Returns the phases of a run in order. If Lyceum reports no phases, returns `queued` until the start of the run, and
 * `running` from its start.
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
