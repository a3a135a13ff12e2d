/** A lock of a stack as the Pulumi CLI describes it: `robot@ci-1 (pid 7) at 2026-03-01T12:00:00Z`. */
export interface Lock {
  /** The whole text of the lock, as the Pulumi CLI prints it. */
  readonly text: string;
  readonly host: string;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A process of the Pulumi CLI that a command of this package started on this machine. */
export interface OwnProcess {
  readonly host: string;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Returns the locks in a message of the Pulumi CLI, without repetition. Pulumi Cloud does not name its locks. */
export function locksIn(message: string): readonly Lock[] {
  const texts = [...message.matchAll(/: created by (\S.*)$/gm)].map(([, text = ""]) => text);
  return [...new Set(texts)].map((text) => {
    const [, host = "", pid = "", at = ""] = /@(\S{1,255}) \(pid (\d{1,10})\) at (\S{1,40})$/.exec(text) ?? [];
    return { text, host, pid: Number(pid), at: Date.parse(at) };
  });
}

/**
 * Pulumi takes its lock at most this many seconds after its process has started. Systems reuse process ids, so a later
 * lock counts as the lock of another process.
 */
const MOST_SECONDS_TO_LOCK = 120;
/**
 * The time of a lock is in whole seconds, so it may be up to this many milliseconds before the start of the process.
 */
const WHOLE_SECOND = 1000;

/**
 * Returns the process among `processes` that took a lock. The host name alone is no proof, because containers may have
 * the same one. So the process id must match too, and the process must have started shortly before the time of the
 * lock.
 */
export function takenBy<Process extends OwnProcess>(lock: Lock, processes: readonly Process[]): Process | undefined {
  return processes.find(
    ({ host, pid, startedAt }) =>
      host === lock.host &&
      pid === lock.pid &&
      lock.at >= startedAt - WHOLE_SECOND &&
      lock.at <= startedAt + MOST_SECONDS_TO_LOCK * 1000,
  );
}

/** Returns the owners of locks and the age of each lock, in words. */
export function ownersOf(locks: readonly Lock[], now: number): string {
  const named = locks.map(({ text, at }) => (Number.isNaN(at) ? text : `${text} (${ageOf(now - at)} ago)`));
  return named.length === 0 ? "another command" : named.join(", ");
}

function ageOf(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 1) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
