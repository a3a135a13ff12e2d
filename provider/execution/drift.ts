import type { LyceumPort } from "../lyceum/port";
import type { ExecutionOutputs } from "./outputs";
import type { Clock } from "./ports";
import { type Seen, withRecord } from "./record";
import { isEnd } from "./status";

/** What one shared look has shown of a run; absent when the look failed, took too long, or said nothing of it. */
export interface DriftLook {
  /**
   * The recorded run as the service shows it now. Only the first call of a command may take up to 2 s; every failure
   * leaves the record as it is. A run recorded as ended, missing, or at another base URL costs nothing.
   */
  current(recorded: ExecutionOutputs): Promise<{ readonly outputs: ExecutionOutputs; readonly seen: boolean }>;
}

const AT_MOST_SECONDS = 2;
const HISTORY_PAGE = 100;

/** Makes the shared look of one command. The client is asked for late: a preview may have no credential. */
export function createDriftLook(client: () => LyceumPort, clock: Clock): DriftLook {
  let active: Promise<ReadonlyMap<string, Seen> | undefined> | undefined;
  let history: Promise<ReadonlyMap<string, Seen> | undefined> | undefined;

  async function within(call: (signal: AbortSignal) => Promise<readonly (Seen & { executionId: string })[]>) {
    const cut = new AbortController();
    const finished = new AbortController();
    const late = clock.sleep(AT_MOST_SECONDS, finished.signal).then((): undefined => {
      cut.abort();
    });
    const answer = call(cut.signal)
      .then((entries) => new Map(entries.map((entry) => [entry.executionId, entry as Seen])))
      .catch((): undefined => undefined);
    const result = await Promise.race([answer, late]);
    finished.abort();
    return result;
  }

  async function look(executionId: string): Promise<Seen | undefined> {
    active ??= within((signal) => client().listActive({ signal }));
    const listed = await active;
    const entry = listed?.get(executionId);
    if (entry !== undefined || listed === undefined) return entry;
    // Only a run that has left the list is worth a second call, again one for all.
    history ??= within((signal) =>
      client()
        .history({ limit: HISTORY_PAGE, offset: 0 }, { signal })
        .then((page) => page.executions),
    );
    return (await history)?.get(executionId);
  }

  return {
    async current(recorded) {
      if (isEnd(recorded.status) || recorded.missing !== undefined) return { outputs: recorded, seen: false };
      try {
        if (recorded.baseUrl !== client().baseUrl) return { outputs: recorded, seen: false };
        const seen = await look(recorded.executionId);
        return seen === undefined
          ? { outputs: recorded, seen: false }
          : { outputs: withRecord(recorded, seen), seen: true };
      } catch {
        // A preview needs no credential: without one the record stands.
        return { outputs: recorded, seen: false };
      }
    },
  };
}
