import { ciExitCodes } from "./exit-codes";
import { runEngine, type Session } from "./session";

/** `ci apply`: brings the stack to what the program declares. */
export async function apply(session: Session): Promise<number> {
  const { open, stop } = session;
  const result = await runEngine(session, (options) => open.stack.up(options));
  if (stop.signal.aborted) return ciExitCodes.stopped;
  return result.kind === "succeeded" ? ciExitCodes.clean : ciExitCodes.error;
}
