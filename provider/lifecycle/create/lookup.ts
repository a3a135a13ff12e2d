import { isRefusedForGood } from "../../lyceum/capability";
import { compact } from "../../lyceum/json";
import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionSummary } from "../../lyceum/port";
import { describeGaps, type Gap, listRefusals, warnOfGaps } from "../account/lookup-gaps";
import type { ProcessCache } from "../account/process-cache";
import type { RunSnapshot } from "../account/shared-snapshot";
import type { StartEffects } from "../process/context";
import { lifecycleErrors, messageOf } from "../run/errors";
import type { Identity } from "../run/identity/identity";
import { type KeyParts, parseFileName, sameResource } from "../run/identity/start-key";
import type { ExecutionInputs } from "../run/inputs";
import { endedBeforeStop, jobWithServices } from "../run/record/job-end";
import type { ExecutionOutputs, ObservedRun } from "../run/record/record";
import { notElsewhere } from "../run/target";
import { beforeDeadline, bounded, CALL_SECONDS, type Deadline } from "../watch/deadline";
import { readJobEnd } from "../watch/job-end";
import { type ObservedStatus, observe, observeOnce } from "../watch/observe";
import { evaluateUnclear, type UnclearStart, unnamedGap } from "./possible-runs";
import { decideStart, endsWithoutSuccess, type StartDecision, unconfirmedEnds } from "./start-decision";

/**
 * Maximum age of a snapshot when a create begins, in milliseconds. So creates that begin together share one snapshot.
 */
export const SNAPSHOT_MAY_BE_OLD_MILLISECONDS = 2000;

/**
 * Seconds to wait before the provider adopts or reports a run. In this time, the engine usually passes most of the
 * other resources to this process, and one of them may have recorded the same run.
 */
const OTHER_ROWS_SECONDS = 2;

/** Reads the run that `existingExecutionId` names. Throws if Lyceum does not know this run. */
export async function findExisting(
  { client, clock }: StartEffects,
  id: string,
  deadline: Deadline,
): Promise<ObservedStatus> {
  notElsewhere(id, client);
  const observed = await bounded(clock, CALL_SECONDS, (signal) => observe({ client, clock }, id, { signal }), deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind !== "status") throw lifecycleErrors.unknownExisting(id);
  return observed;
}

/** The result of the lookup before a start: the decision, and the gaps of the lookup. */
export interface RunLookup {
  readonly snapshot: RunSnapshot;
  readonly decision: StartDecision;
  readonly gaps: readonly Gap[];
  /** What is known about a recorded start that got no clear answer, if its run was not found. */
  readonly unclear?: UnclearStart | undefined;
}

/**
 * Looks for runs of this resource, and decides whether to adopt one of them or to start a new run.
 *
 * @param unclear a recorded start that got no clear answer
 */
