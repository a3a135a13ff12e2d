import { rmSync } from "node:fs";
import { CiError } from "../catalogue";
import { decideLock, lockFile, locksIn, type ProcessFacts, type StackLock } from "./lock";
import type { EngineResult } from "./session";

/** What waiting for a lock needs of the world. */
export interface LockPorts {
  readonly facts: ProcessFacts;
  readonly now: () => number;
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly printError: (text: string) => void;
  /** `pulumi cancel`. */
  readonly cancel: () => Promise<void>;
  readonly stopped: AbortSignal;
}

/** Each try is a start of the Pulumi CLI, which runs the program: the pauses grow. */
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 15;
const GROWTH = 1.5;

/**
 * Runs a command until it is not refused because of a lock. The lock of a process that has ended is removed, any other is waited for; `locked` is
 * the result only when the time is over.
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
    const locks = locksIn(result.reason);
    const decision = decideLock(locks, ports.facts, exclusive);
    if (decision.kind === "remove") removeLocks(decision.locks, ports.printError);
    else if (decision.kind === "cancel" && isFirst) {
      ports.printError(`The stack is locked by ${ownersOf(locks)}. The lock is removed, because of --exclusive.`);
      await ports.cancel();
    } else {
      const left = lockWaitSeconds - (ports.now() - begun) / 1000;
      if (left <= 0) {
        const waited = lockWaitSeconds === 0 ? "" : ` It was waited for ${lockWaitSeconds} s.`;
        ports.printError(new CiError("LYC5003", `The stack is locked by ${ownersOf(locks)}.${waited}`).message);
        return result;
      }
      if (isFirst) ports.printError(`The stack is locked by ${ownersOf(locks)}; waiting up to ${lockWaitSeconds} s.`);
      await ports.sleep(Math.min(pause, left), ports.stopped);
      pause = Math.min(pause * GROWTH, LONGEST_PAUSE_SECONDS);
      if (ports.stopped.aborted) return result;
    }
  }
}

function removeLocks(locks: readonly StackLock[], printError: (text: string) => void): void {
  for (const lock of locks) {
    const file = lockFile(lock);
    if (file === undefined) continue;
    printError(`The lock of ${lock.owner} is removed: that process has ended.`);
    // Only this file: a command that has locked the stack since keeps its lock.
    rmSync(file, { force: true });
    // What the backend keeps beside each of its files.
    rmSync(`${file}.attrs`, { force: true });
  }
}

function ownersOf(locks: readonly StackLock[]): string {
  return locks.length === 0 ? "another command" : locks.map(({ owner }) => owner).join(", ");
}
