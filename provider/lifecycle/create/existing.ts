import type { StartEffects } from "../process/context";
import { lifecycleErrors } from "../run/errors";
import { notElsewhere } from "../run/target";
import { bounded, CALL_SECONDS, type Deadline } from "../watch/deadline";
import { type ObservedStatus, observe } from "../watch/observe";

/** Reads the run that `existingExecutionId` names. Throws if Lyceum does not know this run. */
export async function findExisting(
  { client, clock }: StartEffects,
  id: string,
  deadline: Deadline,
): Promise<ObservedStatus> {
  notElsewhere(id, client);
  const observed = await bounded(clock, CALL_SECONDS, (signal) => observe({ client, clock }, id, { signal }), deadline);
  if (observed.kind === "unreachable" || observed.kind === "refused") throw observed.error;
  if (observed.kind !== "status") throw lifecycleErrors.unknownExisting(id);
  return observed;
}
