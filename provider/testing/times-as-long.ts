/** Bounds of {@link timesAsLong}. */
export interface Comparison {
  /** What the caller allows: as soon as a result is within it, nothing more is measured. */
  readonly enough: number;
  /** At most so many measurements of each; default 8. */
  readonly tries?: number;
}

/**
 * How many times as long one piece of work takes as another one. Both are measured in turns, and the least of each counts: what else
 * the machine does only ever adds to a measurement, and it does not know whose turn it is. Both run once before, so that neither is
 * compiled while it is measured.
 */
export function timesAsLong(work: () => void, reference: () => void, { enough, tries = 8 }: Comparison): number {
  reference();
  work();
  let [taken, referenceTaken] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let done = 0; done < tries; done += 1) {
    referenceTaken = Math.min(referenceTaken, timeOf(reference));
    taken = Math.min(taken, timeOf(work));
    if (done > 0 && taken <= enough * referenceTaken) break;
  }
  return taken / referenceTaken;
}

/** Time of the processor in microseconds, that of its collector of garbage included. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  // What is quicker than the clock can tell took that long.
  return Math.max(1, user + system);
}
