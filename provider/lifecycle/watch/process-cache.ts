import type { ExecutionSummary } from "../../lyceum/port";
import type { OnDelete, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import { createKnownRuns } from "./known-runs";

/**
 * What one provider process has seen and done in this command. Engines ask in steps that do not carry everything: check has the
 * inputs of the last command, delete has none, and nothing says that a diff belongs to a refresh.
 */
export type ProcessCache = ReturnType<typeof createProcessCache>;

/** The run that a declared resource has, and how it came to have it. */
interface Held {
  /** None where it is replaced. */
  readonly executionId: string | undefined;
  readonly since: "kept" | "created";
  readonly onDelete: OnDelete;
}

/** An empty cache. */
export function createProcessCache() {
  const attempts = new Map<string, number>();
  const sent = new Set<string>();
  const known = createKnownRuns();
  const rehearsals = new Map<string, number>();
  const acceptedLosses = new Set<string>();
  const printed = new Set<string>();
  const before = new Map<string, ResourceInputs>();
  const abortedRuns = new Map<string, ExecutionOutputs>();
  const planned = new Map<string, ResourceInputs>();
  const held = new Map<string, Held>();
  const urns = new Map<string, string>();
  const refreshed = new Set<string>();
  return {
    /** Notes that a resource was met with a recorded run. */
    sawRecorded: (recorded: ExecutionOutputs) => {
      const { resourceUrn: urn, attempt } = recorded;
      known.add(recorded);
      if (urn !== "") attempts.set(urn, Math.max(attempt, attempts.get(urn) ?? 0));
    },
    /** The highest attempt met for a resource, or `undefined` when this process has not seen it recorded. */
    recordedAttempt: (urn: string) => attempts.get(urn),
    /** Notes that this process started, adopted, deleted or replaced the run. */
    handled: (run: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>) =>
      known.add(run),
    /** Whether this process has seen the run recorded, has started it, or has deleted it: a lookup never adopts such a run. */
    isKnown: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.has(run),
    /** The same of a run that can be known by its id: one that is left when the own run has ended is another one. */
    isKnownById: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.hasId(run),
    /** Notes what a list, or a page of the history, shows: it tells a second run of one request from another form of an id. */
    shows: (executions: readonly ExecutionSummary[]) => known.shows(executions),
    /** Notes that this process sends a start with this key. */
    sends: (startKey: string) => sent.add(startKey),
    /** Whether this process has sent the start with this key, which has a tag of its own. */
    hasSent: (startKey: string) => sent.has(startKey),
    /** Notes that a lost run is to be replaced because the program says so: its delete then needs no proof. */
    acceptLoss: (executionId: string) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId: string) => acceptedLosses.has(executionId),
    /** When the replacement of a resource's run was rehearsed, before the run was aborted. Milliseconds since the epoch. */
    rehearsed: (urn: string, at: number) => rehearsals.set(urn, at),
    rehearsedAt: (urn: string) => rehearsals.get(urn),
    /** True the first time a line is asked for: a warning is reported once in a command. */
    firstTime: (line: string) => !printed.has(line) && printed.add(line) !== undefined,
    /** Inputs of the last command, as check was given them: they only explain a change, they never decide one alone. */
    rememberOldInputs: (urn: string, inputs: ResourceInputs) => before.set(urn, inputs),
    oldInputs: (urn: string) => before.get(urn),
    /**
     * Inputs that check was given for a resource as a new one. When its recorded run is deleted later in the same command, it is
     * replaced by these.
     */
    planCreate: (urn: string, inputs: ResourceInputs) => {
      planned.set(urn, inputs);
      if (held.has(urn)) held.set(urn, { executionId: undefined, since: "kept", onDelete: "abort" });
    },
    plannedCreate: (urn: string) => planned.get(urn),
    /** Notes the run that a declared resource has: its diff kept it, or its create started or adopted it. None where it is replaced. */
    holds: (urn: string, { executionId, since, onDelete }: Held) =>
      held.set(urn, { executionId: executionId === "" ? undefined : executionId, since, onDelete }),
    /** How a resource of this command came to hold a run, which the deletion of another row must not end; undefined where none does. */
    holder: (executionId: string) => [...held.values()].find((entry) => entry.executionId === executionId)?.since,
    /** The other resource of this command that holds the same run and would end it; undefined where none does. */
    otherHolder: (urn: string, executionId: string) =>
      [...held].find(
        ([other, entry]) => other !== urn && entry.executionId === executionId && entry.onDelete === "abort",
      )?.[0],
    /** Notes a run that was aborted for the replacement of its resource. */
    aborted: (urn: string, recorded: ExecutionOutputs) => abortedRuns.set(urn, recorded),
    abortedRun: (urn: string) => abortedRuns.get(urn),
    /**
     * Whether the engine replaces a resource because somebody asked for a new run: check was given its old inputs, and no diff was asked
     * for.
     */
    isReplacedByForce: (urn: string) => before.has(urn) && !held.has(urn),
    /** Notes which URN the program gives to a resource that is recorded under another one (or the same). */
    renamed: (recordedUrn: string, urn: string) => urns.set(recordedUrn, urn),
    /** The URN of a recorded resource in this command's program; the recorded one when the program has not declared it. */
    currentUrn: (recordedUrn: string) => urns.get(recordedUrn) ?? recordedUrn,
    /** Between a read and the next check the engine is refreshing: its diff then only looks, and nothing will come of it. */
    refreshing: (urn: string, begun: boolean) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn: string) => refreshed.has(urn),
  };
}
