import type { TextSpan } from "./mark";
import { type CharacterClass, characterClass, endOfWord } from "./token-shape";

/** The encoded words of a text, decoded into one text, with their positions. */
export interface DecodedWords {
  readonly text: string;
  /** The encoded words that a part of the decoded text comes from. */
  spanOf(part: TextSpan): TextSpan;
}

/** Shortest line of base64 that continues on the next line. */
const SHORTEST_LINE = 60;
/** Shortest word that is decoded. A shorter one contains no secret with a shape. */
const SHORTEST_WORD = 16;
const HEADS = { base64: /[A-Za-z0-9+/_-]{16}/g, address: /[^\s"'<>]{16}/g } as const;
/** The end of a line, also as JSON writes it, with the indentation after it. Base64 has no white space of its own. */
const BREAK = /(?:\r?\n|(?:\\r)?\\n)[ \t]{0,200}/y;
const digits = characterClass("[A-Za-z0-9+/_-]");
/** Encoded signs of an address, a parameter or a header. Every shape needs one of them. */
const SIGN_OF_ADDRESS = /%(?:0a|20|3a|3d|40)/i;
const ofAddress = characterClass("[^\\s\"'<>]");

/**
 * Decodes the words of a text that may be base64, also over several lines, or contain percent signs. A word is decoded
 * from its first digit, since its shape does not show other begins. A known secret is found by its spelling.
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
 * Words of a class of characters. With a line length, a word continues after the break of a line of that length. Its
 * first lines may be other words. So what begins with a later line is a word of its own, too, unless whole groups of
 * four digits come before it: then it is decoded in the same way.
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
    // The bytes are not UTF-8, or the signs escape nothing.
    return decodeURIComponent(word.replace(/%(?![0-7][0-9a-f])/gi, "%25"));
  }
}
