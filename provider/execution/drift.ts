import { isRefusedForGood, type OptionalCall } from "../lyceum/capability";
import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import { API_LIMITS } from "../schema";
import { isOver, withMissing } from "./ended";
import type { Gap } from "./gaps";
import { observe } from "./observe";
import type { ExecutionOutputs } from "./outputs";
import type { Clock } from "./ports";
import { listedEntry, type ObservedRun, withRecord } from "./record";

/** What one command has learned of a recorded run, for all its resources with at most two calls. */
export interface Drift {
  readonly outputs: ExecutionOutputs;
  /** Whether the service showed the run; false when the call failed, took too long, or did not show it. */
  readonly isObserved: boolean;
  /** Calls that the service refuses: what has happened since cannot be seen. */
  readonly gaps: readonly Gap[];
}

/** What one shared lookup has shown of a run; absent when the lookup failed, took too long, or said nothing of it. */
export interface DriftCheck {
  /**
   * The recorded run as the service shows it now. Only the first call of a command may take up to 2 s; every failure
   * leaves the record as it is. A run recorded as ended, missing, or at another base URL costs nothing. `confirmLost` reads
   * the record of a run that neither list nor history shows: one that answers 404 is lost.
   */
  current(recorded: ExecutionOutputs, options?: { readonly confirmLost?: boolean }): Promise<Drift>;
}

const AT_MOST_SECONDS = 2;

/** What one of the two calls has shown of all runs. */
type Shown =
  | { readonly kind: "runs"; readonly runs: ReadonlyMap<string, ObservedRun> }
  | { readonly kind: "refused"; readonly gap: Gap }
  | { readonly kind: "unclear" };

/** Makes the drift check of one command. The client is asked for late: a preview may have no credential. */
export function createDriftCheck(client: () => LyceumPort, clock: Clock): DriftCheck {
  let active: Promise<Shown> | undefined;
  let history: Promise<Shown> | undefined;

  async function within<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const cut = new AbortController();
    const finished = new AbortController();
    const late = clock.sleep(AT_MOST_SECONDS, finished.signal).then((): undefined => {
      cut.abort();
    });
    const result = await Promise.race([call(cut.signal), late]);
    finished.abort();
    return result;
  }

  async function ask(call: OptionalCall, read: (signal: AbortSignal) => Promise<ExecutionPage>): Promise<Shown> {
    const answer = within((signal) =>
      read(signal)
        .then((page): Shown => {
          const entries = page.executions.map(
            (entry) => [entry.executionId, call === "list" ? listedEntry(entry) : entry] as const,
          );
          return { kind: "runs", runs: new Map(entries) };
        })
        .catch((error): Shown => {
          // 401 may be the credential's: whoever needs the call finds out.
          if (!isRefusedForGood(error) || error.status === 401) return { kind: "unclear" };
          return { kind: "refused", gap: { kind: "refused", call, error } };
        }),
    );
    return (await answer) ?? { kind: "unclear" };
  }

  async function check(recorded: ExecutionOutputs, confirmLost: boolean): Promise<Drift> {
    const unseen = (gaps: readonly Gap[]): Drift => ({ outputs: recorded, isObserved: false, gaps });
    active ??= ask("list", (signal) => client().listActive({ signal }));
    const listed = await active;
    if (listed.kind === "unclear") return unseen([]);
    const gaps = listed.kind === "refused" ? [listed.gap] : [];
    const entry = listed.kind === "runs" ? listed.runs.get(recorded.executionId) : undefined;
    if (entry !== undefined) return { outputs: withRecord(recorded, entry), isObserved: true, gaps };
    // Only a run that has left the list is worth a second call, again one for all.
    history ??= ask("history", (signal) => client().history({ limit: API_LIMITS.historyPage, offset: 0 }, { signal }));
    const past = await history;
    if (past.kind === "refused" && !(confirmLost && listed.kind === "runs")) return unseen([...gaps, past.gap]);
    const ended = past.kind === "runs" ? past.runs.get(recorded.executionId) : undefined;
    if (ended !== undefined) return { outputs: withRecord(recorded, ended), isObserved: true, gaps };
    const all = past.kind === "refused" ? [...gaps, past.gap] : gaps;
    const readable = past.kind === "runs" || listed.kind === "runs";
    return confirmLost && readable && past.kind !== "unclear" ? confirm(recorded, all) : unseen(all);
  }

  async function confirm(recorded: ExecutionOutputs, gaps: readonly Gap[]): Promise<Drift> {
    const observed = await within((signal) => observe(client(), recorded.executionId, { signal }));
    if (observed?.kind === "status" && observed.record)
      return { outputs: withRecord(recorded, observed.record), isObserved: true, gaps };
    if (observed?.kind !== "missing") return { outputs: recorded, isObserved: false, gaps };
    return { outputs: withMissing(recorded, clock.now()), isObserved: true, gaps };
  }

  return {
    async current(recorded, { confirmLost = false } = {}) {
      const unseen: Drift = { outputs: recorded, isObserved: false, gaps: [] };
      if (isOver(recorded) || recorded.missing !== undefined) return unseen;
      try {
        return recorded.baseUrl === client().baseUrl ? await check(recorded, confirmLost) : unseen;
      } catch {
        // A preview needs no credential: without one the record stands.
        return unseen;
      }
    },
  };
}
