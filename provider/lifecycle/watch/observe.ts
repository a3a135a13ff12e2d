import { NO_STATUS } from "../../lyceum/answers/run-fields";
import { classifyStatus, hasEnded, isBareEnd, isEndKind, type StatusFacts } from "../../lyceum/answers/status";
import { isRefusedForGood } from "../../lyceum/capability";
import { LyceumError } from "../../lyceum/errors";
import type { CallOptions, ExecutionPage, ExecutionSummary, LyceumPort } from "../../lyceum/port";
import { listedEntry, type ObservedRun, withoutEnd } from "../run/record/record";
import type { Clock } from "./ports";

/**
 * The status of a run. `record` is the run's record, or its entry in a list. It is absent if only the older status call
 * shows the status. `isListed` is true if the active list shows the status.
 */
export interface ObservedStatus {
  readonly kind: "status";
  readonly status: string;
  readonly record?: ObservedRun;
  readonly isListed?: boolean;
}

/**
 * The result of one observation of a run.
 *
 * | result | meaning |
 * |---|---|
 * | `missing` | Lyceum answers 404 |
 * | `unreachable` | no answer shows the run, but a later request may |
 * | `refused` | Lyceum permanently refuses to show the run; in the poller: refuses the list too |
 * | `unlisted` | Lyceum permanently refuses to show the run, and the run is not in the list |
 */
export type Observation =
  | ObservedStatus
  | { readonly kind: "missing" }
  | { readonly kind: "unreachable"; readonly error: unknown }
  | { readonly kind: "refused"; readonly error: LyceumError }
  | { readonly kind: "unlisted"; readonly error: LyceumError };

/**
 * Whether the active list shows a run. `unknown` if the list was not read completely this time. False if Lyceum
 * permanently refuses the list.
 */
export type Listed = boolean | "unknown";

/** Seconds until a run is read a second time, if only a status word shows that the run has ended. */
export const CONFIRM_SECONDS = 3;

/** Whether only a status word shows that the run has ended. */
export function isUnconfirmed(
  observed: Pick<ObservedStatus, "status" | "record"> | { readonly kind: string },
): boolean {
  return "status" in observed && isBareEnd(observed.record ?? observed);
}

/** Reads a run. If only a status word shows that the run has ended, reads the run again after some seconds. */
export async function confirmed<Observed extends { readonly kind: string }>(
  clock: Pick<Clock, "sleep">,
  read: () => Promise<Observed>,
  signal?: AbortSignal,
): Promise<Observed> {
  const observed = await read();
  if (!isUnconfirmed(observed)) return observed;
  await clock.sleep(CONFIRM_SECONDS, signal);
  return read();
}

type Reads = Pick<LyceumPort, "record" | "olderStatus" | "listActive">;

/**
 * Observes a run as `observeOnce` does. If only a status word shows an end, reads the run again, and then the active
 * list. If the list shows the run as active, returns the list's entry. A list without the run changes nothing, because
 * the list may be out of date.
 */
export async function observe(
  { client, clock }: { readonly client: Reads; readonly clock: Pick<Clock, "sleep"> },
  executionId: string,
  options: CallOptions = {},
): Promise<Observation> {
  const observed = await confirmed(clock, () => observeOnce(client, executionId, options), options.signal);
  if (!isUnconfirmed(observed)) return observed;
  const page = await client.listActive(options).catch((): undefined => undefined);
  const entry = entryOn(page, executionId);
  return entry === undefined || isBareEnd(entry) ? observed : statusOfEntry(entry);
}

/**
 * Decides whether a run has really ended, after the provider has observed an end and has read the run once more.
 *
 * | the run, read once more | the observed end                | the run |
 * |-------------------------|---------------------------------|---------|
 * | has ended               | any                             | has ended |
 * | has not ended           | any                             | is active |
 * | is not shown            | has an exit code or an end time | has ended |
 * | is not shown            | is a status word alone          | unclear |
 */
export function afterAnotherRead(end: StatusFacts, read: Observation): "ended" | "active" | "unclear" {
  if (read.kind === "status") return hasEnded(read.record ?? read) ? "ended" : "active";
  return isBareEnd(end) ? "unclear" : "ended";
}

/** Returns the entry of a run on a page of a list. Undefined if the page does not contain the run. */
export function entryOn(page: ExecutionPage | undefined, executionId: string): ExecutionSummary | undefined {
  return page?.executions.find((run) => run.executionId === executionId);
}

/** Returns the status of a run in the active list. */
export function statusOfEntry(entry: ObservedRun): ObservedStatus {
  const record = listedEntry(entry);
  return { kind: "status", status: record.status, record, isListed: true };
}

/**
 * Reads the record of a run. If the record cannot be read or Lyceum answers 404, reads the status with the older status
 * call. Throws only if both calls answer 401, because Lyceum then refuses the credential.
 *
 * A record may have an exit code and an end time, although its status word means an active run. Such a run has ended
 * only if the active list certainly does not show it.
 */
