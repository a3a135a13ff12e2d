import { isRefusedForGood } from "../lyceum/capability";
import type { LifecycleContext } from "./context";
import { beforeDeadline, bounded, type Deadline } from "./deadline";
import { lifecycleErrors } from "./errors";
import { describeGaps, type Gap, listRefusals, warnOfGaps } from "./gaps";
import type { Identity } from "./identity";
import type { ExecutionInputs } from "./inputs";
import { decideStart, type RunSnapshot, type StartDecision, unnamedGap } from "./start-decision";

/** A snapshot that began this long before a create still serves it: one lookup for all that begin together. */
const SNAPSHOT_MAY_BE_OLD_MILLISECONDS = 2000;

/** What the lookup before a start has shown, what to do, and what keeps the lookup from being complete. */
export interface RunLookup {
  readonly snapshot: RunSnapshot;
  readonly decision: StartDecision;
  readonly gaps: readonly Gap[];
}

/** Looks for runs of this resource and decides whether one is adopted or a new one started. */
export async function lookUpRuns(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  identity: Identity,
  deadline: Deadline,
): Promise<RunLookup> {
  const { clock, sharedSnapshot, processCache } = context;
  // What was seen before the old run was aborted does not serve the start of its replacement.
  const rehearsedAt = processCache.rehearsedAt(inputs.urn) ?? Number.NEGATIVE_INFINITY;
  const pending = sharedSnapshot.read({
    notBefore: Math.max(clock.now() - SNAPSHOT_MAY_BE_OLD_MILLISECONDS, rehearsedAt + 1),
    reachBack: inputs.adoptEndedWithin + 3600,
  });
  const snapshot = await beforeDeadline(clock, deadline, pending, () =>
    lifecycleErrors.noAnswerInTime(Math.round((deadline.at - deadline.begunAt) / 1000)),
  );
  const decision = decideStart({
    key: identity.key,
    snapshot,
    recordedAttempt: processCache.recordedAttempt(inputs.urn),
    isKnown: (id) => processCache.isKnown(id),
    now: clock.now(),
    adoptEndedWithin: inputs.adoptEndedWithin,
    policies: inputs,
  });
  const unnamed = unnamedGap(snapshot, (id) => processCache.isKnown(id));
  return { snapshot, decision, gaps: unnamed === undefined ? snapshot.gaps : [...snapshot.gaps, unnamed] };
}

/**
 * What has to hold before a start is sent: the lookup was complete, or the program accepts that it was not; and something
 * shows what becomes of the run, unless `waitFor` is `accepted`. Warns of each gap once in a command.
 */
export async function verifyStart(
  context: LifecycleContext,
  inputs: ExecutionInputs,
  lookup: RunLookup,
): Promise<void> {
  const { gaps, snapshot } = lookup;
  if (gaps.length > 0 && (inputs.whenUnverified ?? context.whenUnverified ?? "start") === "fail") {
    throw lifecycleErrors.unverified(describeGaps(gaps));
  }
  if (inputs.waitFor !== "accepted") {
    const refusals = await readRefusals(context, snapshot);
    if (refusals !== undefined) throw lifecycleErrors.unobservable(inputs.waitFor, listRefusals(refusals));
  }
  warnOfGaps(context, inputs.urn, gaps);
}

/** A question about a call may not hold a start up for longer. */
const PROBE_SECONDS = 10;
/** An id that no service gives out, for a question about a call when no run is known yet. */
const NO_RUN = "pulumi-lyceum-no-such-run";
/** With an id that nobody knows, these answers may be about the id and not about the call. */
const MAY_BE_ABOUT_THE_ID: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/** Why neither the list nor the record nor the older status call shows a run; undefined where one of them may. */
async function readRefusals(context: LifecycleContext, snapshot: RunSnapshot): Promise<readonly Gap[] | undefined> {
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
      await bounded(context.clock, PROBE_SECONDS, read);
      return undefined;
    } catch (error) {
      if (!isRefusedForGood(error)) return undefined;
      if (known === undefined && MAY_BE_ABOUT_THE_ID.has(error.status)) return undefined;
      gaps.push({ kind: "refused", call, error });
    }
  }
  return gaps;
}
