/**
 * Called for each found word. `start` is the offset of its first code unit. `end` is the offset after its last code
 * unit.
 */
export type Found = (start: number, end: number) => void;

/**
 * The length of the longest word that is searched for as a whole, in code units. A longer word is split into parts of
 * this length, because comparing long words at every position of a text would take long.
 */
const LONGEST_WORD = 64;
/** The search first compares this number of code units at the beginning of a word. */
const HEAD_UNITS = 4;

/**
 * Returns a function that finds all occurrences of many words in a text. If several words begin at the same position,
 * only the longest word is found. At each position, the search tries each length of a word only once, so the time does
 * not depend on the number of words.
 *
 * @param words words of at least `HEAD_UNITS` code units
 */
export function wordSearch(words: readonly string[]): (text: string, found: Found) => void {
  const parts = new Set([...new Set(words)].flatMap(partsOf));
  const lengths = new Map<number, Set<number>>();
  // Longer parts come first, so that the search does not stop at a shorter part that begins at the same position.
  for (const part of [...parts].sort((one, other) => other.length - one.length)) {
    const head = headAt(part, 0);
    lengths.set(head, (lengths.get(head) ?? new Set()).add(part.length));
  }
  return (text, found) => {
    for (let start = 0; start < text.length; start += 1) {
      for (const length of lengths.get(headAt(text, start)) ?? []) {
        const end = start + length;
        if (end > text.length || !parts.has(text.slice(start, end))) continue;
        found(start, end);
        break;
      }
    }
  };
}

/** Returns a hash of the `HEAD_UNITS` code units at an offset. */
function headAt(text: string, start: number): number {
  let head = 0;
  for (let at = start; at < start + HEAD_UNITS; at += 1) head = (head << 5) ^ text.charCodeAt(at);
  return head;
}

function partsOf(word: string): string[] {
  if (word.length <= LONGEST_WORD) return [word];
  const parts = [word.slice(-LONGEST_WORD)];
  for (let at = 0; at + LONGEST_WORD < word.length; at += LONGEST_WORD) parts.push(word.slice(at, at + LONGEST_WORD));
  return parts;
}
