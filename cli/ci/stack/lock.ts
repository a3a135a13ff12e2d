import { fileURLToPath } from "node:url";

/** A lock of a stack, as the Pulumi CLI reports it. */
export interface StackLock {
  /** Such as `file:///state/.pulumi/locks/organization/project/dev/<id>.json`. */
  readonly url: string;
  readonly host: string;
  readonly pid: number;
  /** When it was made, in milliseconds since the epoch. */
  readonly madeAt: number;
  /** `user@host (pid 12) at 2026-03-01T12:00:00Z`. */
  readonly owner: string;
}

/** What this machine knows of the process that has made a lock. */
export interface ProcessFacts {
  readonly host: string;
  /** Whether the processes of the whole machine are visible: in a container they are not, and its host name may be that of another one. */
  readonly seesAll: boolean;
  /**
   * When a process of this machine began, in milliseconds since the epoch; `dead` where there is none with this id, `alive` where its begin is
   * not known or proves nothing.
   */
  readonly begun: (pid: number) => number | "dead" | "alive";
}

/** What is done about a locked stack. */
export type LockDecision =
  | { readonly kind: "remove"; readonly locks: readonly StackLock[] }
  | { readonly kind: "cancel" }
  | { readonly kind: "wait" };

/** The clocks of a machine and of its process table differ by some seconds at most. */
const SLACK_MS = 5000;

/** The locks in the message of the Pulumi CLI; empty where the backend reports none of them, as Pulumi Cloud. */
export function locksIn(message: string): readonly StackLock[] {
  const locks = message.split("\n").flatMap((line) => {
    const [, url = "", owner = ""] = /^\s*(\S+): created by (\S.*)$/.exec(line) ?? [];
    const behind = owner.lastIndexOf(" (pid ");
    const host = owner.slice(owner.lastIndexOf("@", behind) + 1, behind);
    const [, pid = "", at = ""] = /^ \(pid (\d+)\) at (\S+)$/.exec(owner.slice(behind)) ?? [];
    return behind < 0 || pid === "" ? [] : [{ url, host, pid: Number(pid), madeAt: Date.parse(at), owner }];
  });
  return [...new Map(locks.map((lock) => [lock.url, lock])).values()];
}

/**
 * What to do about a locked stack.
 *
 * | what is met                                                                  | then |
 * |------------------------------------------------------------------------------|------|
 * | every lock is a file, made by a process of this machine that has ended        | remove these files and no others |
 * | the pipeline alone works on the stack (`--exclusive`)                         | `pulumi cancel` |
 * | anything else: a process that lives, another machine, a container, a backend without files | wait |
 *
 * `pulumi cancel` removes all locks, also one that was made since: it is for those who know that there is no other command.
 */
export function decideLock(locks: readonly StackLock[], facts: ProcessFacts, exclusive: boolean): LockDecision {
  if (locks.length > 0 && locks.every((lock) => lockFile(lock) !== undefined && hasDied(lock, facts))) {
    return { kind: "remove", locks };
  }
  return { kind: exclusive ? "cancel" : "wait" };
}

/** The file that a lock is; undefined for anything else. */
export function lockFile({ url }: Pick<StackLock, "url">): string | undefined {
  try {
    const path = fileURLToPath(url);
    return path.includes("/.pulumi/locks/") && path.endsWith(".json") ? path : undefined;
  } catch {
    // Another scheme, or a URL such as file://~.
    return undefined;
  }
}

/** Whether the owner of a lock is proven to have ended: its id is free, or that of a process which began after the lock was made. */
function hasDied({ host, pid, madeAt }: StackLock, facts: ProcessFacts): boolean {
  if (host !== facts.host || !facts.seesAll) return false;
  const begun = facts.begun(pid);
  if (begun === "dead") return true;
  return begun !== "alive" && begun > madeAt + SLACK_MS;
}
