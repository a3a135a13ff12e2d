import { hasEnded } from "../../lyceum/answers/status";
import { isRedirect } from "../../lyceum/capability";
import { observeInLists } from "../account/in-lists";
import { type Gap, listRefusals, readGaps } from "../account/lookup-gaps";
import type { WaitEffects } from "../process/context";
import { deleteClock, LONGEST_GRACE_SECONDS } from "../run/clocks";
import { LIFECYCLE_CATALOGUE } from "../run/error-catalogue";
import { lifecycleErrors } from "../run/errors";
import { latestEnd, mustHaveEnded } from "../run/record/ended";
import type { ExecutionOutputs, ObservedRun } from "../run/record/record";
import { type AbortedRun, abortRun } from "../watch/abort-run";
import { bounded, unlessCancelled } from "../watch/deadline";
import { observe } from "../watch/observe";
import { atEndOfClock, mayBeKilled, stopReport } from "./abort-end";

/**
 * The result of an abort: "ended" if Lyceum showed the run's end or all time limits of the run have passed,
 * "unobserved" if nothing proves the end, "lost" if Lyceum answers 404 and `whenLost` is "rerun".
 */
export type AbortOutcome = "ended" | "unobserved" | "lost";

/** What the functions of this file need to know about an abort. */
interface Deletion {
  readonly context: WaitEffects;
  readonly recorded: ExecutionOutputs;
  readonly run: AbortedRun;
  /** The delete clock in seconds: the time limit for the abort. */
  readonly seconds: number;
  /** When the delete clock runs out, in milliseconds since the epoch. */
  readonly endsAt: number;
  readonly cancel: AbortSignal | undefined;
}

/** Time limit in seconds for the last read of an aborted run. */
const LAST_LOOK_SECONDS = 10;

/**
 * Aborts a run, and watches it until its end.
 *
 * | the watch ends with          | result |
 * |------------------------------|------|
 * | an end, after any answer to the abort   | ended |
 * | a refused abort, and the run is active  | LYC3018 |
 * | 404 to the abort and to every read      | `settleUnknown` decides |
 * | the delete clock             | one last read, then the table of `atEndOfClock` |
 */
export async function abortAndProve(
  context: WaitEffects,
  recorded: ExecutionOutputs,
  cancel?: AbortSignal,
): Promise<AbortOutcome> {
  const { clock, report } = context;
  const { executionId, status, gracefulTimeout: graceSeconds = LONGEST_GRACE_SECONDS } = recorded;
  const seconds = deleteClock(recorded);
  const endsAt = clock.now() + seconds * 1000;
  const onStatus = (next: string) => report.progress(`${next} (run ${executionId})`);
  const run = abortRun(context, { executionId, status, graceSeconds }, { endsAt, cancel, onStatus });
  const deletion = { context, recorded, run, seconds, endsAt, cancel };
  report.progress(`abort sent; waiting up to ${seconds} s for run ${executionId} to end`);
  try {
    return await unlessCancelled(
      cancel,
      () => prove(deletion),
      () => cancelled(deletion),
    );
  } finally {
    run.stop();
  }
}

async function prove(deletion: Deletion): Promise<AbortOutcome> {
  const { run } = deletion;
  for (;;) {
    const end = await run.watch();
    switch (end) {
      case "ended":
      case "gone":
        await reportEnd(deletion, end === "gone" ? end : run.last().run);
        return "ended";
      case "refused":
        throw refusedAbort(deletion);
      case "unknown": {
        const settled = await settleUnknown(deletion);
        if (settled !== "active") return settled;
        if (run.answer()?.kind === "refused") throw refusedAbort(deletion);
        break;
      }
      case "late":
        return giveUp(deletion);
      case "cancelled":
        throw cancelled(deletion);
    }
  }
}

async function giveUp(deletion: Deletion): Promise<AbortOutcome> {
  const { context, recorded, run, seconds } = deletion;
  const unsent = run.unsent();
  if (unsent !== undefined) throw unsent;
  const end = await lastLook(context, recorded.executionId);
  if (end !== undefined) {
    await reportEnd(deletion, end);
    return "ended";
  }
  const { run: seen, at, kind: latest } = run.last();
  const isAccepted = run.acceptedAt() !== undefined;
  const outcome = atEndOfClock({ latest, isAccepted, answer: run.answer()?.kind });
  switch (outcome) {
    case "unknown": {
      const settled = await settleUnknown(deletion);
      if (settled !== "active") return settled;
      break;
    }
    case "unobserved":
      return passClock(deletion, readGaps(context.refused, ["record", "olderStatus", "list", "history"]));
    case "refused":
      throw refusedAbort(deletion);
    case "unclear":
    case "not ended":
      break;
  }
  const { executionId: id, resourceUrn: urn } = recorded;
  const facts = { id, clockSeconds: seconds, status: seen.status, statusAge: context.clock.now() - at };
  if (isAccepted) throw lifecycleErrors.notEnded(facts);
  throw lifecycleErrors.unclearAbort({ ...facts, abort: run.inWords(), urn });
}

