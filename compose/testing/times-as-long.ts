/** The limits of {@link timesAsLong}. */
export interface Comparison {
  /** The largest ratio that the caller accepts. The measurement stops at the first result within this limit. */
  readonly enough: number;
  /** The largest number of comparisons. Default: 8. */
  readonly tries?: number;
}

/** Repeats work for a duration, and returns the average time of one repetition. */
function averageOver(work: () => void, duration: number): number {
  let [taken, repetitions] = [0, 0];
  for (; taken < duration; repetitions += 1) taken += timeOf(work);
  return taken / repetitions;
}

/**
 * Returns how many times as long `work` takes as `reference`. The smallest result of several comparisons counts. If a
 * result is small enough, no further comparison is made.
 *
 * Each comparison repeats the reference directly after the work, for as long as the work took. On a busy machine, other
 * programs use the processor from time to time, and leave the caches cold. This slows the long work, but a single short
 * run of the reference may end before it happens. Each comparison measures the reference again, because the code may
 * not have been compiled yet at an earlier measurement.
 */
export function timesAsLong(work: () => void, reference: () => void, { enough, tries = 8 }: Comparison): number {
  // The first run of the reference is not measured.
  reference();
  let times = Number.POSITIVE_INFINITY;
  for (let done = 0; done < tries && times > enough; done += 1) {
    const taken = timeOf(work);
    times = Math.min(times, taken / averageOver(reference, taken));
  }
  return times;
}

/** Returns the processor time of work in microseconds, including garbage collection. The result is at least one. */
export function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
