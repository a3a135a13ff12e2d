import { abortOutcome } from "../../lyceum/abort-step";
import { hasEnded, isBareEnd, kindOf } from "../../lyceum/answers/status";
import { answerInWords, nameOfCall } from "../../lyceum/capability";
import type { ExecutionRecord } from "../../lyceum/port";
import { listRefusals, readGaps, reportFileName, warnOfGaps } from "../account/lookup-gaps";
import { withArtifactsOf } from "../end/artifacts";
import { failureReason, readEndRecord, withEndRecord } from "../end/failure";
import { withResults } from "../end/run-results";
import type { RunEffects } from "../process/context";
import { type ClockName, nextDeadline, type WaitClocks } from "../run/clocks";
import { type CancelledAbort, InitFailure, type LifecycleError, lifecycleErrors, messageOf } from "../run/errors";
import type { ExecutionInputs, WaitFor } from "../run/inputs";
import { endedBeforeStop, withJobEnd } from "../run/record/job-end";
import {
  type ExecutionOutputs,
  isReported,
  type ObservedRun as Shown,
  withObserved,
  withoutObservedEnd,
} from "../run/record/record";
import { waitOutcome } from "../run/wait-outcome";
import { bounded, type Deadline, unlessCancelled, untilCancelled } from "../watch/deadline";
import { isForbidden, isRefusal, type Observation } from "../watch/observe";
import { explainedEnd, stopServices, watchJob } from "./job";
import { createWaitProgress } from "./wait-progress";

/** Results of an abort after which Lyceum may end the run. A 404 (`missing`) does not prove that the run continues. */
const MAY_HAVE_ABORTED: ReadonlySet<CancelledAbort["kind"]> = new Set(["noted", "unanswered", "unclear", "missing"]);

/** Seconds for which a cancelled command waits for the answer to its abort. */
const ABORT_AFTER_CANCEL_SECONDS = 0.8;

/**
 * The longest time in seconds for which a wait continues although Lyceum does not show the run: Lyceum answers 404 for
 * the run, refuses all calls that could show the run, or shows only a list without the run. A request that fails for
 * another reason neither starts nor ends this time.
 */
const MISSING_SECONDS = 60;

/**
 * Waits until a started run has reached `waitFor`, and returns the run's outputs. In all other cases, throws
 * `InitFailure` with the run's id and the reasons.
 */
export async function waitUntilReached(
  context: RunEffects,
  inputs: ExecutionInputs,
  started: ExecutionOutputs,
  clocks: WaitClocks,
  call: Deadline,
): Promise<ExecutionOutputs> {
  const wait = createWait(context, inputs, started, clocks, call);
  context.duplicates.guard(context, started, call);
  try {
    const first = waitOutcome(inputs.waitFor, started);
    if (first === "reached") return hasEnded(started) ? await wait.close(wait.succeed) : started;
    if (first === "fell-short") return await wait.close(wait.fail);
    wait.showProgress();
    return await wait.run();
  } catch (error) {
    if (error instanceof InitFailure) throw error;
    const { executionId } = started;
    const explained =
      isRefusal(error) || isForbidden(error)
        ? lifecycleErrors.credentialRefused(executionId, String(error))
        : lifecycleErrors.waitFailed(executionId, messageOf(error));
    throw new InitFailure(executionId, wait.outputs(), [explained.message]);
  } finally {
    await untilCancelled(call.cancel?.signal, context.duplicates.settled(started));
  }
}

