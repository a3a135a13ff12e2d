import type { LyceumPort } from "../lyceum/port";
import { isOver, mustHaveEnded } from "./ended";
import { isWhole, listedOn, observe } from "./observe";
import type { ExecutionOutputs } from "./outputs";
import { withoutEnd, withRecord, withStatus } from "./record";
import { classifyStatus, isEndKind } from "./status";

/**
 * What the service shows of a recorded run. `recorded`: it was not asked, because an end is recorded and nothing can change it. `elsewhere`: the run
 * belongs to another base URL. `unreadable`: no answer shows it.
 */
export type ObservedRecord =
  | { readonly kind: "recorded" | "observed"; readonly outputs: ExecutionOutputs }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "unreadable"; readonly reason: string };

type Client = Pick<LyceumPort, "record" | "olderStatus" | "listActive" | "baseUrl">;

/** Observes recorded runs: the list of active runs once, and the record of each run that it does not show. */
export async function observeRecorded(
  client: Client,
  recorded: readonly ExecutionOutputs[],
  now: number,
  signal?: AbortSignal,
): Promise<readonly ObservedRecord[]> {
  const isAsked = (run: ExecutionOutputs) => !isOver(run) && run.baseUrl === client.baseUrl;
  const page = recorded.some(isAsked)
    ? await client.listActive({ signal }).catch((): undefined => undefined)
    : undefined;
  const observed: ObservedRecord[] = [];
  for (const run of recorded) observed.push(await observeOne(run));
  return observed;

  async function observeOne(run: ExecutionOutputs): Promise<ObservedRecord> {
    if (isOver(run)) return { kind: "recorded", outputs: run };
    if (run.baseUrl !== client.baseUrl) return { kind: "elsewhere" };
    const entry = page?.executions.find(({ executionId }) => executionId === run.executionId);
    if (entry !== undefined) {
      const record = isEndKind(classifyStatus(entry.status)) ? entry : withoutEnd(entry);
      return { kind: "observed", outputs: withRecord(run, record) };
    }
    const listed = async () => (page === undefined || !isWhole(page) ? "unknown" : listedOn(page, run.executionId));
    try {
      const found = await observe(client, run.executionId, { listed, signal });
      if (found.kind === "status") {
        const outputs = found.record === undefined ? withStatus(run, found.status) : withRecord(run, found.record);
        return { kind: "observed", outputs };
      }
      if (found.kind === "missing") {
        const missing = mustHaveEnded(run, now) ? "forgotten" : "lost";
        return { kind: "observed", outputs: { ...run, missing } };
      }
      return { kind: "unreadable", reason: String(found.error) };
    } catch (error) {
      return { kind: "unreadable", reason: String(error) };
    }
  }
}
