import type { ExecutionSummary } from "../../lyceum/port";
import type { OnDelete, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import { createKnownRuns } from "./known-runs";

/**
 * What one provider process has observed and done in this command. Each step of the engine has only a part of it: check
 * gets the inputs of the last command, delete gets none, and a diff does not know whether it belongs to a refresh.
 */
export type ProcessCache = ReturnType<typeof createProcessCache>;

/** The run that a declared resource has, and how it got it. */
interface Held {
  /** Absent where the run is replaced. */
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
    /** The highest recorded attempt of a resource; `undefined` when this process has not seen one. */
    recordedAttempt: (urn: string) => attempts.get(urn),
    /** Notes that this process started, adopted, deleted or replaced the run. */
    handled: (run: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>) =>
      known.add(run),
    /** Whether this process has seen the run recorded, has started or deleted it. A lookup never adopts such a run. */
    isKnown: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.has(run),
    /** Like `isKnown`, but by the id alone: after a run has ended, an active run with the same key is another run. */
    isKnownById: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.hasId(run),
    /** Notes entries of a list or of the history. They distinguish a second run of a request from a form of an id. */
    shows: (executions: readonly ExecutionSummary[]) => known.shows(executions),
    /** Notes that this process sends a start with this key. */
    sends: (startKey: string) => sent.add(startKey),
    /** Whether this process has sent the start with this key, including its tag. */
    hasSent: (startKey: string) => sent.has(startKey),
    /** Notes that the program accepts the loss of a run, which is then replaced. Its delete needs no proof. */
    acceptLoss: (executionId: string) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId: string) => acceptedLosses.has(executionId),
    /** When the replacement of a resource's run was rehearsed, before its abort. Milliseconds since the epoch. */
    rehearsed: (urn: string, at: number) => rehearsals.set(urn, at),
    rehearsedAt: (urn: string) => rehearsals.get(urn),
    /** True the first time for each line, so that a warning is reported once in a command. */
    firstTime: (line: string) => !printed.has(line) && printed.add(line) !== undefined,
    /** Inputs of the last command, as check got them. They only explain a change and never decide one alone. */
    rememberOldInputs: (urn: string, inputs: ResourceInputs) => before.set(urn, inputs),
    oldInputs: (urn: string) => before.get(urn),
    /** Notes inputs of a new resource. If its recorded run is deleted later in this command, they replace it. */
    planCreate: (urn: string, inputs: ResourceInputs) => {
      planned.set(urn, inputs);
      if (held.has(urn)) held.set(urn, { executionId: undefined, since: "kept", onDelete: "abort" });
    },
    plannedCreate: (urn: string) => planned.get(urn),
    /** Notes the run of a declared resource, which its diff kept or its create made. Absent where it is replaced. */
    holds: (urn: string, { executionId, since, onDelete }: Held) =>
      held.set(urn, { executionId: executionId === "" ? undefined : executionId, since, onDelete }),
    /**
     * How a resource of this command got a run, which no deletion of another row may end; undefined where none has it.
     */
    holder: (executionId: string) => [...held.values()].find((entry) => entry.executionId === executionId)?.since,
    /** Another resource of this command that has the same run and would end it; undefined if no other has it. */
    otherHolder: (urn: string, executionId: string) =>
      [...held].find(
        ([other, entry]) => other !== urn && entry.executionId === executionId && entry.onDelete === "abort",
      )?.[0],
    /** Notes a run that was aborted for the replacement of its resource. */
    aborted: (urn: string, recorded: ExecutionOutputs) => abortedRuns.set(urn, recorded),
    abortedRun: (urn: string) => abortedRuns.get(urn),
    /** Whether the user asked the engine for a new run: check got old inputs, and no diff followed. */
    isReplacedByForce: (urn: string) => before.has(urn) && !held.has(urn),
    /** Notes the URN that the program gives to a resource, which may be recorded under another one. */
    renamed: (recordedUrn: string, urn: string) => urns.set(recordedUrn, urn),
    /**
     * The URN of a recorded resource in this command's program; the recorded one when the program has not declared it.
     */
    currentUrn: (recordedUrn: string) => urns.get(recordedUrn) ?? recordedUrn,
    /**
     * Notes that the engine is refreshing: it is from a read to the next check, and a diff then changes nothing.
     */
    refreshing: (urn: string, begun: boolean) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn: string) => refreshed.has(urn),
  };
}
