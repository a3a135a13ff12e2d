import { isRedirect, isRefusedForGood } from "../../lyceum/capability";
import { reasonOf } from "../../lyceum/catalogue";
import type { ExecutionSummary, StartRequest } from "../../lyceum/port";
import { nameOf, requestValues } from "../../schema";
import { LISTS_LAG_SECONDS } from "../account/find-unclear";
import type { RunSnapshot } from "../account/shared-snapshot";
import type { StartEffects } from "../process/context";
import { waitClocks } from "../run/clocks";
import { type LifecycleError, lifecycleErrors } from "../run/errors";
import {
  formatFileName,
  formatStartKey,
  isOfStart,
  keysIn,
  provesStart,
  type StartKey,
} from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { beforeDeadline, beforeStart, bounded, CALL_SECONDS, type Deadline, unlessCancelled } from "../watch/deadline";
import { possibleRuns, runsOf } from "./possible-runs";

/** A run that was started now, or that was found after a start without a clear answer. */
export type StartedRun = Pick<ExecutionOutputs, "executionId" | "status" | "streamingUrl">;

const LOOKUP_EVERY = 3;
/** Maximum number of seconds for which the provider repeats the lookup. */
const LOOKUP_LIMIT = 120;
/** How many times a start without a clear answer is sent again. Each time, the lists must prove that it made no run. */
export const RETRY_AFTER_PROVEN_EMPTY = 3;
/**
 * Seconds for which a cancelled command still waits for the answer to a sent start, because the answer has the run's
 * id.
 */
const SECONDS_AFTER_CANCEL = 10;

/** The result of a start, with the start key of its request: a run, or "unclear" if the start may have made a run. */
export type StartResult =
  | { readonly kind: "run"; readonly key: StartKey; readonly run: StartedRun }
  | {
      readonly kind: "unclear";
      readonly key: StartKey;
      /**
       * The time at which the request ended without an answer, in milliseconds since the epoch. If the request made a
       * run, the list of active runs or the history must show this run `LISTS_LAG_SECONDS` later.
       */
      readonly unansweredAt: number;
      readonly error: LifecycleError;
    };

/**
 * Starts one run. If a start certainly made no run (429, or the request was never sent), repeats the start until the
 * queue clock runs out. After a start without a clear answer, looks for the run of this start in the lists. Sends the
 * start again only if the lists prove that no run was made, and at most `RETRY_AFTER_PROVEN_EMPTY` times.
 */
export async function startOnce(
  context: StartEffects,
  inputs: ExecutionInputs,
  attemptKey: StartKey,
  before: RunSnapshot,
  deadline: Deadline,
): Promise<StartResult> {
  const { client, clock, engine, report } = context;
  const cancel = deadline.cancel?.signal;
  const queueEnds = Math.min(deadline.at, deadline.begunAt + waitClocks(inputs, undefined).queue * 1000);
  /** The start keys of all starts without a clear answer. A run with one of these keys belongs to this resource. */
  const sent: StartKey[] = [];
  for (;;) {
    // A provider process may survive its engine. Then no state would record the run of this start.
    const isAlive = await beforeStart(deadline, () => engine.isAlive());
    if (!isAlive) throw lifecycleErrors.engineGone();
    const key = { ...attemptKey, tag: context.newTag() };
    context.processCache.sends(formatStartKey(key));
    const request = startRequest(inputs, key);
    const send = (signal: AbortSignal) => client.start(request, { signal });
    const outcome = await bounded(clock, CALL_SECONDS, send, deadline, SECONDS_AFTER_CANCEL);
    const unansweredAt = clock.now();
    if (outcome.kind === "started") return { kind: "run", key, run: outcome };
    if (outcome.kind === "refused") {
      if (cancel?.aborted) throw lifecycleErrors.cancelledBeforeStart();
      if (outcome.retryAfterSeconds === undefined || clock.now() + outcome.retryAfterSeconds * 1000 > queueEnds)
        throw outcome.error;
      report.progress(
        `not started yet (${outcome.error.code}); trying again in ${Math.ceil(outcome.retryAfterSeconds)} s`,
      );
      await clock.sleep(outcome.retryAfterSeconds, cancel);
      continue;
    }
    report.progress(`the start got no clear answer (${outcome.error.code}); looking for the run`);
    const unknown = (cause: string, possible: readonly string[]): StartResult => ({
      kind: "unclear",
      key,
      unansweredAt,
      error: lifecycleErrors.unknownStart({ key: formatStartKey(key), cause, possible }),
    });
    // If Lyceum redirected the start, it would redirect the next start to the same address. So the start is not sent
    // again, and one lookup is enough.
    const looksOnce = isRedirect(outcome.error);
    sent.push(key);
    const found = await findStarted(context, inputs, sent, before, { endsAt: queueEnds, looksOnce, cancel });
    if (cancel?.aborted) return unknown("the command was cancelled meanwhile", []);
    if (found.kind === "undecided") return unknown(reasonOf(outcome.error), found.possible);
    if (found.kind === "run") {
      const { executionId, status } = found.run;
      report.notice(
        `The start got no clear answer, but run ${executionId} (${status}) was found and is adopted.${againLater(sent.length)}`,
      );
      return found;
    }
    // Lyceum may demand a pause that is longer than the time that the lookups took.
    const againAt = Math.max(clock.now(), unansweredAt + (outcome.error.retryAfterSeconds ?? 0) * 1000);
    if (sent.length > RETRY_AFTER_PROVEN_EMPTY || againAt >= queueEnds) {
      throw lifecycleErrors.provenNotStarted(sent.length, String(outcome.error));
    }
    report.notice(
      `The start got no clear answer (${outcome.error.code}) and created no run. The provider tries again.`,
    );
    await clock.sleep((againAt - clock.now()) / 1000, cancel);
  }
}

