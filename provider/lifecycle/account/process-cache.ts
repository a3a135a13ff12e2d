import type { ExecutionSummary } from "../../lyceum/port";
import type { OnDelete, ResourceInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { createKnownRuns } from "./known-runs";

/**
 * What one provider process has observed and done in this command. The engine passes only some of these facts to each
 * method of the provider. For example, delete receives no inputs, and a diff does not know whether it belongs to a
 * refresh.
 */
export type ProcessCache = ReturnType<typeof createProcessCache>;

/** The run of a declared resource, and how the resource got it. */
interface Held {
  /** The id of the run. Undefined if the run is about to be replaced, or if its id is unknown. */
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
     * Returns the highest attempt number that the state records for a resource. `undefined` if this process has read no
     * state of the resource.
     */
    recordedAttempt: (urn: string) => attempts.get(urn),
    /** Remembers a run that this process has, for example, started, adopted, aborted or deleted. */
    handled: (run: Pick<ExecutionOutputs, "executionId"> & Partial<Pick<ExecutionOutputs, "startKey">>) =>
      known.add(run),
    /** Whether the process knows a run from `sawRecorded` or `handled`. A lookup adopts no known run. */
    isKnown: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.has(run),
    /**
     * Whether this process knows the id of the run. A known start key alone is not enough: a second run may have this
     * key.
     */
    isKnownById: (run: Pick<ExecutionSummary, "executionId" | "fileName">) => known.hasId(run),
    /**
     * Remembers which start keys a list shows with several ids. `isKnown` needs this for a known start key with an
     * unknown id. If a list shows the known id, too, there are two runs. Otherwise, Lyceum shows the id of one run in
     * two forms.
     */
    shows: (executions: readonly ExecutionSummary[]) => known.shows(executions),
    /** Remembers that this process sends a start with this start key. */
    sends: (startKey: string) => sent.add(startKey),
    /** Whether this process has sent a start with exactly this start key. The start key includes its tag. */
    hasSent: (startKey: string) => sent.has(startKey),
    /**
     * Remembers that the program accepts the loss of a run. This command then replaces the run without proof that the
     * run has ended.
     */
    acceptLoss: (executionId: string) => acceptedLosses.add(executionId),
    isLossAccepted: (executionId: string) => acceptedLosses.has(executionId),
    /**
     * Remembers when the provider made the checks for a replacement, in milliseconds since the epoch. The old run is
     * aborted after these checks, so the lookup for the new run needs a later snapshot.
     */
    rehearsed: (urn: string, at: number) => rehearsals.set(urn, at),
    rehearsedAt: (urn: string) => rehearsals.get(urn),
    /** Returns true only the first time for each line, so that a command prints each warning once. */
    firstTime: (line: string) => !printed.has(line) && printed.add(line) !== undefined,
    /**
     * Remembers the inputs of the last command, as check received them. If the host passes no old inputs to a diff, the
     * diff compares the new inputs with these.
     */
    rememberOldInputs: (urn: string, inputs: ResourceInputs) => before.set(urn, inputs),
    oldInputs: (urn: string) => before.get(urn),
    /**
     * Remembers the inputs with which the engine will create a resource. If a later deletion in this command finds such
     * inputs with `plannedCreate`, the deletion belongs to a replacement.
     */
    planCreate: (urn: string, inputs: ResourceInputs) => {
      planned.set(urn, inputs);
      if (held.has(urn)) held.set(urn, { executionId: undefined, since: "kept", onDelete: "abort" });
    },
    plannedCreate: (urn: string) => planned.get(urn),
    /** Remembers which run a declared resource has, after a diff, create or update. */
    holds: (urn: string, { executionId, since, onDelete }: Held) =>
      held.set(urn, { executionId: executionId === "" ? undefined : executionId, since, onDelete }),
    /**
     * Returns how a resource of this command got a run (`since`), or undefined if no resource has the run. While a
     * resource has the run, the deletion of another resource must not end the run.
     */
    holder,
    /** Remembers the artifacts of a run, after this command has looked them up. */
    sawArtifacts,
    /**
     * Returns true if the file at `key` is an artifact of another run, and if a resource of this command has this other
     * run.
     */
    isArtifactOfOther: (executionId: string, key: string) =>
      [...artifacts].some(([run, keys]) => run !== executionId && keys.has(key) && holder(run) !== undefined),
    /** Returns the URN of another resource of this command that has the same run and would abort the run. */
    otherHolder: (urn: string, executionId: string) =>
      [...held].find(
        ([other, entry]) => other !== urn && entry.executionId === executionId && entry.onDelete === "abort",
      )?.[0],
    /** Remembers a run that was aborted because its resource is replaced. */
    aborted: (urn: string, recorded: ExecutionOutputs) => abortedRuns.set(urn, recorded),
    abortedRun: (urn: string) => abortedRuns.get(urn),
    /**
     * Whether the user forced a new run. In this case, the engine passes old inputs to check, and does not ask for a
     * diff.
     */
    isReplacedByForce: (urn: string) => before.has(urn) && !held.has(urn),
    /** Remembers the URN of a resource in the program. The state may have another URN for the same resource. */
    renamed: (recordedUrn: string, urn: string) => urns.set(recordedUrn, urn),
    /**
     * Returns the URN that the program uses for a recorded resource. Before the program declares the resource, returns
     * the recorded URN.
     */
    currentUrn: (recordedUrn: string) => urns.get(recordedUrn) ?? recordedUrn,
    /**
     * Remembers whether the engine refreshes a resource. A refresh lasts from a read until the next check. During a
     * refresh, the engine does not act on the answer of a diff.
     */
    refreshing: (urn: string, begun: boolean) => (begun ? refreshed.add(urn) : refreshed.delete(urn)),
    isRefreshing: (urn: string) => refreshed.has(urn),
  };
}
