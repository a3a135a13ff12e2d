import type { TextSpan } from "./mark";

/** Finds every secret of one shape in a text. Linear in the text; never throws. */
export type FindShape = (text: string) => TextSpan[];

/** How the characters of a token are recognized. */
export interface TokenForm {
  /** The characters of the token, as a class of a regular expression. */
  readonly body: string;
  /** So many characters have to stand behind the head. */
  readonly least: number;
  /** The head is no part of the secret: it names what follows. */
  readonly headIsShown?: boolean;
  /** Looks at the whole word; `undefined` when it is no secret. */
  readonly within?: (text: string, word: TextSpan) => TextSpan | undefined;
}

/**
 * A shape that is a head and the word behind it.
 *
 * @param head global, its repetitions bounded.
 */
export function token(head: RegExp, form: TokenForm): FindShape {
  const body: CharacterClass = characterClass(form.body);
  return (text) => {
    const found: TextSpan[] = [];
    head.lastIndex = 0;
    for (let match = head.exec(text); match !== null; match = head.exec(text)) {
      const from = match.index + match[0].length;
      const end = endOfWord(text, from, body);
      // What was walked over holds no other token of this shape.
      head.lastIndex = Math.max(end, from, match.index + 1);
      if (end - from < form.least) continue;
      const word = { start: form.headIsShown === true ? from : match.index, end };
      const span = form.within === undefined ? word : form.within(text, word);
      if (span !== undefined) found.push(span);
    }
    return found;
  };
}

/** Says whether a UTF-16 code unit belongs to a class of characters. */
export type CharacterClass = (unit: number) => boolean;

/**
 * A class as a regular expression writes it: `[\w-]`. Words are walked with it and not with `[\w-]+`: on a word of some
 * megabytes V8's regular expressions overflow their stack and throw.
 */
export function characterClass(source: string): CharacterClass {
  // Filled when a character is met: there are dozens of classes, and few texts hold what stands in front of a token.
  const table: boolean[] = [];
  const pattern = new RegExp(source);
  return (unit) => {
    if (unit >= 128) return pattern.test(String.fromCharCode(unit));
    table[unit] ??= pattern.test(String.fromCharCode(unit));
    return table[unit] === true;
  };
}

/** Where a word that begins at an offset ends. */
export function endOfWord(text: string, from: number, belongs: CharacterClass): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}