export async function lookUpRuns(
  context: StartEffects,
  inputs: ExecutionInputs,
  identity: Identity,
  deadline: Deadline,
  unclear?: ExecutionOutputs,
): Promise<RunLookup> {
  const { clock, sharedSnapshot, processCache } = context;
  // A replacement checks the start with a snapshot of the runs, and then aborts the old run. So the lookup of its
  // create needs a newer snapshot.
  const rehearsedAt = processCache.rehearsedAt(inputs.urn) ?? Number.NEGATIVE_INFINITY;
  const pending = sharedSnapshot.read({
    notBefore: Math.max(clock.now() - SNAPSHOT_MAY_BE_OLD_MILLISECONDS, rehearsedAt + 1),
    reachBack: Math.max(inputs.adoptEndedWithin, sinceSeconds(clock.now(), unclear?.requestedAt)) + 3600,
  });
  const taken = await beforeDeadline(clock, deadline, pending, () =>
    lifecycleErrors.noAnswerInTime(Math.round((deadline.at - deadline.begunAt) / 1000)),
  );
  const recordedAttempt = processCache.recordedAttempt(inputs.urn) ?? unclear?.attempt;
  const replacedByForce = recordedAttempt === undefined && processCache.isReplacedByForce(inputs.urn);
  const isKnown = (run: ExecutionSummary) => processCache.isKnown(run);
  const key = parseFileName(unclear?.startKey);
  const known = { key: identity.key, unclear: key, recordedAttempt, replacedByForce, isKnown };
  const confirmed = await withConfirmedEnds(context, taken, unconfirmedEnds({ ...known, snapshot: taken }), deadline);
  const ofJob = jobWithServices(inputs) === undefined ? [] : endsWithoutSuccess({ ...known, snapshot: confirmed });
  const snapshot = await withJobEnds(context, confirmed, ofJob, inputs);
  const decide = () =>
    decideStart({
      ...known,
      snapshot,
      now: clock.now(),
      adoptEndedWithin: inputs.adoptEndedWithin,
      policies: inputs,
    });
  let decision = decide();
  if (mayBeHeldElsewhere(decision)) {
    await clock.sleep(OTHER_ROWS_SECONDS, deadline.cancel?.signal);
    decision = decide();
  }
  // In a forced replacement, the recorded run may still be active, because the engine deletes it only after the start.
  // The process cache notes all active runs of the resource, so that a lookup for a retry adopts none of them.
  if (replacedByForce) noteRunsOf(snapshot, identity.key, processCache);
  const unnamed = unnamedGap(snapshot, isKnown);
  return {
    snapshot,
    decision,
    gaps: unnamed === undefined ? snapshot.gaps : [...snapshot.gaps, unnamed],
    ...(unclear === undefined || key === undefined || decision.kind === "adopt"
      ? {}
      : { unclear: evaluateUnclear({ recorded: unclear, key, snapshot, isKnown, now: clock.now() }) }),
  };
}

/** Looks for runs like `lookUpRuns`. If the decision is a start, also throws if the start is not allowed. */
export async function lookUpAndVerify(
  context: StartEffects,
  inputs: ExecutionInputs,
  identity: Identity,
  deadline: Deadline,
  unclear?: ExecutionOutputs,
): Promise<RunLookup> {
  const lookup = await lookUpRuns(context, inputs, identity, deadline, unclear);
  if (lookup.decision.kind === "start") await verifyStart(context, inputs, lookup);
  return lookup;
}

function sinceSeconds(now: number, time: string | undefined): number {
  const seconds = (now - Date.parse(time ?? "")) / 1000;
  return Number.isNaN(seconds) ? 0 : seconds;
}

/**
 * Whether the decision adopts or reports a run that another resource may have. If so, `lookUpRuns` pauses and decides
 * again, because the engine may pass that resource to this process during the pause.
 */
function mayBeHeldElsewhere(decision: StartDecision): boolean {
  return decision.unrecorded.length > 0 || (decision.kind === "adopt" && !decision.isProven);
}

/**
 * Reads the runs `ids`, whose end the lists show only by a status word. Returns the snapshot with the status and times
 * that the runs themselves show.
 */
async function withConfirmedEnds(
  { client, clock }: StartEffects,
  snapshot: RunSnapshot,
  ids: readonly string[],
  deadline: Deadline,
): Promise<RunSnapshot> {
  if (ids.length === 0) return snapshot;
  const shown = new Map<string, ObservedRun>();
  for (const id of ids) {
    const observed = await bounded(clock, CALL_SECONDS, (signal) => observeOnce(client, id, { signal }), deadline);
    // An unconfirmed end must not cause a start. But if Lyceum refuses to show the run itself, the lists decide.
    if (observed.kind === "unreachable") throw observed.error;
    if (observed.kind === "status") shown.set(id, observed.record ?? observed);
  }
  const confirmed = (run: ExecutionSummary): ExecutionSummary => {
    const { status, startedAt, endedAt } = { ...run, ...shown.get(run.executionId) };
    return compact<ExecutionSummary>({ ...run, status, startedAt, endedAt });
  };
  return { ...snapshot, active: snapshot.active.map(confirmed), history: snapshot.history.map(confirmed) };
}