/**
 * Reads an aborted run once more. Returns its end, or undefined if the read shows no end. Slow lists may have hidden
 * the end until the delete clock ran out, and lists show no exit code.
 */
async function lastLook({ client, clock }: WaitEffects, executionId: string): Promise<ObservedRun | undefined> {
  try {
    const observed = await bounded(clock, LAST_LOOK_SECONDS, (signal) =>
      observe({ client, clock }, executionId, { signal }),
    );
    const run = observed.kind === "status" ? (observed.record ?? observed) : undefined;
    return run !== undefined && hasEnded(run) ? run : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Decides about a run for which Lyceum answers 404. The lists decide first, then the time limits of the run, then
 * `whenLost`. If nothing decides, throws LYC3005.
 */
async function settleUnknown(deletion: Deletion): Promise<AbortOutcome | "active"> {
  const { context, recorded } = deletion;
  const { client, clock, processCache, report } = context;
  const { executionId: id, resourceUrn: urn } = recorded;
  const found = await observeInLists(client, id);
  if (found.kind === "unreachable") throw found.error;
  if (found.kind === "refused") return passClock(deletion, [...readGaps(context.refused), ...found.gaps]);
  if (found.kind === "status") return hasEnded(found.record ?? found) ? "ended" : "active";
  if (mustHaveEnded(recorded, clock.now())) {
    report.notice(
      `Lyceum does not know run ${id} (404). Its time limits ended more than an hour ago, so it has ended.`,
    );
    return "ended";
  }
  if (!processCache.isLossAccepted(id))
    throw lifecycleErrors.unprovenDelete(id, deletion.run.last().run.status, urn, latestEnd(recorded));
  report.warning(`Run ${id} is lost and abandoned, because whenLost is "rerun". Lyceum did not report its end.`);
  return "lost";
}

/**
 * Called if no call shows the run, because Lyceum refuses calls (`gaps`). Waits until the delete clock has run out, so
 * that the abort has time to work. Then warns that Lyceum did not report the end of the run.
 */
async function passClock(deletion: Deletion, gaps: readonly Gap[]): Promise<AbortOutcome> {
  const { context, recorded, run, seconds, endsAt, cancel } = deletion;
  const { clock, report } = context;
  const { executionId: id, timeout } = recorded;
  const left = endsAt - clock.now();
  if (left > 0) {
    report.progress(`no call shows run ${id}; waiting ${seconds} s for it to end`);
    await clock.sleep(left / 1000, cancel);
    if (cancel?.aborted) throw cancelled(deletion);
  }
  const answer = run.answer();
  const abortGap: readonly Gap[] =
    answer?.kind === "refused" ? [{ kind: "refused", call: "abort", error: answer.error }] : [];
  const limit = timeout === undefined ? "its `timeout`" : `its \`timeout\` of ${timeout} s`;
  report.warning(
    `LYC3015: Lyceum did not report the end of run ${id}, because it refuses every call that shows it (${listRefusals([...abortGap, ...gaps])}). Lyceum ends it by ${limit} at the latest. ${LIFECYCLE_CATALOGUE.LYC3015.remedy}`,
  );
  return "unobserved";
}

/**
 * Returns the error for an active run that Lyceum refused to abort. If all requests are redirected, returns the error
 * about the redirect, because the answers do not come from Lyceum.
 */
function refusedAbort({ recorded, run }: Deletion): Error {
  const { executionId, resourceUrn } = recorded;
  const { run: seen, kind } = run.last();
  const answer = run.answer();
  if (answer?.kind === "refused" && isRedirect(answer.error) && kind === "refused") return answer.error;
  const why = answer?.kind === "missing" ? `${run.inWords()}, although the run is active` : run.inWords();
  return lifecycleErrors.abortRefused(executionId, seen.status, why, resourceUrn);
}

function cancelled({ recorded, run }: Deletion): Error {
  const isAccepted = run.acceptedAt() !== undefined;
  const sent = isAccepted ? "Its abort was sent." : "Its abort was sent, but Lyceum has not confirmed it.";
  return lifecycleErrors.cancelledDelete(recorded.executionId, run.last().run.status, sent);
}

async function reportEnd({ context, recorded, run }: Deletion, end: ObservedRun | "gone"): Promise<void> {
  const { clock, report } = context;
  const { executionId: id } = recorded;
  const acceptedAt = run.acceptedAt();
  if (end === "gone") {
    const what = `Run ${id} is no longer in the list of active runs, the only call that shows it.`;
    report.notice(`${what} How it ended is unknown.`);
  } else if (acceptedAt === undefined) {
    report.progress(`Run ${id} has ended (${end.status}).`);
  } else {
    // Only a record has `errors`. An entry of the active list or of the history has neither `errors` nor an exit code.
    // So the run itself is read if only its exit code can show whether it was killed.
    const lacksCode = !("errors" in end) && mayBeKilled(recorded, end, acceptedAt, clock.now());
    const shown = lacksCode ? ((await lastLook(context, id)) ?? end) : end;
    const { message, lasting } = stopReport(recorded, shown, acceptedAt, clock.now());
    report[lasting ? "notice" : "progress"](message);
  }
}