/** Returns the warning that the repeated start may have made several runs. Empty if the start was sent only once. */
function againLater(times: number): string {
  if (times === 1) return "";
  return ` It was sent ${times} times, so another run may appear: the next \`pulumi up\` names it, and \`npx pulumi-lyceum list\` shows the active runs.`;
}

/**
 * The result of the lookup after a start: the run, a proof that there is no run, or neither. If neither, `possible` has
 * the ids of runs that the start may have made.
 */
type Found =
  | { readonly kind: "run"; readonly key: StartKey; readonly run: ExecutionSummary }
  | { readonly kind: "empty" }
  | { readonly kind: "undecided"; readonly possible: readonly string[] };

interface LookupBounds {
  /**
   * Failed lookups are repeated until this time, in milliseconds since the epoch, but for at least `LISTS_LAG_SECONDS`
   * and at most `LOOKUP_LIMIT` seconds.
   */
  readonly endsAt: number;
  readonly looksOnce: boolean;
  readonly cancel: AbortSignal | undefined;
}

async function findStarted(
  { sharedSnapshot, clock, processCache }: StartEffects,
  inputs: ExecutionInputs,
  sent: readonly StartKey[],
  before: RunSnapshot,
  { endsAt, looksOnce, cancel }: LookupBounds,
): Promise<Found> {
  const from = clock.now();
  const wasThere = runsOf(before);
  const isKnown = (run: ExecutionSummary) => processCache.isKnown(run);
  let proven: boolean;
  let undecided: Found = { kind: "undecided", possible: [] };
  // The lists may show a new run only after some time. The lookup continues for this time even after the deadline,
  // because a deadline must not drop a start without a clear answer.
  do {
    await clock.sleep(LOOKUP_EVERY, cancel);
    if (cancel?.aborted) return undecided;
    proven = false;
    try {
      const pending = sharedSnapshot.read({ notBefore: clock.now(), reachBack: inputs.adoptEndedWithin + 3600 });
      // Stryker disable next-line ArrowFunction: every error of a lookup is caught, and nothing uses the error.
      const inTime = beforeDeadline(clock, { at: from + LOOKUP_LIMIT * 1000 }, pending, () =>
        lifecycleErrors.noAnswerInTime(LOOKUP_LIMIT),
      );
      const snapshot = await unlessCancelled(cancel, () => inTime, lifecycleErrors.cancelledBeforeStart);
      const run = runOfStart(snapshot, sent, (run) => wasThere(run) || isKnown(run));
      if (run !== undefined) return run;
      const possible = possibleRuns(snapshot, sent, { wasThere, isKnown });
      undecided = { kind: "undecided", possible };
      if (looksOnce) return undecided;
      proven = snapshot.gaps.length === 0 && possible.length === 0;
      // After `LISTS_LAG_SECONDS`, a later snapshot can prove more only if this snapshot has a gap that may pass, for
      // example after an answer 429. A permanent refusal leaves the same gap in every snapshot.
      const mayPass = snapshot.gaps.some((gap) => gap.kind === "refused" && !isRefusedForGood(gap.error));
      if (!proven && !mayPass && clock.now() - from >= LISTS_LAG_SECONDS * 1000) return undecided;
    } catch {
      if (cancel?.aborted) return undecided;
      // A snapshot that could not be read decides nothing. So the lookup is repeated until its time is over.
      if (looksOnce || clock.now() >= Math.max(endsAt, from + LISTS_LAG_SECONDS * 1000)) return undecided;
    }
  } while (clock.now() - from < (proven ? LISTS_LAG_SECONDS : LOOKUP_LIMIT) * 1000);
  return proven ? { kind: "empty" } : undecided;
}

/**
 * Returns the run whose file name contains the start key of one of the sent starts. A run with a complete start key
 * comes before a run whose start key was cut off. Otherwise, the run of the earliest start comes first.
 */
function runOfStart(
  { active, history }: RunSnapshot,
  sent: readonly StartKey[],
  isExcluded: (run: ExecutionSummary) => boolean,
): Found | undefined {
  const runs = [...active, ...history].filter((run) => !isExcluded(run));
  for (const isRun of [provesStart, isOfStart])
    for (const key of sent) {
      const run = runs.find(({ fileName }) => keysIn(fileName).some((carried) => isRun(carried, key)));
      if (run !== undefined) return { kind: "run", key, run };
    }
  return undefined;
}

/** Makes the request of a start. In `file_name`, the start key comes before the label. */
export function startRequest(inputs: ExecutionInputs, key: StartKey): StartRequest {
  const fileName = formatFileName(key, inputs.fileName ?? defaultLabel(inputs));
  return {
    compose_file_code: inputs.composeText ?? "",
    ...requestValues({ ...inputs, fileName }),
    file_name: fileName,
  };
}

/**
 * The longest label, in characters: the limit of `fileName`. A label that comes from the name of a resource is cut to
 * this length.
 */
const MAXIMUM_LENGTH = 200;

/** Characters that a label must not have: control and format characters, line separators, lone surrogates. */
const NOT_IN_A_LABEL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Returns the label of a run without `fileName`: the resource's name, so that a person finds the run at Lyceum. The
 * label is not an input, so a change of the label starts no run. The resource's name is not secret, even if a secret
 * has the same text, because the state shows the name.
 */
function defaultLabel(inputs: ExecutionInputs): string | undefined {
  const name = nameOf(inputs.urn);
  const label = [...name.replace(NOT_IN_A_LABEL, "")].slice(0, MAXIMUM_LENGTH).join("").slice(0, MAXIMUM_LENGTH);
  const whole = label.replace(/\p{Surrogate}/gu, "").trim();
  return whole === "" ? undefined : whole;
}
