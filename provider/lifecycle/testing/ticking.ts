import type { ExecutionSummary, LyceumPort } from "../../lyceum/port";
import type { Observation } from "../watch/observe";
import { createTick, type Watcher } from "../watch/poll-tick";
import { modelError } from "./model-service";
import { createVirtualClock } from "./virtual-clock";

/** The calls of the client that one tick of the poller makes (see `createTick`). */
export type Client = Pick<LyceumPort, "listActive" | "record" | "olderStatus" | "history">;

/** Makes the complete answer to a request for the list of active runs or for the history, with these runs. */
export const page = (...executions: ExecutionSummary[]) => ({ executions, unreadable: 0, hasMore: false });
/** Makes a call that Lyceum answers with this status. */
export const refuse = (status: number, retryAfter?: number) => async () => {
  throw modelError(status, retryAfter);
};
/** A call that Lyceum answers with 404. */
export const missing = async () => ({ kind: "missing", error: modelError(404) }) as const;

/**
 * Makes `tick`, which observes these runs once (see `createTick`). A call that a test does not define shows no run.
 * `asked` contains the calls in order.
 */
export function ticking(ids: readonly string[], calls: Partial<Client> = {}) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const given: Client = {
    listActive: async () => page(),
    record: missing,
    olderStatus: missing,
    history: async () => page(),
    ...calls,
  };
  const noted = <T>(call: string, answer: T): T => {
    asked.push(call);
    return answer;
  };
  const client: Client = {
    listActive: (options) => noted("list", given.listActive(options)),
    record: (id, options) => noted(`record ${id}`, given.record(id, options)),
    olderStatus: (id, options) => noted(`older ${id}`, given.olderStatus(id, options)),
    history: (range, options) => noted(`history ${range.offset} to ${range.limit}`, given.history(range, options)),
  };
  const observed: Record<string, Observation[]> = Object.fromEntries(ids.map((id) => [id, []]));
  const failed: Record<string, unknown> = {};
  const watchers = new Set<Watcher>(
    ids.map((executionId) => ({
      executionId,
      begunAt: clock.now(),
      nextReadAt: clock.now(),
      reads: 0,
      see: (observation) => void observed[executionId]?.push(observation),
      fail: (error) => {
        failed[executionId] = error;
      },
    })),
  );
  const lists: (readonly ExecutionSummary[])[] = [];
  const tick = createTick(client as LyceumPort, clock, watchers, (active) => lists.push(active));
  return { clock, asked, given, observed, failed, watchers, lists, tick };
}
