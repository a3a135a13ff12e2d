import type { TextSpan } from "../mark";

/** Finds all secrets of one form in a text. The time is linear in the length of the text. Never throws. */
export type FindShape = (text: string) => TextSpan[];

/** The form of the characters that follow the head (the fixed beginning) of a token. The head is passed separately. */
export interface TokenForm {
  /** The characters after the head of the token, as a character class of a regular expression. */
  readonly body: string;
  /** The smallest number of characters after the head of the token. */
  readonly least: number;
  /** If true, the head of the token stays readable in a redacted text, and the secret begins after the head. */
  readonly headIsShown?: boolean;
  /**
   * Returns the secret inside a found word, or undefined if the word is not a secret. Without `headIsShown`, the word
   * includes the head.
   */
  readonly within?: (text: string, word: TextSpan) => TextSpan | undefined;
}

/**
 * Returns a function that finds tokens. A token consists of a head and the characters after it.
 *
 * @param head a global expression. Each repetition in it has a limit, so that the time stays linear
 */
export function token(head: RegExp, form: TokenForm): FindShape {
  const body: CharacterClass = characterClass(form.body);
  return (text) => {
    const found: TextSpan[] = [];
    head.lastIndex = 0;
    for (let match = head.exec(text); match !== null; match = head.exec(text)) {
      const from = match.index + match[0].length;
      const end = endOfWord(text, from, body);
      // The search continues after the current word, because no other token of this form begins inside this word.
      head.lastIndex = Math.max(end, from, match.index + 1);
      if (end - from < form.least) continue;
      const word = { start: form.headIsShown === true ? from : match.index, end };
      const span = form.within === undefined ? word : form.within(text, word);
      if (span !== undefined) found.push(span);
    }
    return found;
  };
}

/** Returns true if a UTF-16 code unit belongs to a class of characters. */
export type CharacterClass = (unit: number) => boolean;

/**
 * Makes a class of characters from a text such as `[\w-]`. An expression such as `[\w-]+` would overflow V8's stack on
 * a word of several megabytes.
 */
export function characterClass(source: string): CharacterClass {
  // The table gets the entry of a character when this character first occurs. Filling the whole table for each class of
  // characters would take long, and most classes are never used.
  const table: boolean[] = [];
  const pattern = new RegExp(source);
  return (unit) => {
    if (unit >= 128) return pattern.test(String.fromCharCode(unit));
    table[unit] ??= pattern.test(String.fromCharCode(unit));
    return table[unit] === true;
  };
}

/** Returns the offset at which a word ends. The word begins at the offset `from`. */
export function endOfWord(text: string, from: number, belongs: CharacterClass): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}
