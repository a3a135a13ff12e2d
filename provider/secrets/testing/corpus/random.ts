/**
 * A source of random texts that are the same in each run. Each entry of the corpus has its own source, so that a new
 * entry changes no other entry.
 */
export interface Random {
  /** A random text of this length with characters of an alphabet. */
  text(alphabet: string, length: number): string;
  number(below: number): number;
  bytes(count: number): Buffer;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
export const DIGITS = "0123456789";

export const HEX = `${DIGITS}abcdef`;
export const UPPER_HEX = `${DIGITS}ABCDEF`;
export const LETTERS = `${LOWER}${UPPER}`;
export const LOWER_ALNUM = `${LOWER}${DIGITS}`;
export const UPPER_ALNUM = `${UPPER}${DIGITS}`;
export const ALNUM = `${LETTERS}${DIGITS}`;
export const WORD = `${ALNUM}_`;
export const BASE64URL = `${ALNUM}-_`;
export const BASE64 = `${ALNUM}+/`;
export const BASE32 = `${UPPER}234567`;

/** Makes a source of random texts: Mulberry32, with the FNV-1a hash of a name as its seed. */
export function randomOf(name: string): Random {
  let state = 2_166_136_261;
  for (const sign of name) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 16_777_619);
  const number = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return {
    number,
    text: (alphabet, length) => Array.from({ length }, () => alphabet.charAt(number(alphabet.length))).join(""),
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => number(256))),
  };
}

/** A version 4 UUID. */
export function uuidOf(random: Random): string {
  const part = (length: number) => random.text(HEX, length);
  return [part(8), part(4), `4${part(3)}`, `a${part(3)}`, part(12)].join("-");
}

/**
 * Joins the parts of a secret. The parts are separate in the source code, so that secret scanners do not report them.
 */
export function joined(...parts: readonly string[]): string {
  return parts.join("");
}

/** The words of a text. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The lines of a text, except the empty ones. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
