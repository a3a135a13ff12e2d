import { hasEnded } from "../lyceum/status";
import type { LifecycleContext } from "./context";
import { withMissing } from "./ended";
import { warnOfBlindness, warnOfGaps } from "./gaps";
import { observe } from "./observe";
import { observeInLists, readGaps } from "./observe-in-lists";
import type { ExecutionOutputs } from "./outputs";
import { type ObservedRun, withObserved } from "./record";
import { withResultsOf } from "./run-results";
import { sameTarget } from "./target";

/**
 * Reads a recorded execution. It is never dropped from the state.
 *
 * | what the service answers                               | recorded |
 * |--------------------------------------------------------|----------|
 * | a status                                               | the status; an end that was seen before stays |
 * | 404, an end was seen before                            | `forgotten` |
 * | 404, and list or history show the run                  | what they show |
 * | 404, and it must have ended by its own clocks          | `forgotten` |
 * | 404 otherwise                                          | `lost` |
 * | every call that would show it is refused               | nothing changes, one warning |
 * | nothing clear                                          | an error, which keeps the state |
 */
export async function readExecution(context: LifecycleContext, recorded: ExecutionOutputs): Promise<ExecutionOutputs> {
  sameTarget(recorded, context.client);
  const observed = await observe(context.client, recorded.executionId);
  switch (observed.kind) {
    case "status":
      return settled(context, recorded, observed);
    case "unreachable":
      throw observed.error;
    case "missing":
      return hasEnded(recorded) ? { ...recorded, missing: "forgotten" } : readInLists(context, recorded, "lost");
    case "refused":
    case "unlisted":
      return readInLists(context, recorded, "unchanged");
  }
}

function settled(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  observed: { readonly status: string; readonly record?: ObservedRun },
): ExecutionOutputs {
  // A record that lags must not take back an end that was seen.
  if (hasEnded(recorded) && !hasEnded(observed.record ?? observed)) return recorded;
  const current = withObserved(recorded, observed);
  return observed.record === undefined ? current : withResultsOf(context, current, observed.record);
}

async function readInLists(
  context: LifecycleContext,
  recorded: ExecutionOutputs,
  absent: "lost" | "unchanged",
): Promise<ExecutionOutputs> {
  const found = await observeInLists(context.client, recorded.executionId);
  switch (found.kind) {
    case "status":
      return settled(context, recorded, found);
    case "unreachable":
      throw found.error;
    case "refused":
      warnOfBlindness(
        context,
        recorded.resourceUrn,
        [...readGaps(context.refused), ...found.gaps],
        "The recorded outputs of the runs stay unchanged.",
      );
      return recorded;
    case "absent":
      if (absent === "unchanged") {
        warnOfGaps(context, recorded.resourceUrn, readGaps(context.refused));
        return recorded;
      }
      return withMissing(recorded, context.clock.now());
  }
}