function createWait(
  context: RunEffects,
  inputs: ExecutionInputs,
  started: ExecutionOutputs,
  clocks: WaitClocks,
  call: Deadline,
) {
  const { client, clock, poller } = context;
  const id = started.executionId;
  // The time limits of a wait begin with the engine's call. So they include the time for the lookup and the start.
  const { begunAt } = call;
  let outputs = started;
  let observedAt = clock.now();
  let missingSince: number | undefined;
  let latest: Observation["kind"] = "status";
  let runningSince: number | undefined;
  let lastRecord: ExecutionRecord | undefined;

  let isStopTried = false;

  const job = inputs.waitFor === "completed" ? watchJob(context, started) : undefined;
  const progress = createWaitProgress(context, inputs, started, begunAt);
  const showProgress = () => progress.show(outputs, runningSince);

  const deadline = () => nextDeadline(clocks, { begunAt, runningSince });

  /**
   * Why a wait ends: the state of the run, or an answer such as 404 that has lasted too long. Undefined while the wait
   * continues.
   */
  type WaitState = "reached" | "fell-short" | "missing" | "unlisted" | "refused" | "job ended" | undefined;

  function see(observation: Observation): WaitState {
    latest = observation.kind;
    switch (observation.kind) {
      case "unreachable":
        return undefined;
      case "refused":
      case "missing":
      case "unlisted":
        // A gateway may refuse a request or answer 404 for a moment. So these answers count only if they last.
        missingSince ??= clock.now();
        return clock.now() - missingSince < MISSING_SECONDS * 1000 ? undefined : observation.kind;
      case "status":
        return seeStatus(observation);
    }
  }

  function seeStatus(observation: Extract<Observation, { kind: "status" }>): WaitState {
    missingSince = undefined;
    const { record, isListed } = observation;
    // A missing file name counts only in a list, because a later command finds the run by its file name in a list.
    if (record !== undefined && (record.fileName !== undefined || isListed === true))
      reportFileName(context, started, record.fileName);
    observedAt = clock.now();
    if (isWhole(record)) lastRecord = record;
    outputs = withObserved(outputs, observation);
    if (kindOf(outputs) === "running") runningSince ??= clock.now();
    showProgress();
    const outcome = waitOutcome(inputs.waitFor, outputs);
    if (outcome !== "wait") return outcome;
    job?.look(outputs);
    return job?.exit(outputs) === undefined || isStopTried ? undefined : "job ended";
  }

  function unwatched(why: string): LifecycleError {
    const refusals = listRefusals(readGaps(context.refused, ["list", "record", "olderStatus"]));
    return lifecycleErrors.unwatched(id, outputs.status, `${why} (${refusals}).`);
  }

  function waitFailed(error: LifecycleError): InitFailure<ExecutionOutputs> {
    return new InitFailure(id, outputs, [error.message]);
  }

  /** Returns the record that explains the end of the run: the observed record, or a record that is read now. */
  async function endRecord(outcome: "reached" | "fell-short"): Promise<ExecutionRecord | undefined> {
    const shown = lastRecord !== undefined && hasEnded(lastRecord) ? lastRecord : undefined;
    if (!isRecordNeeded(outcome, { shown, outputs, waitFor: inputs.waitFor })) return shown;
    const read = await readEndRecord(context, id);
    outputs = withEndRecord(outputs, read);
    return read.record ?? shown;
  }

  /** Ends the wait for a completed run. The exit code in the record may still show that the run failed. */
  async function succeed(): Promise<ExecutionOutputs> {
    const wasReported = isReported(outputs);
    const record = await endRecord("reached");
    // Without a record, the exit code is unknown, and the status alone decides whether the run failed. If Lyceum
    // refused to return the record, a warning reports the refusal.
    if (!wasReported && record === undefined) warnOfGaps(context, readGaps(context.refused, ["record"]));
    if (waitOutcome(inputs.waitFor, outputs) === "fell-short") return fail(record);
    if (inputs.waitFor === "completed") outputs = await withResults(context, inputs, outputs, record);
    return withArtifactsOf(context, outputs, true);
  }

  /** Ends the wait with `work`, which is `succeed` or `fail`. If the command is cancelled, throws at once. */
  function close<T>(work: () => Promise<T>): Promise<T> {
    return unlessCancelled(call.cancel?.signal, work, () =>
      cancelled({ kind: hasEnded(outputs) ? "ended" : "not sent" }),
    );
  }

  function cancelled(abort: CancelledAbort): InitFailure<ExecutionOutputs> {
    const { status } = outputs;
    return waitFailed(
      lifecycleErrors.cancelledWait({ id, status, statusAge: clock.now() - observedAt, latest, abort }),
    );
  }

  /** After a cancel, aborts the run if `onInterrupt` is "abort" and `onDelete` is not "leave". */
  async function abortIfAsked(): Promise<CancelledAbort> {
    if (call.cancel?.run !== "abort" || inputs.onDelete === "leave") return { kind: "not sent" };
    const send = (signal: AbortSignal) => client.abort(id, { signal, sentOnce: true });
    const outcome = await Promise.race([
      abortOutcome(bounded(clock, ABORT_AFTER_CANCEL_SECONDS, send)),
      clock.sleep(ABORT_AFTER_CANCEL_SECONDS),
    ]);
    if (outcome === undefined) return { kind: "unanswered" };
    if (outcome.kind === "noted") return { kind: "noted" };
    if (outcome.error.code === "LYC1203") return { kind: "unanswered" };
    return { kind: outcome.kind, answered: `${nameOfCall("abort")} ${answerInWords(outcome.error)}` };
  }

  /**
   * Ends the wait with an error. If the run was stopped only after its job had succeeded, ends it as `succeed` does.
   */
  async function fail(known?: ExecutionRecord): Promise<ExecutionOutputs> {
    const end = await explainedEnd(context, outputs, call);
    // If the output could not be read, the state records no end. So the next command reads the output again, and starts
    // no new run.
    if (end.kind === "unread") {
      outputs = withoutObservedEnd(outputs);
      throw waitFailed(lifecycleErrors.jobUnread(id, started.job ?? "", messageOf(end.error)));
    }
    outputs = end.outputs;
    if (waitOutcome(inputs.waitFor, outputs) === "reached") return succeed();
    const record = known ?? (await endRecord("fell-short"));
    throw new InitFailure(id, outputs, [await failureReason(context, inputs, outputs, record)]);
  }

  /** Adds the end of the job to an ended run, if the output has shown that the job ended before any stop of the run. */
  function noteJobEnd(): void {
    const exit = job?.exit(outputs);
    if (exit !== undefined && hasEnded(outputs) && endedBeforeStop(exit, outputs))
      outputs = withJobEnd(outputs, started.job ?? "", exit.exitCode);
  }

  /** Stops the services that run next to the job, because the output has shown the end of the job. */
  async function endWithJob(): Promise<ExecutionOutputs> {
    isStopTried = true;
    const exit = job?.exit(outputs);
    const stopped = await stopServices(context, outputs, call);
    if (stopped.kind !== "ended" || exit === undefined) return run();
    const { run: observed } = stopped;
    outputs = withJobEnd(withObserved(outputs, { ...observed, record: observed }), started.job ?? "", exit.exitCode);
    progress.end(outputs);
    return close(waitOutcome(inputs.waitFor, outputs) === "reached" ? succeed : fail);
  }

  async function run(): Promise<ExecutionOutputs> {
    const result = await poller
      .watch(id, see, () => deadline().at, call.cancel?.signal)
      .finally(() => progress.end(outputs));
    switch (result) {
      case "reached":
      case "fell-short":
        noteJobEnd();
        if (!hasEnded(outputs)) return outputs;
        return close(waitOutcome(inputs.waitFor, outputs) === "reached" ? succeed : fail);
      case "job ended":
        return endWithJob();
      case "cancelled": {
        const became = await abortIfAsked();
        if (MAY_HAVE_ABORTED.has(became.kind)) outputs = { ...outputs, abortSent: true };
        throw cancelled(became);
      }
      case "missing":
        outputs = { ...outputs, missing: "lost" };
        throw waitFailed(lifecycleErrors.lost(id, outputs.status));
      case "unlisted":
        throw waitFailed(unwatched("it is no longer in the list of active runs, and how it ended is unknown"));
      case "refused":
        throw waitFailed(unwatched("the service refuses every call that shows it"));
      case "deadline": {
        const name: ClockName = deadline().clock;
        throw waitFailed(
          lifecycleErrors.deadline({
            id,
            clock: name,
            clockSeconds: clocks[name],
            status: outputs.status,
            statusAge: clock.now() - observedAt,
            latest,
          }),
        );
      }
    }
  }

  return { run, fail, succeed, close, showProgress, outputs: () => outputs };
}

/**
 * Whether to read the record of a run after its end was observed.
 *
 * | what showed the end | read the record |
 * |---|---|
 * | a record without exit code and end time | no, because the poller has already read it twice |
 * | a record with only one of the two | yes |
 * | a record with both | if the run failed, and the record has no errors |
 * | a list, or only a status word | if `waitFor` was not reached, or is "completed", or if exit code or end time is unknown |
 */
function isRecordNeeded(
  outcome: "reached" | "fell-short",
  end: { readonly shown: ExecutionRecord | undefined; readonly outputs: ExecutionOutputs; readonly waitFor: WaitFor },
): boolean {
  const { shown, outputs, waitFor } = end;
  const isFailure = outcome === "fell-short";
  if (shown === undefined) return isFailure || waitFor === "completed" || !isReported(outputs);
  if (isBareEnd(shown)) return false;
  return !isReported(outputs) || (kindOf(outputs) === "failed" && shown.errors.length === 0);
}

/** Whether the facts come from the record of a run, and not from a list. */
function isWhole(record: Shown | undefined): record is ExecutionRecord {
  return record !== undefined && "errors" in record;
}
