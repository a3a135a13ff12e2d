import type { TextSpan } from "./mark";
import { type CharacterClass, characterClass, endOfWord } from "./token-shape";

/** What the encoded words of a text stand for, as one text, and where each of them is written. */
export interface DecodedWords {
  readonly text: string;
  /** The words that a part of the decoded text comes from. */
  spanOf(part: TextSpan): TextSpan;
}

/** A line of base64 that goes on in the next one. */
const SHORTEST_LINE = 60;
/** How words begin; shorter ones hold no secret that has a shape. */
const SHORTEST_WORD = 16;
const HEADS = { base64: /[A-Za-z0-9+/_-]{16}/g, address: /[^\s"'<>]{16}/g } as const;
const digits = characterClass("[A-Za-z0-9+/_-]");
/** An encoded sign without which no shape is one: of an address, a parameter or a header. */
const SIGN_OF_ADDRESS = /%(?:0a|20|3a|3d|40)/i;
const ofAddress = characterClass("[^\\s\"'<>]");

/**
 * Decodes the words of a text that may be base64, also broken over lines, or hold percent signs. They say nothing of what comes before
 * them, so one is decoded from its first digit; a secret that is known is found at any digit by its spelling.
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

/** Words of a class; with a length of lines, one goes on behind the break of a line that is as long. */
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
    while (end - line >= wrapped) {
      const next = text.startsWith("\r\n", end) ? end + 2 : end + 1;
      if (text.charCodeAt(next - 1) !== 10 || !belongs(text.charCodeAt(next))) break;
      line = next;
      end = endOfWord(text, next, belongs);
    }
    words.push({ start, end });
    head.lastIndex = end;
  }
  return words;
}

function base64(word: string): string {
  return Buffer.from(word, "base64").toString("utf8");
}

function percent(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    // No UTF-8, or signs that escape nothing.
    return decodeURIComponent(word.replace(/%(?![0-7][0-9a-f])/gi, "%25"));
  }
}