export async function observeOnce(
  client: Reads,
  executionId: string,
  options: CallOptions & { readonly listed?: () => Promise<Listed> } = {},
): Promise<Observation> {
  const { listed = () => isListed(client, executionId), ...call } = options;
  try {
    const found = await client.record(executionId, call);
    if (found.kind === "found") {
      const record = await withStatusWord(client, executionId, found.value, call);
      const isDoubtful = hasEnded(record) && !isEndKind(classifyStatus(record.status));
      const settled = isDoubtful && (await listed()) !== false ? withoutEnd(record) : record;
      return { kind: "status", status: settled.status, record: settled };
    }
    const status = await older(client, executionId, call);
    return status.kind === "status" ? status : { kind: "missing" };
  } catch (error) {
    const status = await older(client, executionId, call);
    if (status.kind === "status") return status;
    if (!isRefusedForGood(error) || status.kind === "unreachable") return { kind: "unreachable", error };
    if (error.status === 401 && status.error?.status === 401) throw error;
    return { kind: "refused", error };
  }
}

/**
 * Returns the record of a run with a status word. If the record has no status word, reads the status word with the
 * older status call.
 */
async function withStatusWord(
  client: Pick<LyceumPort, "olderStatus">,
  executionId: string,
  record: ObservedRun,
  options: CallOptions,
): Promise<ObservedRun> {
  if (record.status !== NO_STATUS) return record;
  const status = await older(client, executionId, options);
  return status.kind === "status" ? { ...record, status: status.status } : record;
}

type Older =
  | ObservedStatus
  | { readonly kind: "refused"; readonly error?: LyceumError }
  | { readonly kind: "unreachable" };

async function older(
  client: Pick<LyceumPort, "olderStatus">,
  executionId: string,
  options: CallOptions,
): Promise<Older> {
  try {
    const found = await client.olderStatus(executionId, options);
    return found.kind === "found" ? { kind: "status", status: found.value.status } : { kind: "refused" };
  } catch (error) {
    return isRefusedForGood(error) ? { kind: "refused", error } : { kind: "unreachable" };
  }
}

async function isListed(client: Pick<LyceumPort, "listActive">, executionId: string): Promise<Listed> {
  try {
    return listedOn(await client.listActive(), executionId);
  } catch (error) {
    return isRefusedForGood(error) ? false : "unknown";
  }
}

/** Whether a page of active runs shows a run. `unknown` if the page is incomplete and does not show the run. */
export function listedOn(page: ExecutionPage, executionId: string): Listed {
  if (entryOn(page, executionId) !== undefined) return true;
  return isWhole(page) ? false : "unknown";
}

/** Returns true if a page of active runs contains the whole list, and every entry of the page could be read. */
export function isWhole(page: ExecutionPage): boolean {
  return page.unreadable === 0 && !page.hasMore && (page.total ?? 0) <= page.executions.length;
}

/** Whether an error is the answer 401. A single 401 does not prove that the credential is invalid. */
export function isRefusal(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 401;
}

/** Whether an error is the answer 403: the credential lacks the permission for this request. */
export function isForbidden(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 403;
}

/**
 * An aborted run counts as ended only after the list has not shown it for at least this many seconds. A list may be
 * 10 s out of date, and the other 20 s are a margin.
 */
const SHORTEST_SECONDS = 30;

/**
 * Returns a function that decides whether an aborted run has ended, if Lyceum shows only the list of active runs and
 * not the run itself. A single list without the run does not prove the end: the list may be out of date, or may leave
 * out runs that are being stopped.
 *
 * @param abort when the run was aborted (milliseconds since the epoch), and its grace period (seconds)
 * @returns a function that gets each observation; true once the grace period is over, and all observations for at least
 * 30 s were lists without the run
 */
export function watchAbsence(
  clock: Pick<Clock, "now">,
  { abortedAt, graceSeconds }: { readonly abortedAt: number; readonly graceSeconds: number },
): (observation: Observation) => boolean {
  let since: number | undefined;
  return (observation) => {
    if (observation.kind !== "unlisted") {
      since = undefined;
      return false;
    }
    since ??= clock.now();
    return clock.now() >= Math.max(since + SHORTEST_SECONDS * 1000, abortedAt + graceSeconds * 1000);
  };
}

/**
 * Returns the entry of an active run on a page of the list of active runs. Returns undefined if the page does not show
 * the run as active. The caller then has to read the run itself.
 */
export function activeOn(page: ExecutionPage | undefined, executionId: string): ObservedRun | undefined {
  const entry = entryOn(page, executionId);
  return entry === undefined || isEndKind(classifyStatus(entry.status)) ? undefined : withoutEnd(entry);
}
