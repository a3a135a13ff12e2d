import { type CharacterClass, characterClass, endOfWord } from "./forms/token-shape";
import type { TextSpan } from "./mark";

/** The encoded words of a text, decoded and joined into one text. */
export interface DecodedWords {
  readonly text: string;
  /** Converts a span of the decoded text to the span of its encoded words in the original text. */
  spanOf(part: TextSpan): TextSpan;
}

/** Encoders break base64 into lines of at least 64 characters. So base64 ends on a line that is clearly shorter. */
const SHORTEST_LINE = 60;
/** The length of the shortest word that is decoded, in characters. No shorter word contains a recognizable secret. */
const SHORTEST_WORD = 16;
const HEADS = { base64: /[A-Za-z0-9+/_-]{16}/g, address: /[^\s"'<>]{16}/g } as const;
/**
 * Matches the end of a line and the indentation of the next line. JSON may contain the end of the line as an escape.
 */
const BREAK = /(?:\r?\n|(?:\\r)?\\n)[ \t]{0,200}/y;
const digits = characterClass("[A-Za-z0-9+/_-]");
/**
 * Matches a percent-encoded line feed, space, `:`, `=` or `@`. Addresses, parameters and headers have these characters.
 * Percent signs are decoded only in a word with at least one match.
 */
const SIGN_OF_ADDRESS = /%(?:0a|20|3a|3d|40)/i;
const ofAddress = characterClass("[^\\s\"'<>]");

/**
 * Decodes the words of a text that may be base64, or that match `SIGN_OF_ADDRESS`, so that the secrets in them can be
 * found. Base64 may have several lines. It is decoded only from the start of a word or of a line. The decoded text may
 * be wrong if base64 begins elsewhere. Known secrets are found even so: the search also looks for the base64 of each
 * known secret (`spellingsOf`).
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
 * Finds the words in base64 or in another encoding. A line of at least `wrapped` characters may continue on the next
 * line, and the encoded text may begin on any of the lines. So a span from the start of each line to the end of the
 * word is returned. At most four spans are needed: base64 is decoded in groups of four characters, so two starts at a
 * distance of four, eight or more characters give the same text.
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
    // Decoding fails if the bytes are not UTF-8, or if a percent sign is not an escape.
    return decodeURIComponent(word.replace(/%(?![0-7][0-9a-f])/gi, "%25"));
  }
}
