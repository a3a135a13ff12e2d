import { isRefusedForGood, type OptionalCall } from "../lyceum/capability";
import type { LyceumError } from "../lyceum/errors";
import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import { API_LIMITS } from "../schema";
import type { Gap } from "./gaps";
import type { ObservedStatus } from "./observe";
import { listedEntry } from "./record";

/** What list and history show of one run that cannot be read by its id. */
export type InLists =
  | ObservedStatus
  /** One of the two works, and the run is not on it. */
  | { readonly kind: "absent" }
  /** Neither works: nothing shows the run. */
  | { readonly kind: "refused"; readonly gaps: readonly Gap[] }
  | { readonly kind: "unreachable"; readonly error: unknown };

/** Looks for one run in the active list, then in the newest page of the history. */
export async function observeInLists(
  client: Pick<LyceumPort, "listActive" | "history">,
  executionId: string,
): Promise<InLists> {
  const gaps: Gap[] = [];
  let unclear: unknown;
  const calls: readonly (readonly [OptionalCall, () => Promise<ExecutionPage>])[] = [
    ["list", () => client.listActive()],
    ["history", () => client.history({ limit: API_LIMITS.historyPage, offset: 0 })],
  ];
  for (const [call, read] of calls) {
    try {
      const page = await read();
      const entry = page.executions.find((run) => run.executionId === executionId);
      if (entry === undefined) continue;
      const record = call === "list" ? listedEntry(entry) : entry;
      return { kind: "status", status: record.status, record, isListed: call === "list" };
    } catch (error) {
      if (isRefusedForGood(error)) gaps.push({ kind: "refused", call, error });
      else unclear ??= error;
    }
  }
  if (unclear !== undefined) return { kind: "unreachable", error: unclear };
  return gaps.length === calls.length ? { kind: "refused", gaps } : { kind: "absent" };
}

/** The refusals of the calls that read one run by its id, as gaps; of other calls where they are named. */
export function readGaps(
  refused: (call: OptionalCall) => LyceumError | undefined,
  calls: readonly OptionalCall[] = ["record", "olderStatus"],
): Gap[] {
  return calls.flatMap((call) => {
    const error = refused(call);
    return error === undefined ? [] : [{ kind: "refused", call, error } as const];
  });
}
