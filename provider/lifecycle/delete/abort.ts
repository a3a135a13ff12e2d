import { hasEnded } from "../../lyceum/answers/status";
import { answerInWords, isRefusedForGood, nameOfCall } from "../../lyceum/capability";
import { LyceumError } from "../../lyceum/errors";
import { type Gap, listRefusals } from "../create/lookup-gaps";
import { LIFECYCLE_CATALOGUE } from "../errors/error-catalogue";
import { lifecycleErrors } from "../errors/errors";
import type { LifecycleContext } from "../process/context";
import { latestEnd, mustHaveEnded } from "../read/ended";
import { type InLists, type Observation, observe, observeInLists, readGaps, watchAbsence } from "../read/observe";
import type { ExecutionOutputs, ObservedRun } from "../state/record";
import { deleteClock } from "../wait/clocks";
import { bounded } from "../wait/deadline";

/** An abort and its repeats may take this long, within the delete clock. Seconds. */
const ABORT_SECONDS = 120;

/** How an abort ended: its end was seen; nobody can see it; or the run is lost and the program lets it go. */
export type AbortOutcome = "ended" | "unobserved" | "lost";

/** What is known of a run after its abort was asked for. */
type Standing =
  | { readonly kind: "active" }
  | { readonly kind: "settled"; readonly outcome: AbortOutcome }
  | { readonly kind: "unobservable"; readonly gaps: readonly Gap[] };

/**
 * Aborts a run and watches it to its end.
 *
 * | abort answered | then |
 * |----------------|------|
 * | 2xx            | watched until the delete clock |
 * | 404            | ended, if a read shows it; asked again, if it is active; lost, if nobody knows it |
 * | refused        | ended, if a read shows it; else LYC3018 |
 * | any of these, and every call that would show the run is refused | the delete clock passes, then done with a warning |
 */
export async function abortAndProve(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  cancel?: AbortSignal,
): Promise<AbortOutcome> {
  const { client, clock } = context;
  const abortedAt = clock.now();
  const seconds = deleteClock(recorded);
  const deadline = { begunAt: abortedAt, at: abortedAt + seconds * 1000 };
  // The caller has gone on when a cancel fires: what was still to be sent is not sent any more.
  const send = async () => {
    stopIfCancelled(recorded, cancel);
    return bounded(clock, ABORT_SECONDS, (signal) => client.abort(recorded.executionId, { signal }), deadline);
  };
  const answer = await asked(send);
  if (answer === "noted") return watch(context, recorded, { abortedAt, seconds, cancel });
  const standing = await standingOf(context, recorded);
  switch (standing.kind) {
    case "settled":
      return standing.outcome;
    case "unobservable":
      return passClock(context, recorded, abortedAt, [...refusalGap(answer), ...standing.gaps], cancel);
    case "active":
      if (answer !== "missing") throw refusedAbort(recorded, answerInWords(answer));
      // Still active although its abort answered 404: ask once more, then watch.
      return watch(context, recorded, { abortedAt, seconds, again: await asked(send), cancel });
  }
}

type Answer = "noted" | "missing" | LyceumError;

async function asked(send: () => Promise<{ readonly kind: "found" | "missing" }>): Promise<Answer> {
  try {
    return (await send()).kind === "found" ? "noted" : "missing";
  } catch (error) {
    if (isRefusedForGood(error) || (LyceumError.isInstance(error) && isConflict(error.status))) return error;
    throw error;
  }
}

/** Answers that may mean "it has ended already", where the vendor's clients know 404: a read settles it. */
function isConflict(status: number | undefined): boolean {
  return status === 409 || status === 412 || status === 423;
}

