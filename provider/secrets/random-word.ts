import type { TextSpan } from "./mark";

/** A shorter word is not measured. */
const word = /[A-Za-z0-9+/_=-]{24,}/g;
const longestSearched = 20_000;
const fewestBits = 3.7;
const fewestTurns = 0.3;

/** The first long word that only chance writes, in the beginning of a text. */
export function findRandomWord(text: string): TextSpan | undefined {
  for (const { 0: found, index } of text.slice(0, longestSearched).matchAll(word)) {
    if (isRandom(found)) return { start: index, end: index + found.length };
  }
  return undefined;
}

/** Whether letters of both cases and digits follow each other without any order. Hexadecimal digests are not meant. */
function isRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/[0-9]/.test(text)) return false;
  let turns = 0;
  const counts = new Map<string, number>();
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (at > 0 && isTurn(kindOf(text.charAt(at - 1)), kindOf(sign))) turns += 1;
  }
  if (turns < fewestTurns * (text.length - 1)) return false;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits >= fewestBits;
}

/** A capital in front of a word is order: `SomeWordsInARow` has few turns. */
function isTurn(before: string, after: string): boolean {
  return before !== after && !(before === "upper" && after === "lower");
}

function kindOf(sign: string): string {
  if (/[a-z]/.test(sign)) return "lower";
  if (/[A-Z]/.test(sign)) return "upper";
  return /[0-9]/.test(sign) ? "digit" : "other";
}
