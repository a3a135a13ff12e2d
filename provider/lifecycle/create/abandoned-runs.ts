import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { messageOf } from "../errors/errors";
import type { Clock, Report } from "../process/ports";
import type { ProcessCache } from "../process/process-cache";
import { abortRun } from "../wait/abort-run";
import { deleteClock, LONGEST_GRACE_SECONDS } from "../wait/clocks";
import type { Deadline } from "../wait/deadline";
import type { Poller } from "../wait/poller";

/** What ending a run acts through. */
export interface EndingContext {
  readonly client: LyceumPort;
  readonly clock: Clock;
  readonly poller: Poller;
  readonly processCache: ProcessCache;
  readonly report: Report;
}

/** How long an end may take. */
interface Bounds {
  readonly deadline?: Deadline | undefined;
  /** The grace period that the resource gives its runs; unknown, the longest is waited for. Seconds. */
  readonly gracefulTimeout?: number | undefined;
}

/**
 * Ends runs that an interrupted command left behind, and says of each what became of it. Failing to end one is a warning
 * that names it: the run that is wanted must not be kept from being made by it.
 */
export async function endAbandonedRuns(
  context: EndingContext,
  urn: string,
  abandonedRuns: readonly ExecutionSummary[],
  bounds: Bounds,
): Promise<void> {
  await Promise.all(abandonedRuns.map((run) => endAbandonedRun(context, urn, run, bounds)));
}

async function endAbandonedRun(
  context: EndingContext,
  urn: string,
  run: ExecutionSummary,
  { deadline, gracefulTimeout }: Bounds,
): Promise<void> {
  const { clock, report } = context;
  const id = run.executionId;
  const what = `An interrupted command left run ${id} (${run.status}) active`;
  const warn = (problem: string): void =>
    report.warning(urn, `${what}; ${problem}. Run \`npx pulumi-lyceum show ${id}\` to see it.`);
  const latest = deadline?.at ?? Number.POSITIVE_INFINITY;
  const endsAt = Math.min(clock.now() + deleteClock({ gracefulTimeout }) * 1000, latest);
  const aborted = abortRun(
    context,
    { executionId: id, status: run.status, graceSeconds: gracefulTimeout ?? LONGEST_GRACE_SECONDS, isListed: true },
    { endsAt, cancel: deadline?.cancel?.signal, stopsUnseen: true },
  );
  try {
    const end = await aborted.watch();
    if (end === "ended" || end === "gone") report.notice(urn, `${what}; it was aborted and has ended.`);
    else if (end === "refused") warn(`it could not be aborted (${aborted.inWords()})`);
    else if (aborted.acceptedAt() !== undefined) warn("it was aborted, but Lyceum has not reported its end");
    else warn(`its abort got no clear answer: ${aborted.inWords()}. Lyceum has not reported its end`);
  } catch (error) {
    warn(`it could not be aborted (${messageOf(error)})`);
  } finally {
    aborted.stop();
  }
  context.processCache.handled(id);
}
