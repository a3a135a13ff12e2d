import type { TextSpan } from "../mark";

/**
 * Finds every secret of one form in a text. The time is linear in the length of the text, and the function never
 * throws.
 */
export type FindShape = (text: string) => TextSpan[];

/** The form of a token: a head, which is given separately, and the characters after it. */
export interface TokenForm {
  /** The characters after the head of the token, as a character class of a regular expression. */
  readonly body: string;
  /** The smallest number of characters after the head. */
  readonly least: number;
  /** Whether the head stays readable. Such a head is not secret, but names the secret. */
  readonly headIsShown?: boolean;
  /** Returns the secret part of a found word, which includes the head. Undefined if the word is not a secret. */
  readonly within?: (text: string, word: TextSpan) => TextSpan | undefined;
}

/**
 * Returns a function that finds tokens. A token consists of a head and the word after the head.
 *
 * @param head a global expression whose repetitions are limited
 */
export function token(head: RegExp, form: TokenForm): FindShape {
  const body: CharacterClass = characterClass(form.body);
  return (text) => {
    const found: TextSpan[] = [];
    head.lastIndex = 0;
    for (let match = head.exec(text); match !== null; match = head.exec(text)) {
      const from = match.index + match[0].length;
      const end = endOfWord(text, from, body);
      // The text before this offset contains no other token of this form.
      head.lastIndex = Math.max(end, from, match.index + 1);
      if (end - from < form.least) continue;
      const word = { start: form.headIsShown === true ? from : match.index, end };
      const span = form.within === undefined ? word : form.within(text, word);
      if (span !== undefined) found.push(span);
    }
    return found;
  };
}

/** Whether a UTF-16 code unit belongs to a class of characters. */
export type CharacterClass = (unit: number) => boolean;

/**
 * Makes a class of characters from a text such as `[\w-]`. Words are searched for with such a class and not with an
 * expression such as `[\w-]+`, because regular expressions of V8 overflow the stack on a word of several megabytes.
 */
export function characterClass(source: string): CharacterClass {
  // The entry of a character is set when the character first occurs, because there are dozens of classes, and few texts
  // contain the head of a token.
  const table: boolean[] = [];
  const pattern = new RegExp(source);
  return (unit) => {
    if (unit >= 128) return pattern.test(String.fromCharCode(unit));
    table[unit] ??= pattern.test(String.fromCharCode(unit));
    return table[unit] === true;
  };
}

/** The end of a word that begins at an offset. */
export function endOfWord(text: string, from: number, belongs: CharacterClass): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}
