/** Bounds of {@link timesAsLong}. */
export interface Comparison {
  /** The largest ratio that the caller accepts. A result within it ends the measurement. */
  readonly enough: number;
  /** The largest number of comparisons. Default: 8. */
  readonly tries?: number;
}

/** Repeats work for a duration. Returns the average time of one repetition. */
function averageOver(work: () => void, duration: number): number {
  let [taken, repetitions] = [0, 0];
  for (; taken < duration; repetitions += 1) taken += timeOf(work);
  return taken / repetitions;
}

/**
 * How many times as long one piece of work takes as another one. Of several comparisons, the smallest result counts. If
 * the first result is small enough, no further comparison is made.
 *
 * Each comparison repeats the reference directly after the work, for as long as the work took. A busy machine slows
 * both. It slows a long measurement more than a short one: caches are cold after each turn of another program, and a
 * short measurement may fall between two turns. Earlier times of the reference do not count, because the code may not
 * have been compiled then.
 */
export function timesAsLong(work: () => void, reference: () => void, { enough, tries = 8 }: Comparison): number {
  // The first run is not measured.
  reference();
  let times = Number.POSITIVE_INFINITY;
  for (let done = 0; done < tries && times > enough; done += 1) {
    const taken = timeOf(work);
    times = Math.min(times, taken / averageOver(reference, taken));
  }
  return times;
}

/** Processor time in microseconds, including garbage collection. At least one. */
export function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
