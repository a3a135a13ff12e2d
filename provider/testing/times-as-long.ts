/** Bounds of {@link timesAsLong}. */
export interface Comparison {
  /** What the caller allows: as soon as a result is within it, nothing more is measured. */
  readonly enough: number;
  /** At most so many measurements of each; default 8. */
  readonly tries?: number;
}

/** Work that other work is compared with, and the least time that it has taken so far. */
export class Reference {
  private least = Number.POSITIVE_INFINITY;

  constructor(private readonly work: () => void) {}

  /** Measures it once more; the least time of all. */
  measured(): number {
    this.least = Math.min(this.least, timeOf(this.work));
    return this.least;
  }

  /** The least time so far. It is measured twice before, so that it is not compiled meanwhile. */
  get time(): number {
    return this.least === Number.POSITIVE_INFINITY ? Math.min(this.measured(), this.measured()) : this.least;
  }
}

/**
 * How many times as long one piece of work takes as another one. Both are measured in turns, and the least of each counts: what else
 * the machine does only ever adds to a measurement, and it does not know whose turn it is. What is quick enough at once is not
 * measured again.
 */
export function timesAsLong(
  work: () => void,
  reference: Reference | (() => void),
  { enough, tries = 8 }: Comparison,
): number {
  const compared = reference instanceof Reference ? reference : new Reference(reference);
  let referenceTime = compared.time;
  let taken = timeOf(work);
  for (let done = 1; done < tries && taken > enough * referenceTime; done += 1) {
    referenceTime = compared.measured();
    taken = Math.min(taken, timeOf(work));
  }
  return taken / referenceTime;
}

/** Time of the processor in microseconds, that of the collector of garbage included; what is quicker than its clock took one. */
export function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
