import type { ExecutionSummary } from "../../lyceum/port";
import type { OnDelete, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { createKnownRuns } from "./known-runs";

/**
 * What one provider process has observed and done in this command. The engine passes only a part of these facts to each
 * method of the provider: check receives the inputs of the last command, delete receives no inputs, and a diff does not
 * know whether it belongs to a refresh.
 */
export type ProcessCache = ReturnType<typeof createProcessCache>;

/** The run of a declared resource, and how the resource got it. */
interface Held {
  /** The id of the run. Absent if the run is about to be replaced. */
  readonly executionId: string | undefined;
  readonly since: "kept" | "created";
  readonly onDelete: OnDelete;
}

type RunFiles = Pick<ExecutionOutputs, "executionId" | "artifacts">;

/** Makes an empty cache. */
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
  const artifacts = new Map<string, ReadonlySet<string>>();
  const sawArtifacts = ({ executionId, artifacts: files = {} }: RunFiles): void =>
    void artifacts.set(executionId, new Set(Object.values(files).map(({ key }) => key)));
  const holder = (executionId: string) => [...held.values()].find((entry) => entry.executionId === executionId)?.since;
  return {
    /** Remembers that the state records a run of a resource. */
    sawRecorded: (recorded: ExecutionOutputs) => {
      const { resourceUrn: urn, attempt } = recorded;
      known.add(recorded);
      sawArtifacts(recorded);
      if (urn !== "") attempts.set(urn, Math.max(attempt, attempts.get(urn) ?? 0));
    },
    /**
     * The highest attempt that the state records for a resource. `undefined` if this process has read no attempt of the
     * resource.
     */
    recordedAttempt: (urn: string) => attempts.get(urn),
    /** Remembers that this process started, adopted, deleted or replaced the run. */
    handled: (run: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>) =>
      known.add(run),
    /**
     * Whether this process knows the run: it has read the run in the state, or has started or deleted the run. A lookup
     * never adopts such a run.
     */
    isKnown: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.has(run),
    /**
     * Whether this process knows the id of the run. The start key is not compared: after a run has ended, an active run
     * with the same key is another run.
     */
    isKnownById: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.hasId(run),
    /**
     * Remembers entries of a list or of the history. Only these entries show whether an id is another form of a known
     * id, or the id of a second run from the same request.
     */
    shows: (executions: readonly ExecutionSummary[]) => known.shows(executions),
    /** Remembers that this process sends a start with this start key. */
    sends: (startKey: string) => sent.add(startKey),
    /** Whether this process has sent a start with this start key, including the tag. */
    hasSent: (startKey: string) => sent.has(startKey),
    /**
     * Remembers that the program accepts the loss of a run. This command then replaces the run without proof that the
     * run has ended.
     */
    acceptLoss: (executionId: string) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId: string) => acceptedLosses.has(executionId),
    /**
     * Remembers when the checks for the replacement of a resource's run were made, in milliseconds since the epoch. The
     * old run is aborted after these checks.
     */
    rehearsed: (urn: string, at: number) => rehearsals.set(urn, at),
    rehearsedAt: (urn: string) => rehearsals.get(urn),
    /** Returns true the first time for each line, so that a command reports each warning only once. */
    firstTime: (line: string) => !printed.has(line) && printed.add(line) !== undefined,
    /**
     * Remembers inputs of the last command, as check received them. These inputs only explain a change. Alone, they
     * never decide whether there is a change.
     */
    rememberOldInputs: (urn: string, inputs: ResourceInputs) => before.set(urn, inputs),
    oldInputs: (urn: string) => before.get(urn),
    /**
     * Remembers the inputs of a resource that the engine will create. If this command later deletes the recorded run of
     * the resource, these are the inputs of the replacement.
     */
    planCreate: (urn: string, inputs: ResourceInputs) => {
      planned.set(urn, inputs);
      if (held.has(urn)) held.set(urn, { executionId: undefined, since: "kept", onDelete: "abort" });
    },
    plannedCreate: (urn: string) => planned.get(urn),
    /**
     * Remembers which run a declared resource has, after a diff kept the run or a create made it. The id is absent if
     * the run is replaced.
     */
    holds: (urn: string, { executionId, since, onDelete }: Held) =>
      held.set(urn, { executionId: executionId === "" ? undefined : executionId, since, onDelete }),
    /**
     * Returns how a resource of this command got the run, or undefined if no resource has the run. If a resource has
     * the run, the deletion of another resource must not end it.
     */
    holder,
    /** Remembers the artifacts of a run that this command has looked up. */
    sawArtifacts,
    /** Whether a declared resource with another run has the file with this key as an artifact too. */
    isArtifactOfOther: (executionId: string, key: string) =>
      [...artifacts].some(([run, keys]) => run !== executionId && keys.has(key) && holder(run) !== undefined),
    /**
     * The URN of another resource of this command that has the same run and would abort the run. Undefined if there is
     * none.
     */
    otherHolder: (urn: string, executionId: string) =>
      [...held].find(
        ([other, entry]) => other !== urn && entry.executionId === executionId && entry.onDelete === "abort",
      )?.[0],
    /** Remembers a run that was aborted because its resource is replaced. */
    aborted: (urn: string, recorded: ExecutionOutputs) => abortedRuns.set(urn, recorded),
    abortedRun: (urn: string) => abortedRuns.get(urn),
    /** Whether the user forced a new run. In this case, check received old inputs, and no diff followed. */
    isReplacedByForce: (urn: string) => before.has(urn) && !held.has(urn),
    /** Remembers the URN that the program gives to a resource. The state may have another URN for the same resource. */
    renamed: (recordedUrn: string, urn: string) => urns.set(recordedUrn, urn),
    /**
     * The URN of a recorded resource in the current program. If the program has not declared the resource yet, returns
     * the recorded URN.
     */
    currentUrn: (recordedUrn: string) => urns.get(recordedUrn) ?? recordedUrn,
    /**
     * Remembers whether the engine refreshes a resource. A refresh lasts from a read until the next check, and a diff
     * in this time changes nothing.
     */
    refreshing: (urn: string, begun: boolean) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn: string) => refreshed.has(urn),
  };
}
