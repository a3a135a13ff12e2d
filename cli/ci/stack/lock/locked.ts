import { CiError } from "../../catalogue";
import { locksIn, ownersOf, takenBy } from "./lock-owner";
import type { NotedProcess, OwnProcesses } from "./own-processes";

/** The result of a command that a lock may refuse. */
export interface Lockable {
  /** `locked`: a lock refused the command. */
  readonly kind: string;
  /** If the kind is `locked`, the text that the Pulumi CLI printed about the lock. */
  readonly reason: string;
}

/** The functions that a wait for a lock calls. */
export interface LockPorts {
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly printError: (text: string) => void;
  /** Runs `pulumi cancel`. */
  readonly cancel: () => Promise<void>;
  readonly processes: Pick<OwnProcesses, "noted" | "claim">;
  readonly stopped: AbortSignal;
}

/**
 * The length of the first pause between two tries to get the lock of the stack, in seconds. Later pauses are longer,
 * because each try starts the Pulumi CLI and the program.
 */
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 15;
const GROWTH = 1.5;

/**
 * Runs a command again as long as a lock refuses it. After `lockWaitSeconds`, returns the result `locked`. Removes a
 * lock only if its owner has certainly ended.
 *
 * | owner of the lock | result |
 * |---|---|
 * | a process that a command started on this machine, and that was killed | the lock is removed |
 * | such a process that still runs | wait |
 * | anything else: a person, another machine or container, Pulumi Cloud | wait: the age of a lock proves nothing |
 */
export async function withLock<Result extends Lockable>(
  run: () => Promise<Result>,
  { lockWaitSeconds }: { readonly lockWaitSeconds: number },
  ports: LockPorts,
): Promise<Result> {
  const begun = ports.now();
  let pause = FIRST_PAUSE_SECONDS;
  for (let isFirst = true; ; isFirst = false) {
    const result = await run();
    if (result.kind !== "locked" || ports.stopped.aborted) return result;
    const locks = locksIn(result.reason);
    const owners = ownersOf(locks, ports.now());
    const ended = endedOwner(result.reason, ports.processes.noted());
    // Several commands may wait for the lock of an ended process. Only the command that claims the note about this
    // process removes the lock. A second removal would remove the new lock of the first command.
    if (ended !== undefined && ports.processes.claim(ended)) {
      ports.printError(
        `The stack is locked by ${owners}, a command of this machine that was killed. Its lock is removed.`,
      );
      await ports.cancel();
      continue;
    }
    const left = lockWaitSeconds - (ports.now() - begun) / 1000;
    if (left <= 0) {
      const waited = lockWaitSeconds === 0 ? "" : ` This command waited ${lockWaitSeconds} s for it.`;
      ports.printError(new CiError("LYC5003", `The stack is locked by ${owners}.${waited}`).message);
      return result;
    }
    if (isFirst) ports.printError(`The stack is locked by ${owners}; waiting up to ${lockWaitSeconds} s.`);
    await ports.sleep(Math.min(pause, left), ports.stopped);
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE_SECONDS);
    if (ports.stopped.aborted) return result;
  }
}

/**
 * Returns the owner of the lock that a message of Pulumi names. Undefined if the message does not name exactly one
 * lock, or if the owner is not a process of this machine that has ended.
 */
function endedOwner(message: string, noted: readonly NotedProcess[]): NotedProcess | undefined {
  const [lock, ...others] = locksIn(message);
  const owner = lock === undefined || others.length > 0 ? undefined : takenBy(lock, noted);
  return owner?.isAlive === false ? owner : undefined;
}
