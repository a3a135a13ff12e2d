/** Bounds of {@link timesAsLong}. */
export interface Comparison {
  /** What the caller allows: as soon as a result is within it, nothing more is measured. */
  readonly enough: number;
  /** At most so many comparisons; default 8. */
  readonly tries?: number;
}

/** Work that other work is compared with, and the least time that it has taken so far. */
export class Reference {
  private least = Number.POSITIVE_INFINITY;

  constructor(private readonly work: () => void) {}

  /** The least time so far. The work is measured twice before, so that it is not compiled meanwhile. */
  get time(): number {
    if (this.least === Number.POSITIVE_INFINITY) {
      this.measured();
      this.measured();
    }
    return this.least;
  }

  /** Repeats the work until it has taken so long altogether; the average time of one repetition. */
  averageOver(duration: number): number {
    let [taken, repetitions] = [0, 0];
    for (; taken < duration; repetitions += 1) taken += this.measured();
    return taken / repetitions;
  }

  private measured(): number {
    const time = timeOf(this.work);
    this.least = Math.min(this.least, time);
    return time;
  }
}

/**
 * How many times as long one piece of work takes as another one; the least of several comparisons. What is quick enough at
 * once is not compared again.
 *
 * Each comparison repeats the reference directly after the work, for as long as the work took. A busy machine makes both slower,
 * a long measurement more than a short one: caches are cold after each turn of another program, and a short one may fall between
 * two turns.
 */
export function timesAsLong(
  work: () => void,
  reference: Reference | (() => void),
  { enough, tries = 8 }: Comparison,
): number {
  const compared = reference instanceof Reference ? reference : new Reference(reference);
  let times = timeOf(work) / compared.time;
  for (let done = 1; done < tries && times > enough; done += 1) {
    const taken = timeOf(work);
    times = Math.min(times, taken / compared.averageOver(taken));
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
