import { isRefusedForGood } from "../lyceum/capability";
import { LyceumError } from "../lyceum/errors";
import type { CallOptions, ExecutionPage, LyceumPort } from "../lyceum/port";
import { NO_STATUS } from "../lyceum/run-fields";
import { classifyStatus, hasEnded, isEndKind } from "../lyceum/status";
import { type ObservedRun, withoutEnd } from "./record";

/** A status, and what the record or list entry shows besides it. `isListed` is true for an entry of the active list. */
export interface ObservedStatus {
  readonly kind: "status";
  readonly status: string;
  readonly record?: ObservedRun;
  readonly isListed?: boolean;
}

/**
 * What was seen of a run at one moment. `missing`: the service answers 404. `unreachable`: the answer decides nothing.
 * `refused`: the service refuses every call that would show the run. `unlisted`: only the list works, and the run is not on it.
 */
export type Observation =
  | ObservedStatus
  | { readonly kind: "missing" }
  | { readonly kind: "unreachable"; readonly error: unknown }
  | { readonly kind: "refused"; readonly error: LyceumError }
  | { readonly kind: "unlisted"; readonly error: LyceumError };

/**
 * Whether the active list shows a run; `unknown` where this time it could not be read, or not all of it. Where the service refuses
 * the list for good, it is taken not to show the run: nothing better will ever be known.
 */
export type Listed = boolean | "unknown";

/**
 * Looks at one run: its record, and the older status read where the record fails or answers 404. Only a refused
 * credential (401 of both) is thrown; every other failure is an observation too. `listed` is asked for a record with an exit
 * code, an end time and a status word that is not an end: it has ended unless the list shows it as active.
 */
export async function observe(
  client: Pick<LyceumPort, "record" | "olderStatus" | "listActive">,
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
    if (!isRefusedForGood(error)) return { kind: "unreachable", error };
    if (status.kind === "unclear") return { kind: "unreachable", error };
    if (error.status === 401 && status.error?.status === 401) throw error;
    return { kind: "refused", error };
  }
}

/** A record without a status word: the older status call may have it. */
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

type Older = ObservedStatus | { readonly kind: "refused"; readonly error?: LyceumError } | { readonly kind: "unclear" };

async function older(
  client: Pick<LyceumPort, "olderStatus">,
  executionId: string,
  options: CallOptions,
): Promise<Older> {
  try {
    const found = await client.olderStatus(executionId, options);
    return found.kind === "found" ? { kind: "status", status: found.value.status } : { kind: "refused" };
  } catch (error) {
    return isRefusedForGood(error) ? { kind: "refused", error } : { kind: "unclear" };
  }
}

async function isListed(client: Pick<LyceumPort, "listActive">, executionId: string): Promise<Listed> {
  try {
    return listedOn(await client.listActive(), executionId);
  } catch (error) {
    return isRefusedForGood(error) ? false : "unknown";
  }
}

/** Whether a page of active runs shows a run. Where the page is not the whole list, a run that it does not show may be on the rest. */
export function listedOn(page: ExecutionPage, executionId: string): Listed {
  if (page.executions.some((run) => run.executionId === executionId)) return true;
  return isWhole(page) ? false : "unknown";
}

/** Whether a page of active runs is the whole list, with every entry understood. */
export function isWhole(page: ExecutionPage): boolean {
  const entries = page.executions.length + page.unreadable;
  return page.unreadable === 0 && !page.hasMore && (page.total ?? 0) <= entries;
}

/** Whether the service refused the credential itself: no call will fare better, so every wait ends. */
export function isRefusal(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 401;
}

/** Whether the credential may not do something: only the wait or command concerned ends. */
export function isForbidden(error: unknown): error is LyceumError {
  return LyceumError.isInstance(error) && error.status === 403;
}
