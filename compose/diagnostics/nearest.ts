/**
 * The longest word that is compared, in characters. Longer words are rarely typing errors, and comparing them would
 * need a large table.
 */
const LONGEST_WORD = 40;

/**
 * Returns the candidate that the author probably meant, or `undefined`. The candidate may differ from the written word
 * in a third of its letters. One typing error is always accepted: a letter too many, a letter too few, a wrong letter,
 * or two swapped letters. Of several equally near candidates, the first one is returned.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  return allNear(written, candidates)[0];
}

/**
 * Returns the candidate that the author certainly meant: the only one that differs by no more than a typing error. If
 * there are several candidates, or none, returns `undefined`.
 */
export function onlyNear(written: string, candidates: Iterable<string>): string | undefined {
  const [only, ...others] = allNear(written, candidates);
  return others.length === 0 ? only : undefined;
}

/** Returns the similar candidates, the nearest ones first. */
function allNear(written: string, candidates: Iterable<string>): string[] {
  if (written.length > LONGEST_WORD) return [];
  const limit = Math.max(1, Math.floor(written.length / 3));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > limit) continue;
    const distance = slips(written.toLowerCase().replaceAll("-", "_"), candidate.toLowerCase().replaceAll("-", "_"));
    if (distance <= limit) near.push({ candidate, distance });
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate);
}

/**
 * Returns the number of typing errors between two words. A letter that was added, lost or replaced is one error, and so
 * are two swapped neighbors.
 */
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
      const exchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (exchanged) cost = Math.min(cost, (twoAgo[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    twoAgo = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
