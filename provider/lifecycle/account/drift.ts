import { isBareEnd } from "../../lyceum/answers/status";
import { isGap, type OptionalCall } from "../../lyceum/capability";
import type { ExecutionPage, ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { isUnclear } from "../../schema/run-id";
import { LifecycleError, lifecycleErrors } from "../run/errors";
import { formatStartKey, keysIn } from "../run/identity/start-key";
import type { RunPolicy } from "../run/policy";
import { isOver, mustHaveEnded, withMissing } from "../run/record/ended";
import { type ExecutionOutputs, listedEntry, type ObservedRun, withObserved, withRecord } from "../run/record/record";
import { sameTarget } from "../run/target";
import { bounded, unlessCancelled } from "../watch/deadline";
import { explainedByJob } from "../watch/job-end";
import { isUnconfirmed, type Observation, observeOnce } from "../watch/observe";
import type { Clock } from "../watch/ports";
import { isSameId } from "./known-runs";
import type { Gap } from "./lookup-gaps";

/** What one command has learned about a recorded run. */
export interface Drift {
  readonly outputs: ExecutionOutputs;
  /** Whether `outputs` comes from an answer of Lyceum. If not, `outputs` is the recorded state. */
  readonly isObserved: boolean;
  /** Why the lookup of the run is incomplete, for example because Lyceum refused a request or the API key. */
  readonly gaps: readonly Gap[];
  /**
   * An error if the settings may be for another account: the state records another base URL or organization for the
   * run, or Lyceum does not know the run.
   */
  readonly doubt?: LifecycleError;
  /** The file name under which a list shows the run. */
  readonly fileName?: string | undefined;
}

/** Reads the current state of the runs, for all resources of one command. */
export interface DriftCheck {
  /**
   * Returns the current state of a recorded run. If a request fails or takes longer than 2 s, returns the recorded
   * state unchanged. All runs of a command share one request for the list and one for the history. Sends no request if
   * the state records that the run is over or lost, if its start got no clear answer, or if the run is at another base
   * URL or organization.
   *
   * `whenLost` decides about a run that neither the list nor the history shows. With "rerun", the provider reads this
   * run by its id, and the run is lost if Lyceum answers 404. With "fail", the provider reads only one such run in a
   * command. If Lyceum answers 404, `doubt` is set. With "keep", the provider reads no run by its id.
   */
  current(recorded: ExecutionOutputs, whenLost?: RunPolicy): Promise<Drift>;
  /**
   * Returns the active runs of the account, from the list that `current` also uses. Empty if the request fails, is
   * refused or takes longer than 2 s.
   */
  activeRuns(): Promise<readonly ExecutionSummary[]>;
}

/** Maximum number of seconds that a drift check waits for one request. A longer wait would delay a preview. */
const AT_MOST_SECONDS = 2;

/** The result of a request for the list of active runs or for the history. */
type Shown =
  | { readonly kind: "runs"; readonly executions: readonly ExecutionSummary[]; readonly entryOf: EntryOf }
  | { readonly kind: "refused"; readonly gap: Extract<Gap, { kind: "refused" }> }
  | { readonly kind: "unreachable" };

/**
 * Finds a recorded run in a list or in the history: by its id, or by its start key if the list writes the id in another
 * form, such as `run-4F2A9C` for `4f2a9c`.
 */
type EntryOf = (recorded: Pick<ExecutionOutputs, "executionId" | "startKey">) => ObservedRun | undefined;

function entriesOf(executions: readonly ExecutionSummary[], shown: (entry: ExecutionSummary) => ObservedRun): EntryOf {
  const byId = new Map(executions.map((entry) => [entry.executionId, entry]));
  const byKey = new Map(
    executions.flatMap((entry) => keysIn(entry.fileName).map((key) => [formatStartKey(key), entry] as const)),
  );
  return ({ executionId, startKey }) => {
    const own = byKey.get(startKey);
    // If no entry has the recorded id, an entry with the start key counts only if its id is another form of the
    // recorded id. An entry with a different id is another run: a proxy may have sent the request of the start twice.
    const entry = byId.get(executionId) ?? (own && isSameId(own.executionId, executionId) ? own : undefined);
    return entry && shown(entry);
  };
}

/**
 * Makes the drift check of one command. Makes the client only before the first request, because a preview may have no
 * credential.
 */
export function createDriftCheck(client: () => LyceumPort, clock: Clock): DriftCheck {
  let active: Promise<Shown> | undefined;
  let history: Promise<Shown> | undefined;
  let isDoubted = false;

  /** Makes a request and stops waiting for it after the time limit, even if the request ignores its abort signal. */
  const within = <T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    bounded(clock, AT_MOST_SECONDS, (signal) =>
      unlessCancelled(
        signal,
        () => call(signal),
        () => new Error("too late"),
      ),
    );

  async function ask(call: OptionalCall, read: (signal: AbortSignal) => Promise<ExecutionPage>): Promise<Shown> {
    try {
      const { executions } = await within(read);
      const entryOf = entriesOf(executions, (entry) => (call === "list" ? listedEntry(entry) : entry));
      return { kind: "runs", executions, entryOf };
    } catch (error) {
      return isGap(error) ? { kind: "refused", gap: { kind: "refused", call, error } } : { kind: "unreachable" };
    }
  }

  const listActive = (): Promise<Shown> => {
    active ??= ask("list", (signal) => client().listActive({ signal }));
    return active;
  };

  async function check(recorded: ExecutionOutputs, whenLost: RunPolicy): Promise<Drift> {
    const unseen = (gaps: readonly Gap[]): Drift => ({ outputs: recorded, isObserved: false, gaps });
    const listed = await listActive();
    if (listed.kind === "unreachable") return unseen([]);
    const gaps = listed.kind === "refused" ? [listed.gap] : [];
    const entry = listed.kind === "runs" ? listed.entryOf(recorded) : undefined;
    if (entry !== undefined) return entryShows(recorded, entry, gaps);
    // The history is needed only if the list no longer shows a run. One request is enough for all runs.
    history ??= ask("history", (signal) => client().history({ limit: API_LIMITS.historyPage, offset: 0 }, { signal }));
    const past = await history;
    // Lyceum refuses the credential only if it answers 401 to both requests. A single 401 is a gap like any other
    // refused request.
    if (
      listed.kind === "refused" &&
      past.kind === "refused" &&
      [listed, past].every(({ gap }) => gap.error.status === 401)
    )
      return unseen([{ kind: "credential", error: past.gap.error }]);
    if (past.kind === "refused" && !(whenLost === "rerun" && listed.kind === "runs"))
      return unseen([...gaps, past.gap]);
    const ended = past.kind === "runs" ? past.entryOf(recorded) : undefined;
    if (ended !== undefined) return entryShows(recorded, ended, gaps);
    const all = past.kind === "refused" ? [...gaps, past.gap] : gaps;
    const readable = past.kind === "runs" || listed.kind === "runs";
    if (!readable || past.kind === "unreachable") return unseen(all);
    if (whenLost === "rerun") return confirm(recorded, all);
    // With "fail", the run is read only to warn that the API key may belong to another account. One such read in a
    // command is enough. A run whose time limits have passed is not read, because Lyceum may answer 404 for it even to
    // the API key of the right account.
    if (whenLost === "keep" || isDoubted || mustHaveEnded(recorded, clock.now())) return unseen(all);
    isDoubted = true;
    const { outputs, ...drift } = await confirm(recorded, all);
    if (outputs.missing === undefined) return { outputs, ...drift };
    return { ...unseen(all), doubt: lifecycleErrors.lost(recorded.executionId, recorded.status) };
  }

  const read = ({ executionId }: ExecutionOutputs): Promise<Observation> =>
    within((signal) => observeOnce(client(), executionId, { signal })).catch((error) => ({
      kind: "unreachable",
      error,
    }));

  /**
   * Returns the state of a run that the list or the history shows. If the entry shows the run's end without an exit
   * code and an end time, reads the run itself to confirm the end.
   */
  async function entryShows(recorded: ExecutionOutputs, entry: ObservedRun, gaps: readonly Gap[]): Promise<Drift> {
    const { fileName } = entry;
    if (!isBareEnd(entry)) return explained(recorded, withRecord(recorded, entry), { gaps, fileName });
    const observed = await read(recorded);
    if (observed.kind === "status") return explained(recorded, withObserved(recorded, observed), { gaps });
    // If Lyceum answers 404 for the run itself, or refuses all calls that read the run, the entry in the list or in the
    // history is the best source.
    const isBest = observed.kind === "refused" || observed.kind === "missing";
    return isBest
      ? explained(recorded, withRecord(recorded, entry), { gaps })
      : { outputs: recorded, isObserved: false, gaps };
  }

  /**
   * Returns the observed state of a run (`outputs`). If the run has a `job` and ended without success, its log may show
   * that the job ended before the run was stopped. If the log cannot be read now, returns the recorded state.
   */
  async function explained(
    recorded: ExecutionOutputs,
    outputs: ExecutionOutputs,
    rest: Pick<Drift, "gaps" | "fileName">,
  ): Promise<Drift> {
    const end = await explainedByJob({ client: client(), clock }, outputs, AT_MOST_SECONDS);
    return end.kind === "known"
      ? { outputs: end.outputs, isObserved: true, ...rest }
      : { outputs: recorded, isObserved: false, ...rest };
  }

  async function confirm(recorded: ExecutionOutputs, gaps: readonly Gap[]): Promise<Drift> {
    const observed = await read(recorded);
    if (observed.kind === "status" && observed.record && !isUnconfirmed(observed))
      return explained(recorded, withRecord(recorded, observed.record), { gaps });
    if (observed.kind !== "missing") return { outputs: recorded, isObserved: false, gaps };
    return { outputs: withMissing(recorded, clock.now()), isObserved: true, gaps };
  }

  return {
    async current(recorded, whenLost = "fail") {
      const unseen: Drift = { outputs: recorded, isObserved: false, gaps: [] };
      if (isOver(recorded) || isUnclear(recorded) || recorded.missing !== undefined) return unseen;
      try {
        sameTarget(recorded, client());
        return await check(recorded, whenLost);
      } catch (error) {
        if (error instanceof LifecycleError) return { ...unseen, doubt: error };
        // Without a credential, as in some previews, no run can be read.
        return unseen;
      }
    },
    async activeRuns() {
      const listed = await listActive();
      return listed.kind === "runs" ? listed.executions : [];
    },
  };
}
