import type { ExecutionPage, LyceumPort } from "../lyceum/port";
import type { Clock } from "./ports";

/** A list that began this long before a deletion still serves it: one request for all that are deleted together. */
const MAY_BE_OLD_MILLISECONDS = 2000;

/** The active runs as the service lists them, shared by all that ask at about the same time. */
export type SharedList = () => Promise<ExecutionPage>;

/** Makes the shared list of one account. A list that failed is nobody's but the callers' who share it. */
export function createSharedList(client: Pick<LyceumPort, "listActive">, clock: Clock): SharedList {
  let latest: { readonly begunAt: number; readonly result: Promise<ExecutionPage> } | undefined;
  return () => {
    const now = clock.now();
    if (latest !== undefined && now - latest.begunAt <= MAY_BE_OLD_MILLISECONDS) return latest.result;
    const result = client.listActive();
    latest = { begunAt: now, result };
    result.catch(() => {
      if (latest?.result === result) latest = undefined;
    });
    return result;
  };
}
