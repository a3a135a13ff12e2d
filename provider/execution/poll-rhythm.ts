/** List calls are at least so far apart, whoever joins meanwhile. Seconds. */
export const shortestTick = 0.5;

/**
 * Seconds until the next list call, by the age of the youngest wait: short runs are seen soon, long ones cost little.
 * At most 2 s in the first minute and 5 s later.
 */
export function tickSeconds(youngestSeconds: number): number {
  if (youngestSeconds < 3) return shortestTick;
  if (youngestSeconds < 15) return 1;
  return youngestSeconds < 60 ? 2 : 5;
}

/** Seconds until a run that the list does not show is read again: 1, 2, 4, 8, 15, 15, … */
export function nextReadDelay(readsSoFar: number): number {
  return Math.min(15, 2 ** Math.min(readsSoFar, 10));
}
