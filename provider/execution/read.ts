import type { LifecycleContext } from "./context";
import { observe } from "./observe";
import type { ExecutionOutputs } from "./outputs";
import { withRecord, withStatus } from "./record";
import { isEnd } from "./status";
import { sameTarget } from "./target";

/**
 * Reads a recorded execution. It is never dropped from the state: a 404 is marked `forgotten` when its end was seen,
 * else `lost`. Throws when the service cannot be asked, which keeps the state as it is.
 */
export async function readExecution(context: LifecycleContext, recorded: ExecutionOutputs): Promise<ExecutionOutputs> {
  sameTarget(recorded, context.client);
  const observed = await observe(context.client, recorded.executionId);
  switch (observed.kind) {
    case "status":
      // A record that lags must not take back an end that was seen.
      if (isEnd(recorded.status) && !isEnd(observed.status)) return recorded;
      return observed.seen ? withRecord(recorded, observed.seen) : withStatus(recorded, observed.status);
    case "missing":
      return { ...recorded, missing: isEnd(recorded.status) ? "forgotten" : "lost" };
    case "unreachable":
      throw observed.error;
  }
}
