import { type CharacterClass, characterClass, endOfWord } from "./character-class";
import type { TextSpan } from "./mark";

/** Finds every secret of one shape in a text. Linear in the text; never throws. */
export type FindShape = (text: string) => TextSpan[];

/** How the characters of a token are recognized. */
export interface TokenForm {
  /** The characters of the token, as a class of a regular expression. */
  readonly body: string;
  /** Whether characters beyond ASCII belong to it, too. */
  readonly beyond?: boolean;
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
  const body: CharacterClass = characterClass(form.body, form.beyond);
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
