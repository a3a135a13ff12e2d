/**
 * The longest word that is compared, in characters. Longer words are rarely typing errors, and take long to compare.
 */
const LONGEST_WORD = 40;

/**
 * One wrong letter is a certain typing error only in names and words of at least this many characters. Shorter names
 * that differ in one letter are often different names.
 */
const SHORTEST_CERTAIN = 4;

/** In a name of at least this many characters, two wrong letters still count as typing errors. */
const LONG_WORD = 8;

const NO_WORDS: ReadonlySet<string> = new Set();

/**
 * Returns the candidate that the author probably meant, or `undefined`. At most a third of the letters of the written
 * word may be wrong. In a word of one or two letters, one letter may be wrong. If several candidates are equally near,
 * returns the first one.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  return allNear(written, candidates)[0];
}

/** The conditions under which a typing error is certain. */
export interface Certainty {
  /** A typing error is certain only in names of at least this many characters. Default: 4. */
  readonly shortest?: number;
  /** The largest number of typing errors. Default: 1, or 2 for names of 8 or more characters. */
  readonly most?: number;
  /**
   * Words that are parts of correct names. Such a part of the written name may differ from the part of the candidate
   * only by two swapped letters, or by an `s` at the end.
   */
  readonly words?: ReadonlySet<string>;
}

/**
 * Returns the candidate that the author certainly meant, or `undefined` if there is not exactly one. The candidate
 * starts with the same letter as the written name, and differs from it only by typing errors. Names with different
 * digits (`stage-1`, `stage-2`) or with different short words (`cpu_shares`, `gpu_shares`) are different names.
 */
export function onlyNear(written: string, candidates: Iterable<string>, certainty: Certainty = {}): string | undefined {
  const { shortest = SHORTEST_CERTAIN, most = written.length < LONG_WORD ? 1 : 2, words = NO_WORDS } = certainty;
  if (written.length < shortest) return undefined;
  const from = comparable(written);
  const [only, ...others] = allNear(written, candidates).filter((candidate) => {
    const to = comparable(candidate);
    return candidate.length >= shortest && from[0] === to[0] && slips(from, to) <= most && isSlip(from, to, words);
  });
  return others.length === 0 ? only : undefined;
}

/** Whether two names differ only by typing errors, and not by other words or numbers. */
function isSlip(from: string, to: string, words: ReadonlySet<string>): boolean {
  const [written, meant] = [from, to].map((name) => name.split(/[_.]/)) as [string[], string[]];
  // Names that differ only in their separators differ only by typing errors.
  if (written.join("") === meant.join("")) return true;
  const wrong = written.filter((part) => !meant.includes(part));
  const right = meant.filter((part) => !written.includes(part));
  if ([...wrong, ...right].some((part) => /\d/.test(part))) return false;
  return wrong.every((part, index) => {
    const other = right[index] ?? "";
    // Swapped letters are a typing error even in a short word, such as `no` for `on`.
    if (sorted(part) === sorted(other)) return true;
    if (Math.max(part.length, other.length) < SHORTEST_CERTAIN) return false;
    return !words.has(part) || part === `${other}s` || other === `${part}s`;
  });
}

function sorted(part: string): string {
  return [...part].sort().join("");
}

function comparable(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

/** Returns the similar candidates, the most similar first. */
function allNear(written: string, candidates: Iterable<string>): string[] {
  if (written.length > LONGEST_WORD) return [];
  const limit = Math.max(1, Math.floor(written.length / 3));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > limit) continue;
    const distance = slips(comparable(written), comparable(candidate));
    if (distance <= limit) near.push({ candidate, distance });
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate);
}

/**
 * Returns the number of typing errors between two words. An added, lost or replaced letter is one error. Two swapped
 * neighbors are also one error.
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
