import { CiError } from "../catalogue";
import type { EngineResult } from "./session";

/** What waiting for a lock uses. */
export interface LockPorts {
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly printError: (text: string) => void;
  /** `pulumi cancel`. */
  readonly cancel: () => Promise<void>;
  readonly stopped: AbortSignal;
}

/** Seconds of the pauses between tries. They grow, because each try starts the Pulumi CLI, which runs the program. */
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 15;
const GROWTH = 1.5;

/**
 * Runs a command again while another command has the lock. With `--exclusive` nobody else uses the stack, so a killed
 * command must have left the lock, and it is removed. Otherwise this waits, and the result is `locked` at the timeout.
 */
export async function withLock(
  run: () => Promise<EngineResult>,
  { lockWaitSeconds, exclusive }: { readonly lockWaitSeconds: number; readonly exclusive: boolean },
  ports: LockPorts,
): Promise<EngineResult> {
  const begun = ports.now();
  let pause = FIRST_PAUSE_SECONDS;
  for (let isFirst = true; ; isFirst = false) {
    const result = await run();
    if (result.kind !== "locked" || ports.stopped.aborted) return result;
    const owners = ownersIn(result.reason);
    if (exclusive && isFirst) {
      ports.printError(`The stack is locked by ${owners}. The lock is removed, because of --exclusive.`);
      await ports.cancel();
    } else {
      const left = lockWaitSeconds - (ports.now() - begun) / 1000;
      if (left <= 0) {
        const waited = lockWaitSeconds === 0 ? "" : ` It was waited for ${lockWaitSeconds} s.`;
        ports.printError(new CiError("LYC5003", `The stack is locked by ${owners}.${waited}`).message);
        return result;
      }
      if (isFirst) ports.printError(`The stack is locked by ${owners}; waiting up to ${lockWaitSeconds} s.`);
      await ports.sleep(Math.min(pause, left), ports.stopped);
      pause = Math.min(pause * GROWTH, LONGEST_PAUSE_SECONDS);
      if (ports.stopped.aborted) return result;
    }
  }
}

/** The owners of the locks that a message of the Pulumi CLI names, each once. Pulumi Cloud names none. */
function ownersIn(message: string): string {
  const owners = [...message.matchAll(/: created by (\S.*)$/gm)].map(([, owner = ""]) => owner);
  return owners.length === 0 ? "another command" : [...new Set(owners)].join(", ");
}