/** What reads and lists show of a run whose abort was not noted. */
async function standingOf(context: LifecycleContext, recorded: ExecutionOutputs): Promise<Standing> {
  const { executionId: id } = recorded;
  const observed = await observe(context, id);
  if (observed.kind === "unreachable") throw observed.error;
  if (observed.kind === "status") return active(observed);
  const found: InLists = await observeInLists(context.client, id);
  if (found.kind === "unreachable") throw found.error;
  if (found.kind === "status") return active(found);
  if (found.kind === "refused") return { kind: "unobservable", gaps: [...readGaps(context.refused), ...found.gaps] };
  return unknownRun(context, recorded);
}

function active(observed: { readonly status: string; readonly record?: ObservedRun }): Standing {
  return hasEnded(observed.record ?? observed) ? { kind: "settled", outcome: "ended" } : { kind: "active" };
}

/** A run that nobody knows: over by its own clocks, let go by the program, or an error. */
function unknownRun({ clock, processCache, report }: LifecycleContext, recorded: ExecutionOutputs): Standing {
  const { executionId: id, resourceUrn: urn } = recorded;
  if (mustHaveEnded(recorded, clock.now())) {
    report.notice(
      urn,
      `Lyceum does not know run ${id} (404). Its time limits ended more than an hour ago, so it has ended.`,
    );
    return { kind: "settled", outcome: "ended" };
  }
  if (!processCache.isLossAccepted(id))
    throw lifecycleErrors.unprovenDelete(id, recorded.status, urn, latestEnd(recorded));
  report.warning(urn, `Run ${id} is lost and abandoned, because whenLost is "rerun". Lyceum did not report its end.`);
  return { kind: "settled", outcome: "lost" };
}

interface Watch {
  readonly abortedAt: number;
  readonly seconds: number;
  /** What the second abort answered, where the first one answered 404 for an active run. */
  readonly again?: Answer;
  readonly cancel: AbortSignal | undefined;
}

async function watch(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  { abortedAt, seconds, again, cancel }: Watch,
): Promise<AbortOutcome> {
  const { clock, poller, report } = context;
  const { executionId: id, resourceUrn: urn } = recorded;
  report.progress(urn, `abort sent; waiting up to ${seconds} s for run ${id} to end`);
  let last: ObservedRun = { status: recorded.status };
  let lastAt = abortedAt;
  let latest = "unreachable" as Observation["kind"];
  const isGone = watchAbsence(clock, { abortedAt, graceSeconds: recorded.gracefulTimeout ?? 0 });
  const see = (observation: Observation): "ended" | undefined => {
    latest = observation.kind;
    if (isGone(observation)) return "ended";
    if (observation.kind !== "status") return undefined;
    if (observation.status !== last.status) report.progress(urn, `${observation.status} (run ${id})`);
    lastAt = clock.now();
    last = observation.record ?? { status: observation.status };
    return hasEnded(last) ? "ended" : undefined;
  };
  const result = await poller.watch(id, see, () => abortedAt + seconds * 1000, cancel);
  stopIfCancelled(recorded, cancel);
  if (result === "ended" && !hasEnded(last)) {
    report.notice(
      urn,
      `Run ${id} is no longer in the list of active runs, the only call that shows it. How it ended is unknown.`,
    );
    return "ended";
  }
  if (result === "ended") {
    const reported = stopReport(recorded, last, abortedAt, clock.now());
    report[reported.lasting ? "notice" : "progress"](urn, reported.message);
    return "ended";
  }
  if (latest === "refused") {
    const gaps = readGaps(context.refused, ["record", "olderStatus", "list", "history"]);
    return passClock(context, recorded, abortedAt, gaps, cancel);
  }
  if (latest === "missing") return afterMissing(context, recorded, last, cancel);
  if (again === "missing")
    throw refusedAbort({ ...recorded, status: last.status }, "answered 404 twice, although the run is active");
  if (again !== undefined && again !== "noted") throw refusedAbort(recorded, answerInWords(again));
  throw lifecycleErrors.notEnded({ id, clockSeconds: seconds, status: last.status, statusAge: clock.now() - lastAt });
}

