import type { TextSpan } from "./mark";
import { type CharacterClass, characterClass, endOfWord } from "./token-shape";

/** The encoded words of a text, decoded and joined into one text, with their positions. */
export interface DecodedWords {
  readonly text: string;
  /** The encoded words that a part of the decoded text comes from. */
  spanOf(part: TextSpan): TextSpan;
}

/** The shortest line of base64 that may continue on the next line. */
const SHORTEST_LINE = 60;
/** The shortest word that is decoded. A shorter word cannot contain a secret that can be found by its form. */
const SHORTEST_WORD = 16;
const HEADS = { base64: /[A-Za-z0-9+/_-]{16}/g, address: /[^\s"'<>]{16}/g } as const;
/**
 * The end of a line, which JSON writes as an escape, and the indentation after it. Base64 itself has no white space.
 */
const BREAK = /(?:\r?\n|(?:\\r)?\\n)[ \t]{0,200}/y;
const digits = characterClass("[A-Za-z0-9+/_-]");
/** Percent-encoded characters of addresses, parameters and headers. Every form of a secret needs one of them. */
const SIGN_OF_ADDRESS = /%(?:0a|20|3a|3d|40)/i;
const ofAddress = characterClass("[^\\s\"'<>]");

/**
 * Decodes the words of a text that may be base64, also over several lines, or that contain percent signs. Every word is
 * decoded from its first character only, because nothing shows whether base64 begins later in it. Known secrets are
 * found in another way: by their spellings in base64.
 */
export function decodedWords(text: string): DecodedWords {
  const words = [
    ...wordsIn(text, HEADS.base64, digits, SHORTEST_LINE).map((span) => ({
      span,
      text: base64(text.slice(span.start, span.end)),
    })),
    ...(SIGN_OF_ADDRESS.test(text) ? wordsIn(text, HEADS.address, ofAddress) : []).flatMap((span) => {
      const word = text.slice(span.start, span.end);
      return SIGN_OF_ADDRESS.test(word) ? [{ span, text: percent(word) }] : [];
    }),
  ];
  const starts: number[] = [];
  let length = 0;
  for (const word of words) {
    starts.push(length);
    length += word.text.length + 1;
  }
  const wordAt = (offset: number): TextSpan => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return words[low]?.span ?? { start: 0, end: 0 };
  };
  return {
    text: words.map((word) => word.text).join("\n"),
    spanOf: ({ start, end }) => {
      const [first, last] = [wordAt(start), wordAt(end - 1)];
      return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
    },
  };
}

/**
 * The words that consist of one class of characters. With a line length, a word continues on the next line if its line
 * has that length. Then the first lines may belong to other words. So the part that begins on a later line is also a
 * separate word. It is left out if a multiple of four characters comes before it, because it is then decoded in the
 * same way.
 */
function wordsIn(
  text: string,
  head: RegExp,
  belongs: CharacterClass,
  wrapped = Number.POSITIVE_INFINITY,
): readonly TextSpan[] {
  const words: TextSpan[] = [];
  head.lastIndex = 0;
  while (head.test(text)) {
    const start = head.lastIndex - SHORTEST_WORD;
    let line = start;
    let end = endOfWord(text, head.lastIndex, belongs);
    let digitsBefore = end - start;
    const starts = new Map([[0, start]]);
    while (end - line >= wrapped) {
      BREAK.lastIndex = end;
      if (!BREAK.test(text)) break;
      const next = BREAK.lastIndex;
      if (!belongs(text.charCodeAt(next))) break;
      if (!starts.has(digitsBefore % 4)) starts.set(digitsBefore % 4, next);
      line = next;
      end = endOfWord(text, next, belongs);
      digitsBefore += end - next;
    }
    words.push(...[...starts.values()].map((from) => ({ start: from, end })));
    head.lastIndex = end;
  }
  return words;
}

function base64(word: string): string {
  return Buffer.from(word.replaceAll(/\\[rn]/g, ""), "base64").toString("utf8");
}

function percent(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    // The bytes may not be UTF-8, or the percent signs may escape nothing.
    return decodeURIComponent(word.replace(/%(?![0-7][0-9a-f])/gi, "%25"));
  }
}