/**
 * Reads the output of the runs `ids`. Returns the snapshot with the status that follows from the end of each run's job.
 * If an output cannot be read now, throws, so that no run is started.
 */
async function withJobEnds(
  context: StartEffects,
  snapshot: RunSnapshot,
  ids: readonly string[],
  { job = "", timeout, gracefulTimeout }: ExecutionInputs,
): Promise<RunSnapshot> {
  const statuses = new Map<string, string>();
  for (const id of ids) {
    const read = await readJobEnd(context, id, job);
    if (read.kind === "unread") throw lifecycleErrors.jobUnread(id, job, messageOf(read.error));
    const { startedAt, endedAt } = snapshot.history.find(({ executionId }) => executionId === id) ?? {};
    if (read.kind === "ended" && endedBeforeStop(read, { startedAt, endedAt, timeout, gracefulTimeout }))
      statuses.set(id, read.exitCode === 0 ? "completed" : "failed");
  }
  const withStatus = (run: ExecutionSummary) => ({ ...run, status: statuses.get(run.executionId) ?? run.status });
  return { ...snapshot, active: snapshot.active.map(withStatus), history: snapshot.history.map(withStatus) };
}

function noteRunsOf({ active }: RunSnapshot, key: KeyParts, processCache: ProcessCache): void {
  for (const run of active) {
    const found = parseFileName(run.fileName);
    if (found !== undefined && sameResource(found, key)) processCache.handled(run);
  }
}

/**
 * Throws if a start is not allowed. If the lookup is incomplete, `whenUnverified` decides. Unless `waitFor` is
 * `accepted`, at least one call must be able to show the run. Warns once in a command about each gap in the lookup.
 */
export async function verifyStart(context: StartEffects, inputs: ExecutionInputs, lookup: RunLookup): Promise<void> {
  const { gaps, snapshot } = lookup;
  if (gaps.length > 0 && (inputs.whenUnverified ?? context.whenUnverified ?? "start") === "fail") {
    throw lifecycleErrors.unverified(describeGaps(gaps));
  }
  if (inputs.waitFor !== "accepted") {
    const refusals = await readRefusals(context, snapshot);
    if (refusals !== undefined) throw lifecycleErrors.unobservable(inputs.waitFor, listRefusals(refusals));
  }
  warnOfGaps(context, gaps);
}

/** An id that no run has. If the history has no run, the provider tests with this id whether Lyceum refuses a call. */
const NO_RUN = "pulumi-lyceum-no-such-run";
/** HTTP statuses that may mean "unknown id". They do not prove that Lyceum refuses the call. */
const MAY_BE_ABOUT_THE_ID: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/**
 * Returns the refusals if Lyceum refuses all calls that can show an active run: the list of active runs, `record` and
 * `olderStatus`. Otherwise, returns undefined.
 */
async function readRefusals(context: StartEffects, snapshot: RunSnapshot): Promise<readonly Gap[] | undefined> {
  const list = context.refused("list");
  if (list === undefined) return undefined;
  const known = snapshot.history[0]?.executionId;
  const id = known ?? NO_RUN;
  const gaps: Gap[] = [{ kind: "refused", call: "list", error: list }];
  const reads = [
    ["record", (signal: AbortSignal) => context.client.record(id, { signal })],
    ["olderStatus", (signal: AbortSignal) => context.client.olderStatus(id, { signal })],
  ] as const;
  for (const [call, read] of reads) {
    try {
      await bounded(context.clock, READ_SECONDS, read);
      return undefined;
    } catch (error) {
      if (!isRefusedForGood(error)) return undefined;
      if (known === undefined && MAY_BE_ABOUT_THE_ID.has(error.status)) return undefined;
      gaps.push({ kind: "refused", call, error });
    }
  }
  return gaps;
}
