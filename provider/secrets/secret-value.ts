import type { TextSpan } from "./mark";
import { assignsSecret, givesSecret, isSecretName, namesSecret } from "./names";
import { hidesShape, shapesInDocument } from "./shapes";

/** A secret in a text. `key`: its shape is in the table. `likely`: it is a random word. */
export interface FoundSecret extends TextSpan {
  readonly kind: "key" | "likely";
}

/** The first key or password in a document: a shape of the table, otherwise a long random word. */
export function findSecret(text: string): FoundSecret | undefined {
  const [found] = shapesInDocument(text);
  if (found !== undefined) {
    // The first line of a key with several lines.
    const lineEnd = text.indexOf("\n", found.start);
    return { kind: "key", start: found.start, end: lineEnd === -1 ? found.end : Math.min(found.end, lineEnd) };
  }
  const word = findRandomWord(text);
  return word && { kind: "likely", ...word };
}

/** Whether a text contains something that looks like a key or a password, also an encoded one. */
export function looksSecret(text: string): boolean {
  return findSecret(text) !== undefined || hidesShape(text);
}

/**
 * Whether a value of a document looks secret: by its key, by its shape, or because a line of it gives a value to the
 * name of a secret (`--password=…`, `api_key: …` in the content of a file).
 *
 * @param key the key of the value; absent in a list without one.
 * @param before the item before it in a list.
 */
export function isSecretValue(value: string, key?: string, before?: string): boolean {
  if (value === "") return false;
  if ((key !== undefined && isSecretName(key)) || looksSecret(value)) return true;
  if (givesSecret(value, before)) return true;
  return value.includes("\n") ? value.split("\n").some(namesSecret) : /[=:]/.test(value) && assignsSecret(value);
}

/** The secret ones among unmarked variables: those whose name or value looks secret. */
export function unmarkedVariables(
  texts: Iterable<readonly [name: string, text: string]>,
): Map<string, { readonly text: string; readonly secret: boolean }> {
  return new Map(
    [...texts].map(([name, text]) => [name, { text, secret: isSecretName(name) || looksSecret(text) }] as const),
  );
}

/** Words that are long enough to be measured. */
const WORD = /[A-Za-z0-9+/_=-]{24,}/g;
const LONGEST_SEARCHED = 20_000;
const FEWEST_BITS = 3.7;
const FEWEST_TURNS = 0.3;

/** The first long random word at the beginning of a text. */
export function findRandomWord(text: string): TextSpan | undefined {
  for (const { 0: found, index } of text.slice(0, LONGEST_SEARCHED).matchAll(WORD)) {
    if (isRandom(found)) return { start: index, end: index + found.length };
  }
  return undefined;
}

/** Whether letters of both cases and digits follow each other without order. Hexadecimal digests do not count. */
function isRandom(text: string): boolean {
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/[0-9]/.test(text)) return false;
  let turns = 0;
  const counts = new Map<string, number>();
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (at > 0 && isTurn(kindOf(text.charAt(at - 1)), kindOf(sign))) turns += 1;
  }
  if (turns < FEWEST_TURNS * (text.length - 1)) return false;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits >= FEWEST_BITS;
}

/** A capital at the begin of a word is order: `SomeWordsInARow` has few changes. */
function isTurn(before: string, after: string): boolean {
  return before !== after && !(before === "upper" && after === "lower");
}

function kindOf(sign: string): string {
  if (/[a-z]/.test(sign)) return "lower";
  if (/[A-Z]/.test(sign)) return "upper";
  return /[0-9]/.test(sign) ? "digit" : "other";
}
