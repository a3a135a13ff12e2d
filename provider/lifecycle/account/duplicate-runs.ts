import { hasEnded, kindOf } from "../../lyceum/answers/status";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { deleteClock, LONGEST_GRACE_SECONDS } from "../run/clocks";
import { messageOf } from "../run/errors";
import { formatStartKey, keysIn, parseFileName, type StartKey } from "../run/identity/start-key";
import type { ExecutionOutputs } from "../run/record/record";
import { abortRun } from "../watch/abort-run";
import type { Deadline } from "../watch/deadline";
import type { Poller } from "../watch/poller";
import type { Clock, EngineLiveness, RowReport } from "../watch/ports";
import type { ProcessCache } from "./process-cache";
import { reportUnrecorded } from "./unrecorded-runs";

interface WatchContext {
  readonly client: LyceumPort;
  readonly clock: Clock;
  readonly engine: EngineLiveness;
  readonly poller: Poller;
  readonly processCache: ProcessCache;
  readonly report: RowReport;
}

/**
 * Decides about a run in the active list that has the start key of a watched resource. The first row that matches
 * counts.
 *
 * | the run                                                             | result |
 * |---------------------------------------------------------------------|--------|
 * | has ended, is being stopped, or is known to this process            | leave  |
 * | this process has sent the run's start key, with the same tag        | end    |
 * | was started with `onDelete: "leave"`                                | leave  |
 * | anything else: another command or another resource may have it      | report |
 */
export function decideDuplicate(
  run: ExecutionSummary,
  key: StartKey,
  { isKnown, hasSent }: Pick<WatchContext["processCache"], "isKnown" | "hasSent">,
): "end" | "report" | "leave" {
  if (hasEnded(run) || kindOf(run) === "stopping" || isKnown(run)) return "leave";
  if (key.tag !== undefined && hasSent(formatStartKey(key))) return "end";
  return key.onDelete === "leave" ? "leave" : "report";
}

/**
 * Watches the lists for second runs: runs with the start key of a resource, other than the resource's own run. Aborts a
 * second run that a start of this process made, and only reports any other.
 */
export type DuplicateWatch = ReturnType<typeof createDuplicateWatch>;

interface Guarded {
  readonly context: WatchContext;
  readonly urn: string;
  readonly end: (duplicate: ExecutionSummary, startKey: string) => Promise<void>;
}

/**
 * Makes the watch for second runs in one provider process. The watch reads no list itself: it uses the lists that the
 * waits for runs read.
 */
export function createDuplicateWatch() {
  const guardedBy = new Map<string, Guarded>();
  const ending = new Map<string, Promise<void>[]>();
  let listens = false;

  function meet(run: ExecutionSummary): void {
    for (const key of keysIn(run.fileName)) {
      const own = guardedBy.get(resourceOf(key));
      if (own === undefined) continue;
      const { processCache } = own.context;
      const decision = decideDuplicate(run, key, processCache);
      if (decision === "report") reportUnrecorded(own.context, [run]);
      if (decision !== "end") continue;
      processCache.handled(run);
      ending.set(own.urn, [...(ending.get(own.urn) ?? []), own.end(run, formatStartKey(key))]);
    }
  }

  return {
    /**
     * Watches for second runs of a resource until the process ends. If Lyceum delays a start, a second run may appear
     * after the wait for this resource has ended. No state records a second run, so no later command would end it.
     */
    guard(context: WatchContext, own: ExecutionOutputs, deadline: Deadline): void {
      const key = parseFileName(own.startKey);
      // A run that was adopted by its id was not started for this resource, so the resource has no second run.
      if (key === undefined) return;
      const end: Guarded["end"] = async (duplicate, startKey) => {
        const isRepeated = startKey === formatStartKey(key);
        const { gracefulTimeout } = own;
        if (await context.engine.isAlive())
          await endSecondStart(context, duplicate, { deadline, gracefulTimeout, isRepeated });
      };
      guardedBy.set(resourceOf(key), { context, urn: own.resourceUrn, end });
      if (listens) return;
      listens = true;
      context.poller.onList((active) => {
        for (const run of active) meet(run);
      });
    },
    /** Resolves when every observed second run of a resource has been aborted and reported. */
    settled: async ({ resourceUrn }: ExecutionOutputs): Promise<void> => {
      await Promise.all(ending.get(resourceUrn) ?? []);
    },
  };
}

function resourceOf({ scope, resource }: StartKey): string {
  return `${scope}${resource}`;
}

/** The facts that are needed to end a second run of a resource. */
interface Second {
  readonly deadline: Deadline;
  /** Whether both runs have the same start key, because a proxy or Lyceum repeated the request of the start. */
  readonly isRepeated: boolean;
  /** The resource's grace period in seconds. If it is unknown, the longest grace period is used. */
  readonly gracefulTimeout?: number | undefined;
}

/**
 * Aborts a second run of a resource, and reports the result. If the abort fails, a warning shows the command that ends
 * the run.
 */
async function endSecondStart(
  context: WatchContext,
  run: ExecutionSummary,
  { deadline, gracefulTimeout, isRepeated }: Second,
): Promise<void> {
  const { clock, report } = context;
  const id = run.executionId;
  const what = isRepeated
    ? `A proxy or Lyceum has repeated a start, which created run ${id} (${run.status}), too`
    : `A start that got no clear answer has created run ${id} (${run.status}) later`;
  const warn = (problem: string): void =>
    report.warning(`${what}; ${problem}. To end it now, run \`npx pulumi-lyceum abort ${id}\`.`);
  const endsAt = Math.min(clock.now() + deleteClock({ gracefulTimeout }) * 1000, deadline.at);
  const aborted = abortRun(
    context,
    { executionId: id, status: run.status, graceSeconds: gracefulTimeout ?? LONGEST_GRACE_SECONDS, isListed: true },
    { endsAt, cancel: deadline.cancel?.signal, stopsUnseen: true },
  );
  try {
    const end = await aborted.watch();
    if (end === "ended" || end === "gone") report.notice(`${what}; it was aborted and has ended.`);
    else if (end === "refused") warn(`it could not be aborted (${aborted.inWords()})`);
    else if (aborted.acceptedAt() !== undefined) warn("it was aborted, but Lyceum has not reported its end");
    else warn(`its abort got no clear answer: ${aborted.inWords()}. Lyceum has not reported its end`);
  } catch (error) {
    warn(`it could not be aborted (${messageOf(error)})`);
  } finally {
    aborted.stop();
  }
}
