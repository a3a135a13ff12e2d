import { classifyStatus, isBareEnd } from "../../lyceum/answers/status";
import { isRefusedForGood } from "../../lyceum/capability";
import { LyceumError } from "../../lyceum/errors";
import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { ObservedRun } from "../run/record/record";
import { bounded } from "./deadline";
import { createEndedRuns } from "./ended-runs";
import {
  CONFIRM_SECONDS,
  isRefusal,
  isUnconfirmed,
  isWhole,
  type Listed,
  type Observation,
  observeOnce,
  statusOfEntry,
} from "./observe";
import type { Clock } from "./ports";

/** A wait for a run, which receives the observations of the run. */
export interface Watcher {
  readonly executionId: string;
  readonly begunAt: number;
  readonly see: (observation: Observation) => void;
  readonly fail: (error: unknown) => void;
  /** When the run may be read by its id again, in milliseconds since the epoch. */
  nextReadAt: number;
  /** The number of reads of the run by its id. A list that makes a read unnecessary resets the number to 0. */
  reads: number;
  /** Whether the wait needs only the end and its time. If the history shows the end, the run itself is not read. */
  readonly endOnly?: boolean;
  /**
   * Whether the last status showed an end by a status word alone. The run is read again before the watcher gets an end.
   */
  mayHaveEnded?: boolean;
}

/** What one tick of the poller knows from the list of active runs and from the history of runs. */
interface TickFacts {
  /** Active runs by id. Undefined if the list could not be read. */
  readonly listed: ReadonlyMap<string, ObservedRun> | undefined;
  /** Whether `listed` has all active runs. If it has, a run that is not in `listed` is not active. */
  readonly whole: boolean;
  /** The error of the request for the list, if Lyceum permanently refuses this request. */
  readonly refusal: LyceumError | undefined;
  readonly inHistory: (executionId: string) => Promise<ObservedRun | undefined>;
}

const READS_AT_ONCE = 8;
/** If Lyceum answers 429 to this number of successive requests for the list, the runs are read without the list. */
const MOST_PAUSES = 3;
/**
 * The longest time without requests after an answer 429, in seconds. It applies even if Lyceum asks for a longer pause.
 */
const LONGEST_PAUSE = 60;

/**
 * Makes the function for one tick. A tick reads the list of active runs once. If the list does not show a run, the tick
 * reads this run by its id. Then the tick passes the observation of each run to the watchers of this run. During a
 * pause that Lyceum asked for, a tick does nothing.
 */
