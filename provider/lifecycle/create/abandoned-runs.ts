import { hasEnded } from "../../lyceum/answers/status";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { messageOf } from "../errors/errors";
import type { Clock, Report } from "../process/ports";
import type { ProcessCache } from "../process/process-cache";
import { watchAbsence } from "../read/observe";
import { deleteClock, LONGEST_GRACE_SECONDS } from "../wait/clocks";
import { bounded, type Deadline } from "../wait/deadline";
import type { Poller } from "../wait/poller";

/** The client tries a few times; a run that is wanted is not kept waiting for longer. */
const ABORT_SECONDS = 60;

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
  const { client, clock, poller, report } = context;
  const id = run.executionId;
  const what = `An interrupted command left run ${id} (${run.status}) active`;
  const warn = (problem: string): void =>
    report.warning(urn, `${what}; ${problem}. Run \`npx pulumi-lyceum show ${id}\` to see it.`);
  try {
    await bounded(clock, ABORT_SECONDS, (signal) => client.abort(id, { signal }), deadline);
    const abortedAt = clock.now();
    const latest = deadline?.at ?? Number.POSITIVE_INFINITY;
    const endsAt = Math.min(abortedAt + deleteClock({ gracefulTimeout }) * 1000, latest);
    const isGone = watchAbsence(clock, { abortedAt, graceSeconds: gracefulTimeout ?? LONGEST_GRACE_SECONDS });
    const ended = await poller.watch(
      id,
      (observation) => {
        if (observation.kind === "refused") return "unseen";
        if (isGone(observation)) return "ended";
        return observation.kind === "status" && hasEnded(observation.record ?? observation) ? "ended" : undefined;
      },
      () => endsAt,
      deadline?.cancel?.signal,
    );
    if (ended === "ended") report.notice(urn, `${what}; it was aborted and has ended.`);
    else warn("it was aborted, but Lyceum has not reported its end");
  } catch (error) {
    warn(`it could not be aborted (${messageOf(error)})`);
  }
  context.processCache.handled(id);
}
