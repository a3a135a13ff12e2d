/** Called for each occurrence of a word, with the offsets of its first unit and after its last unit. */
export type Found = (start: number, end: number) => void;

/** A longer word is searched for in parts of this length, because a text could otherwise make the search slow. */
const LONGEST_WORD = 64;
/** The number of units at the beginning of a word by which it is looked up. */
const HEAD_UNITS = 4;

/**
 * Finds all occurrences of many words in a text. If several words begin at the same position, only the longest is
 * found. The time does not depend on the number of words: at each position at which a word may begin, every length is
 * tried once.
 *
 * @param words none may be shorter than four units
 */
export function wordSearch(words: readonly string[]): (text: string, found: Found) => void {
  const parts = new Set([...new Set(words)].flatMap(partsOf));
  const lengths = new Map<number, Set<number>>();
  // The longest first.
  for (const part of [...parts].sort((one, other) => other.length - one.length)) {
    const head = headAt(part, 0);
    lengths.set(head, (lengths.get(head) ?? new Set()).add(part.length));
  }
  return (text, found) => {
    for (let start = 0; start + HEAD_UNITS <= text.length; start += 1) {
      for (const length of lengths.get(headAt(text, start)) ?? []) {
        const end = start + length;
        if (end > text.length || !parts.has(text.slice(start, end))) continue;
        found(start, end);
        break;
      }
    }
  };
}

/** A number for the units at an offset. Words with the same beginning have the same number. Others may have it too. */
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
