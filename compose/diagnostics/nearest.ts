/** Longer words are no slips of the finger, and not worth the table. */
const LONGEST_WORD = 40;

/**
 * The word that was probably meant: the nearest candidate within a third of the length of what was written (at least
 * one slip: a letter too many, too few, another one, or two exchanged). `undefined` when nothing is near; the
 * first of several that are equally near.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > LONGEST_WORD) return undefined;
  const limit = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > limit || candidate.length > LONGEST_WORD) continue;
    const distance = slips(written.toLowerCase().replaceAll("-", "_"), candidate.toLowerCase().replaceAll("-", "_"));
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return bestDistance <= limit ? best : undefined;
}

/** Slips between two words: letters added, lost, replaced, and neighbours exchanged. */
function slips(from: string, to: string): number {
  let twoAgo: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const exchanged = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (exchanged) cost = Math.min(cost, (twoAgo[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    twoAgo = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
