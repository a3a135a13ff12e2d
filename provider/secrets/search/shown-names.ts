import type { TextSpan } from "../mark";

/** The length of the longest name that stays readable although it contains a secret value, in characters. */
const LONGEST_NAME = 256;
/**
 * Matches names of ordinary characters. Names with other characters need a separate search, because nothing shows where
 * such a name ends in a text.
 */
const PLAIN = /^[\w.-]*$/;

/** Names that are shown even if they contain a secret value. */
export interface NameCover {
  has(name: string): boolean;
  /** Returns true if a span of a text is a name or a part of a name. The text may join names with dots: `db.port`. */
  cover(text: string, part: TextSpan): boolean;
}

/**
 * Prepares a search for names, such as those of the services in a document. The time of the search does not depend on
 * the number of names.
 */
export function coverOf(names: ReadonlySet<string>): NameCover {
  const lengths = new Map<string, Set<number>>();
  for (const name of names) {
    if (PLAIN.test(name) || name.length > LONGEST_NAME) continue;
    lengths.set(name.charAt(0), (lengths.get(name.charAt(0)) ?? new Set()).add(name.length));
  }

  function isInOdd(text: string, { start, end }: TextSpan): boolean {
    if (lengths.size === 0) return false;
    for (let from = Math.max(0, end - LONGEST_NAME); from <= start; from += 1) {
      for (const length of lengths.get(text.charAt(from)) ?? [])
        if (from + length >= end && names.has(text.slice(from, from + length))) return true;
    }
    return false;
  }

  return {
    has: (name) => names.has(name),
    cover(text, part) {
      if (names.size === 0 || part.end - part.start > LONGEST_NAME) return false;
      return isInOdd(text, part) || [/[\w.-]/, /[\w-]/].some((sign) => names.has(wordAround(text, part, sign)));
    },
  };
}

/** Returns the whole word around a span of a text. A word is a sequence of characters that match `sign`. */
function wordAround(text: string, { start, end }: TextSpan, sign: RegExp): string {
  let [from, to] = [start, end];
  while (from > 0 && to - from <= LONGEST_NAME && sign.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && to - from <= LONGEST_NAME && sign.test(text.charAt(to))) to += 1;
  return text.slice(from, to).replace(/\.$/, "");
}
