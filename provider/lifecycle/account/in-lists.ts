import { isGap, type OptionalCall } from "../../lyceum/capability";
import type { ExecutionPage, LyceumPort } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import { entryOn, type ObservedStatus, statusOfEntry } from "../watch/observe";
import type { Gap } from "./lookup-gaps";

/** What the list and the history show of a run that cannot be read by its id. */
export type InLists =
  | ObservedStatus
  /** At least one of the list and the history can be read, and no answer shows the run. */
  | { readonly kind: "absent" }
  /** Lyceum refuses both the list of active runs and the history. */
  | { readonly kind: "refused"; readonly gaps: readonly Gap[] }
  | { readonly kind: "unreachable"; readonly error: unknown };

/** Looks for one run, first in the active list, then in the newest page of the history. */
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
      const entry = entryOn(page, executionId);
      if (entry === undefined) continue;
      if (call === "list") return statusOfEntry(entry);
      return { kind: "status", status: entry.status, record: entry, isListed: false };
    } catch (error) {
      if (isGap(error)) gaps.push({ kind: "refused", call, error });
      else unclear ??= error;
    }
  }
  if (unclear !== undefined) return { kind: "unreachable", error: unclear };
  return gaps.length === calls.length ? { kind: "refused", gaps } : { kind: "absent" };
}
