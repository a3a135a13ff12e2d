import { classifyStatus, isBareEnd } from "../../lyceum/answers/status";
import { isRefusedForGood } from "../../lyceum/capability";
import { LyceumError } from "../../lyceum/errors";
import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { ObservedRun } from "../run/record";
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

/** A run that is watched. */
export interface Watcher {
  readonly executionId: string;
  readonly begunAt: number;
  readonly see: (observation: Observation) => void;
  readonly fail: (error: unknown) => void;
  /** When the run may be read by its id again, in milliseconds since the epoch. */
  nextReadAt: number;
  /** How often the run was read by its id since a list last showed it. */
  reads: number;
  /** Whether the wait needs only the end and its time. The history shows both, so the record is not needed. */
  readonly endOnly?: boolean;
  /** Whether the last status was an end that only a status word shows. A second such status confirms it. */
  mayHaveEnded?: boolean;
}

/** The facts that a tick reads before it reads single runs. */
interface TickFacts {
  /** Active runs by id; undefined if the list could not be read. */
  readonly listed: ReadonlyMap<string, ObservedRun> | undefined;
  /** Whether the list is complete. If it is, a run that it does not show is not active. */
  readonly whole: boolean;
  /** The error of a list call that the service refuses permanently. */
  readonly refusal: LyceumError | undefined;
  readonly inHistory: (executionId: string) => Promise<ObservedRun | undefined>;
}

const READS_AT_ONCE = 8;
/** If the service asks this many times in a row for a pause of the list, the runs are read without the list. */
const MOST_PAUSES = 3;
/**
 * The longest pause in seconds. A wait makes a request at least this often, even if the service asks for a longer
 * pause.
 */
const LONGEST_PAUSE = 60;

/**
 * One tick: reads the list of active runs once, then reads by their ids the runs that the list does not show, and
 * passes each watcher its observation. Does nothing during a pause that the service asked for.
 */
export function createTick(
  client: LyceumPort,
  clock: Clock,
  watchers: ReadonlySet<Watcher>,
  onListed: (active: readonly ExecutionSummary[]) => void,
): () => Promise<void> {
  /**
   * End of the pause that the service asked for (429), in milliseconds since the epoch. Before that, no request is
   * sent.
   */
  let quietUntil = 0;
  /** How many times in a row the service asked for a pause of the list. */
  let pauses = 0;
  const endedRuns = createEndedRuns((range) =>
    bounded(clock, READ_SECONDS, (signal) => client.history(range, { signal })),
  );

  async function tick(): Promise<void> {
    if (clock.now() < quietUntil) return;
    // A run that joins during the list call may have been started after it. So this list says nothing about it, and the
    // next list counts.
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
      // If the service does not give a list, a limited number of runs is read by their ids.
      if (isRefusedForGood(error)) refusal = error;
    }
    const due: Watcher[] = [];
    for (const watcher of present) {
      if (!watchers.has(watcher)) continue;
      const entry = listed?.get(watcher.executionId);
      const kind = entry === undefined ? "unknown" : classifyStatus(entry.status);
      // For an unknown status word, or an end without exit code and time, the record shows more than the list.
      if (entry !== undefined && kind !== "unknown" && !isBareEnd(entry)) {
        watcher.reads = 0;
        watcher.nextReadAt = 0;
        show(watcher, statusOfEntry(entry));
      } else if (clock.now() >= watcher.nextReadAt) {
        due.push(watcher);
      }
    }
    // After a 401, one read shows whether the service refuses only the list or the credential itself. So one run is
    // read even if none is due.
    if (refusal?.status === 401 && due.length === 0) due.push(...present.slice(0, 1));
    const inHistory = sharedHistory();
    const unread = await withoutEnds(due);
    await inBatches(unread, READS_AT_ONCE, (watcher) => read(watcher, { listed, whole, refusal, inHistory }));
  }

  /**
   * If many runs have left the list, passes on the ends that the history shows. Returns the runs that still have to be
   * read.
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
    // The service asked for a pause during this tick.
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
      // The record and the older status call refuse the credential. If the list accepts it, the service only refuses
      // these two calls.
      if (facts.listed === undefined) return failAll(error);
      await refused(watcher, error, facts);
    }
  }

  /** Passes the status in the list to the watcher of a run whose reads are refused. */
  async function refused(watcher: Watcher, error: LyceumError, facts: TickFacts): Promise<void> {
    const entry = facts.listed?.get(watcher.executionId);
    if (entry !== undefined) show(watcher, statusOfEntry(entry));
    else await unread(watcher, blind(error, facts), facts);
  }

  /**
   * Passes an observation to the watcher. An end that only a status word shows counts only if the last status was one
   * too.
   */
  function show(watcher: Watcher, observation: Observation): void {
    const wasEnd = watcher.mayHaveEnded === true;
    if (observation.kind === "status") watcher.mayHaveEnded = isUnconfirmed(observation);
    if (wasEnd || watcher.mayHaveEnded !== true) watcher.see(observation);
    else watcher.nextReadAt = clock.now() + CONFIRM_SECONDS * 1000;
  }

  /**
   * Handles a run that cannot be read by its id: passes on its end from the history, or `observation` if there is none.
   */
  async function unread(watcher: Watcher, observation: Observation, { inHistory }: TickFacts): Promise<void> {
    const record = await inHistory(watcher.executionId);
    show(watcher, record === undefined ? observation : { kind: "status", status: record.status, record });
  }

  /** Reads the newest page of the history, at most once in a tick and only if a run cannot be read by its id. */
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

  /** Notes a pause that the service asked for. Reads of single runs pause too, because they would add to the load. */
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

/** The observation of a run whose reads are refused and that the list does not show. */
function blind(error: LyceumError, { whole, refusal }: TickFacts): Observation {
  if (refusal !== undefined) return { kind: "refused", error };
  return whole ? { kind: "unlisted", error } : { kind: "unreachable", error };
}

/** Whether the list shows a run. If the service refuses the list for good, the run counts as not listed. */
function listedIn({ listed, whole, refusal }: TickFacts, executionId: string): Listed {
  if (refusal !== undefined) return false;
  if (listed?.has(executionId)) return true;
  return whole ? false : "unknown";
}

/** Runs `work` over all items, at most `limit` at once. */
async function inBatches<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}

/** Shortest time between two list calls in seconds, even if another watcher joins in between. */
export const SHORTEST_TICK = 0.5;

/**
 * Seconds until the next list call. The age of the youngest wait decides: at most 2 s in its first minute, and 5 s
 * later. So the end of a short run is found soon, and long runs cost few requests.
 */
export function tickSeconds(youngestSeconds: number): number {
  if (youngestSeconds < 3) return SHORTEST_TICK;
  if (youngestSeconds < 15) return 1;
  return youngestSeconds < 60 ? 2 : 5;
}

/** Seconds until the next read of a run that the list does not show: 1, 2, 4, 8, 15, 15, … */
export function nextReadDelay(readsSoFar: number): number {
  return Math.min(15, 2 ** Math.min(readsSoFar, 10));
}
