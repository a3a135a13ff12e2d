/** Bounds of {@link timesAsLong}. */
export interface Comparison {
  /** What the caller allows: as soon as a result is within it, nothing more is measured. */
  readonly enough: number;
  /** At most so many comparisons; default 8. */
  readonly tries?: number;
}

/** Repeats work until it has taken so long altogether; the average time of one repetition. */
function averageOver(work: () => void, duration: number): number {
  let [taken, repetitions] = [0, 0];
  for (; taken < duration; repetitions += 1) taken += timeOf(work);
  return taken / repetitions;
}

/**
 * How many times as long one piece of work takes as another one; the least of several comparisons. What is quick enough at
 * once is not compared again.
 *
 * Each comparison repeats the reference directly after the work, for as long as the work took. A busy machine makes both slower,
 * a long measurement more than a short one: caches are cold after each turn of another program, and a short one may fall between
 * two turns. No earlier time of the reference counts: where its compiler is late, it was slow then.
 */
export function timesAsLong(work: () => void, reference: () => void, { enough, tries = 8 }: Comparison): number {
  // For nothing, so that its first run is not measured.
  reference();
  let times = Number.POSITIVE_INFINITY;
  for (let done = 0; done < tries && times > enough; done += 1) {
    const taken = timeOf(work);
    times = Math.min(times, taken / averageOver(reference, taken));
  }
  return times;
}

/** Time of the processor in microseconds, that of the collector of garbage included; what is quicker than its clock took one. */
export function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