export function createTick(
  client: LyceumPort,
  clock: Clock,
  watchers: ReadonlySet<Watcher>,
  onListed: (active: readonly ExecutionSummary[]) => void,
): () => Promise<void> {
  /** The end of the pause that Lyceum asked for (429), in milliseconds since the epoch. */
  let quietUntil = 0;
  /** The number of successive requests for the list that Lyceum answered with 429. */
  let pauses = 0;
  const endedRuns = createEndedRuns((range) =>
    bounded(clock, READ_SECONDS, (signal) => client.history(range, { signal })),
  );

  async function tick(): Promise<void> {
    if (clock.now() < quietUntil) return;
    // A watcher may join while the list is requested. Its run may have been started after Lyceum made the list. So only
    // the next list decides about this run.
    const present = [...watchers];
    let listed: ReadonlyMap<string, ObservedRun> | undefined;
    let whole = false;
    let refusal: LyceumError | undefined;
    try {
      const page = await bounded(clock, READ_SECONDS, (signal) => client.listActive({ signal }));
      listed = new Map(page.executions.map((entry) => [entry.executionId, entry]));
      whole = isWhole(page);
      pauses = 0;
      onListed(page.executions);
    } catch (error) {
      pauses = askedForPause(error) ? pauses + 1 : 0;
      if (pauses > 0 && pauses < MOST_PAUSES) return;
      quietUntil = 0;
      // If the list of active runs cannot be read, the code below reads each run by its id. `refusal` is the error if
      // Lyceum permanently refuses the list.
      if (isRefusedForGood(error)) refusal = error;
    }
    const due: Watcher[] = [];
    for (const watcher of present) {
      if (!watchers.has(watcher)) continue;
      const entry = listed?.get(watcher.executionId);
      const kind = entry === undefined ? "unknown" : classifyStatus(entry.status);
      // If the run's entry in the list has a known status word, the run itself is not read. Exception: the entry shows
      // an end without exit code and end time.
      if (entry !== undefined && kind !== "unknown" && !isBareEnd(entry)) {
        watcher.reads = 0;
        watcher.nextReadAt = 0;
        show(watcher, statusOfEntry(entry));
      } else if (clock.now() >= watcher.nextReadAt) {
        due.push(watcher);
      }
    }
    // If Lyceum answers 401 to the list, one run is read. Another 401 shows that Lyceum refuses the credential, and not
    // only the list.
    if (refusal?.status === 401 && due.length === 0) due.push(...present.slice(0, 1));
    const inHistory = sharedHistory();
    const unread = await withoutEnds(due);
    await inBatches(unread, READS_AT_ONCE, (watcher) => read(watcher, { listed, whole, refusal, inHistory }));
  }

  /**
   * Returns the watchers of `due` whose runs still have to be read. First passes ends that the history shows to the
   * watchers with `endOnly`.
   */
  async function withoutEnds(due: readonly Watcher[]): Promise<readonly Watcher[]> {
    const ids = new Set(due.filter(({ endOnly }) => endOnly === true).map(({ executionId }) => executionId));
    const ended = await endedRuns(ids);
    return due.filter((watcher) => {
      const run = watcher.endOnly === true ? ended.get(watcher.executionId) : undefined;
      if (run !== undefined) show(watcher, { kind: "status", status: run.status, record: run });
      return run === undefined;
    });
  }

  async function read(watcher: Watcher, facts: TickFacts): Promise<void> {
    // Lyceum has asked for a pause during this tick.
    if (clock.now() < quietUntil) return;
    try {
      const observation = await bounded(clock, READ_SECONDS, (signal) =>
        observeOnce(client, watcher.executionId, { signal, listed: async () => listedIn(facts, watcher.executionId) }),
      );
      watcher.nextReadAt = clock.now() + nextReadDelay(watcher.reads++) * 1000;
      if (observation.kind === "unreachable" && askedForPause(observation.error)) return;
      if (observation.kind === "missing") return await unread(watcher, observation, facts);
      if (observation.kind !== "refused") return show(watcher, observation);
      await refused(watcher, observation.error, facts);
    } catch (error) {
      if (!isRefusal(error)) return watcher.fail(error);
      // Lyceum answered 401 to both calls that read one run. If the list was read, the credential is valid, and Lyceum
      // refuses only these calls.
      if (facts.listed === undefined) return failAll(error);
      await refused(watcher, error, facts);
    }
  }

  /**
   * Called if Lyceum refuses to show the run itself. Passes to the watcher what the list or the history shows about the
   * run.
   */
  async function refused(watcher: Watcher, error: LyceumError, facts: TickFacts): Promise<void> {
    const entry = facts.listed?.get(watcher.executionId);
    if (entry !== undefined) show(watcher, statusOfEntry(entry));
    else await unread(watcher, blind(error, facts), facts);
  }

  /**
   * Passes an observation to the watcher. Exception: the first observation that shows an end by a status word alone is
   * not passed on. Then a later tick reads the run again after `CONFIRM_SECONDS`, and passes on what it observes.
   */
  function show(watcher: Watcher, observation: Observation): void {
    const wasEnd = watcher.mayHaveEnded === true;
    if (observation.kind === "status") watcher.mayHaveEnded = isUnconfirmed(observation);
    if (wasEnd || watcher.mayHaveEnded !== true) watcher.see(observation);
    else watcher.nextReadAt = clock.now() + CONFIRM_SECONDS * 1000;
  }

  /**
   * For a run that cannot be read by its id: passes the run's entry in the history to the watcher. If the history does
   * not show the run, passes `observation`.
   */
  async function unread(watcher: Watcher, observation: Observation, { inHistory }: TickFacts): Promise<void> {
    const record = await inHistory(watcher.executionId);
    show(watcher, record === undefined ? observation : { kind: "status", status: record.status, record });
  }

  /** Reads the newest page of the history, at most once in a tick. */
  function sharedHistory(): TickFacts["inHistory"] {
    let page: Promise<ReadonlyMap<string, ObservedRun>> | undefined;
    return async (executionId) => {
      page ??= bounded(clock, READ_SECONDS, (signal) =>
        client.history({ limit: API_LIMITS.historyPage, offset: 0 }, { signal }),
      )
        .then(({ executions }) => new Map(executions.map((entry) => [entry.executionId, entry as ObservedRun])))
        .catch(() => new Map());
      return (await page).get(executionId);
    };
  }

  /** Returns whether an error asks for a pause, and remembers the pause. No request is sent during the pause. */
  function askedForPause(error: unknown): boolean {
    if (!LyceumError.isInstance(error) || error.status !== 429) return false;
    quietUntil = clock.now() + Math.min(error.retryAfterSeconds ?? 5, LONGEST_PAUSE) * 1000;
    return true;
  }

  function failAll(error: unknown): void {
    for (const watcher of [...watchers]) watcher.fail(error);
  }

  return tick;
}

/**
 * Returns the observation of a run if Lyceum refuses the reads of the run (`error`), and neither the list nor the
 * history shows the run.
 */
function blind(error: LyceumError, { whole, refusal }: TickFacts): Observation {
  if (refusal !== undefined) return { kind: "refused", error };
  return whole ? { kind: "unlisted", error } : { kind: "unreachable", error };
}

/**
 * Returns whether the list of active runs shows a run. Returns "unknown" if the list is not complete and does not show
 * the run. Returns false if Lyceum permanently refuses the list.
 */
function listedIn({ listed, whole, refusal }: TickFacts, executionId: string): Listed {
  if (refusal !== undefined) return false;
  if (listed?.has(executionId)) return true;
  return whole ? false : "unknown";
}

/** Calls `work` for all items. At most `limit` calls run at the same time. */
async function inBatches<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

/** Minimum number of seconds between two requests for the list. */
export const SHORTEST_TICK = 0.5;

/**
 * Returns the seconds until the next request for the list of active runs. The wait that began last decides: at most 2 s
 * in its first minute, and 5 s later. So the end of a short run is found soon, and long runs cost few requests.
 */
export function tickSeconds(youngestSeconds: number): number {
  if (youngestSeconds < 3) return SHORTEST_TICK;
  if (youngestSeconds < 15) return 1;
  return youngestSeconds < 60 ? 2 : 5;
}

/** Returns the seconds until the next read of a run that the list does not show: 1, 2, 4, 8, 15, 15, … */
export function nextReadDelay(readsSoFar: number): number {
  return Math.min(15, 2 ** Math.min(readsSoFar, 10));
}
