import { changeStack } from "./change";
import type { Session } from "./session";

/** `ci apply`: brings the stack to what the program declares. */
export async function apply(session: Session): Promise<number> {
  return changeStack(session, "apply", (options) => session.open.stack.up(options));
}
