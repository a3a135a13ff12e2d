/** Called for each occurrence of a word, with the offset of its first unit and the offset after its last. */
export type Found = (start: number, end: number) => void;

/** A longer word is searched for in parts of this length, so that no text makes it too slow. */
const LONGEST_WORD = 64;
/** Units at the begin of a word by which it is looked up. */
const HEAD_UNITS = 4;

/**
 * Finds many words in texts: all occurrences, and of those with the same begin the longest. The number of words does
 * not matter for the time: at a possible begin, each of their lengths is tried once.
 *
 * @param words none shorter than four units.
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

/** A number for the units at an offset. Words with the same head have the same number; others may have it too. */
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