/** The run answered 404 to the end of the clock: list and history may still show what became of it, or nothing may. */
async function afterMissing(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  last: ObservedRun,
  cancel: AbortSignal | undefined,
): Promise<AbortOutcome> {
  const found = await observeInLists(context.client, recorded.executionId);
  if (found.kind === "status" && hasEnded(found.record ?? found)) return "ended";
  if (found.kind === "refused") return passClock(context, recorded, context.clock.now(), found.gaps, cancel);
  if (mustHaveEnded(recorded, context.clock.now())) return "ended";
  throw lifecycleErrors.unprovenDelete(recorded.executionId, last.status, recorded.resourceUrn, latestEnd(recorded));
}

/** Nothing shows the run: what can be done is to give the abort its time, and to report that its end was not seen. */
async function passClock(
  { clock, report }: LifecycleContext,
  recorded: ExecutionOutputs,
  abortedAt: number,
  gaps: readonly Gap[],
  cancel: AbortSignal | undefined,
): Promise<AbortOutcome> {
  const seconds = deleteClock(recorded);
  const left = abortedAt + seconds * 1000 - clock.now();
  if (left > 0) {
    report.progress(
      recorded.resourceUrn,
      `no call shows run ${recorded.executionId}; waiting ${seconds} s for it to end`,
    );
    await clock.sleep(left / 1000, cancel);
    stopIfCancelled(recorded, cancel);
  }
  const limit = recorded.timeout === undefined ? "its `timeout`" : `its \`timeout\` of ${recorded.timeout} s`;
  report.warning(
    recorded.resourceUrn,
    `LYC3015: Lyceum did not report the end of run ${recorded.executionId}, because it refuses every call that shows it (${listRefusals(gaps)}). Lyceum ends it by ${limit} at the latest. ${LIFECYCLE_CATALOGUE.LYC3015.remedy}`,
  );
  return "unobserved";
}

function stopIfCancelled({ executionId, status }: ExecutionOutputs, cancel: AbortSignal | undefined): void {
  if (cancel?.aborted) throw lifecycleErrors.cancelledDelete(executionId, status, "");
}

function refusalGap(answer: Answer): Gap[] {
  return answer === "noted" || answer === "missing" ? [] : [{ kind: "refused", call: "abort", error: answer }];
}

function refusedAbort({ executionId, status, resourceUrn }: ExecutionOutputs, answered: string): Error {
  return lifecycleErrors.abortRefused(executionId, status, `${nameOfCall("abort")} ${answered}`, resourceUrn);
}

/** Exit code of a process that was killed by SIGKILL. */
const KILLED = 137;

/**
 * Whether the grace period was enough, for the row of a deleted run.
 *
 * | ended                                       | then |
 * |---------------------------------------------|------|
 * | killed, when the grace period was over      | it was not; that line stays, since somebody should give it more or change how it stops |
 * | by the end of the grace period              | it was |
 * | later                                       | nothing is known |
 */
export function stopReport(
  { executionId, gracefulTimeout: grace }: Pick<ExecutionOutputs, "executionId" | "gracefulTimeout">,
  end: ObservedRun,
  abortedAt: number,
  now: number,
): { readonly message: string; readonly lasting: boolean } {
  const endedAt = Date.parse(end.endedAt ?? "");
  const took = Math.max(0, Math.round(((Number.isNaN(endedAt) ? now : Math.min(endedAt, now)) - abortedAt) / 1000));
  const run = `Run ${executionId} ended ${end.status} ${took} s after its abort`;
  if (grace !== undefined && took >= grace && end.returnCode === KILLED)
    return { message: `${run}; its grace period of ${grace} s was too short, and it was killed.`, lasting: true };
  if (grace !== undefined && took <= grace)
    return { message: `${run}, within its grace period of ${grace} s.`, lasting: false };
  return { message: `${run}.`, lasting: false };
}
