import { changeStack } from "./change";
import { ciExitCodes } from "./exit-codes";
import { isAllowed } from "./preview";
import type { Session } from "./session";

/** `ci apply`: brings the stack to what the program declares, where the policy of the project allows it. */
export async function apply(session: Session): Promise<number> {
  const { open, stop } = session;
  if (!(await isAllowed(session))) return stop.signal.aborted ? ciExitCodes.stopped : ciExitCodes.error;
  if (stop.signal.aborted) return ciExitCodes.stopped;
  return changeStack(session, "apply", (options) => open.stack.up(options));
}
