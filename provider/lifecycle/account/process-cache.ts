import type { ExecutionSummary } from "../../lyceum/port";
import type { OnDelete, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import { createKnownRuns } from "./known-runs";

/**
 * The observations and actions of one provider process in this command. The engine passes only a part of it to each
 * call: check receives the inputs of the last command, delete receives none, and a diff does not know whether it
 * belongs to a refresh.
 */
export type ProcessCache = ReturnType<typeof createProcessCache>;

/** The run of a declared resource, and how the resource got it. */
interface Held {
  /** The id of the run. Absent if the run is replaced. */
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
    /** Notes that a resource has a recorded run. */
    sawRecorded: (recorded: ExecutionOutputs) => {
      const { resourceUrn: urn, attempt } = recorded;
      known.add(recorded);
      if (urn !== "") attempts.set(urn, Math.max(attempt, attempts.get(urn) ?? 0));
    },
    /** The highest recorded attempt of a resource. `undefined` if this process has not read one. */
    recordedAttempt: (urn: string) => attempts.get(urn),
    /** Notes that this process started, adopted, deleted or replaced the run. */
    handled: (run: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>) =>
      known.add(run),
    /**
     * Whether this process knows the run: it has read its record, or has started or deleted the run. A lookup never
     * adopts such a run.
     */
    isKnown: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.has(run),
    /**
     * Whether this process knows the run by its id. The key is not used here: after a run has ended, an active run with
     * the same key is another run.
     */
    isKnownById: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.hasId(run),
    /**
     * Notes entries of a list or of the history. Only they show whether an id is another form of a known id, or the id
     * of a second run of one request.
     */
    shows: (executions: readonly ExecutionSummary[]) => known.shows(executions),
    /** Notes that this process sends a start with this key. */
    sends: (startKey: string) => sent.add(startKey),
    /** Whether this process has sent the start with this key, including its tag. */
    hasSent: (startKey: string) => sent.has(startKey),
    /**
     * Notes that the program accepts the loss of a run. The run is then replaced, and its deletion needs no proof of
     * its end.
     */
    acceptLoss: (executionId: string) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId: string) => acceptedLosses.has(executionId),
    /**
     * When the checks for the replacement of a resource's run were made, before its abort. Milliseconds since the
     * epoch.
     */
    rehearsed: (urn: string, at: number) => rehearsals.set(urn, at),
    rehearsedAt: (urn: string) => rehearsals.get(urn),
    /** True the first time for each line, so that a warning is reported only once in a command. */
    firstTime: (line: string) => !printed.has(line) && printed.add(line) !== undefined,
    /**
     * Keeps inputs of the last command, as check received them. They only explain a change, and never decide alone
     * whether there is one.
     */
    rememberOldInputs: (urn: string, inputs: ResourceInputs) => before.set(urn, inputs),
    oldInputs: (urn: string) => before.get(urn),
    /**
     * Notes inputs of a resource that will be created. If this command later deletes the recorded run of the resource,
     * these are the inputs of the replacement.
     */
    planCreate: (urn: string, inputs: ResourceInputs) => {
      planned.set(urn, inputs);
      if (held.has(urn)) held.set(urn, { executionId: undefined, since: "kept", onDelete: "abort" });
    },
    plannedCreate: (urn: string) => planned.get(urn),
    /**
     * Notes the run of a declared resource, after a diff kept it or a create made it. The run is absent if it is
     * replaced.
     */
    holds: (urn: string, { executionId, since, onDelete }: Held) =>
      held.set(urn, { executionId: executionId === "" ? undefined : executionId, since, onDelete }),
    /**
     * How a resource of this command got a run. The deletion of another resource may not end this run. Undefined if no
     * resource has it.
     */
    holder: (executionId: string) => [...held.values()].find((entry) => entry.executionId === executionId)?.since,
    /** Another resource of this command that has the same run and would end it. Undefined if there is none. */
    otherHolder: (urn: string, executionId: string) =>
      [...held].find(
        ([other, entry]) => other !== urn && entry.executionId === executionId && entry.onDelete === "abort",
      )?.[0],
    /** Notes a run that was aborted because its resource is replaced. */
    aborted: (urn: string, recorded: ExecutionOutputs) => abortedRuns.set(urn, recorded),
    abortedRun: (urn: string) => abortedRuns.get(urn),
    /** Whether the user forced a new run. Check then received old inputs, and no diff followed. */
    isReplacedByForce: (urn: string) => before.has(urn) && !held.has(urn),
    /** Notes the URN that the program gives to a resource. The state may have recorded another URN. */
    renamed: (recordedUrn: string, urn: string) => urns.set(recordedUrn, urn),
    /**
     * The current URN of a recorded resource in the program. The recorded URN, if the program has not declared the
     * resource yet.
     */
    currentUrn: (recordedUrn: string) => urns.get(recordedUrn) ?? recordedUrn,
    /** Notes whether the engine refreshes: from a read until the next check. A diff in this time changes nothing. */
    refreshing: (urn: string, begun: boolean) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn: string) => refreshed.has(urn),
  };
}
