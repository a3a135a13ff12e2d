import type { TextSpan } from "./mark";

/** Matches the words that are long enough to decide whether they are random. `PART` then splits a word into parts. */
const WORD = /[A-Za-z0-9+/_=.:@~-]{24,}/g;
const PART = /[A-Za-z0-9]+/g;
/** A shorter part of a word does not count as random, because names of models and version numbers have such parts. */
const SHORTEST_PART = 12;
/** A word counts as random only if all its random parts together have at least this number of letters and digits. */
const FEWEST_RANDOM = 20;
const LONGEST_TEXT = 2_000_000;
/**
 * A part is a sequence of letters and digits in a word. In a random part, the kind of character often changes
 * (`isTurn`): at least at this share of its positions.
 */
const FEWEST_TURNS = 0.3;
/** The least entropy of a random part, in bits per character. For a short part, the limit is lower. */
const FEWEST_BITS = 3.5;

/** Matches the text before a word that is public, such as `ssh-rsa `, `sha256:`, `;base64,` or `?page=`. */
const PUBLIC =
  /(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3}|sk-ssh-\S{1,40}|sha(?:1|256|384|512)[-:=]|md5[-:=]|h1:|;base64,|\${1,2}(?:[156y]|2[abxy]|apr1)\${1,2}(?:[\w./=]{1,30}\${1,2}){0,2}|[?&][\w.-]{1,40}=|(?:public|pub|publishable|site|cert|certificate|checksum|digest|hash|sum|integrity|fingerprint|etag|commit|revision|(?<![a-z])id|uri|url|path|image|model|peer|client|[a-z]Id|[a-z]ID)(?:[ _-]?key)?["']?\s{0,4}[:=]\s{0,4}["']?)\s{0,2}$/i;
/** Matches words that look random but are not secret, such as addresses, paths, names of files, and public keys. */
const PUBLIC_WORDS: readonly RegExp[] = [
  /^(?:[a-z][a-z0-9+.-]*:\/\/|\.{0,2}\/|~\/|\/\/)/i,
  /^(?:sha(?:1|256|384|512)[-:]|h1:|arn:|age1|AAAA[BCE][23]N?[zV]|pk[-_.]|6L[\w-]{38}$|1[\w-]{43}$)/,
  // Beginnings of images and fonts in base64.
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|PHN2Zy|PD94bW|UklGR|d09GM)/,
  /\.[a-z][a-z0-9]{1,4}$/,
  /^[\w.@-]{1,80}\/[\w.@-]{1,80}\//,
  /^RW[A-Za-z0-9+/]{54}$/,
  // Addresses of Ethereum accounts.
  /^0x[0-9a-fA-F]{40}$/,
  /^B[A-Za-z0-9_-]{86}=?$/,
];

/**
 * Matches values of 16, 20, 32 and 64 bytes in base64. Digests and public keys have these lengths. So a secret key of
 * such a length does not count as random.
 */
const DIGEST = /^(?:[\w+/-]{22}==|[\w+/-]{27}=?|[\w+/-]{43}=?|[\w+/-]{86}(?:==)?)$/;

function isPublic(word: string): boolean {
  return DIGEST.test(word) || PUBLIC_WORDS.some((pattern) => pattern.test(word));
}

/**
 * Finds the long words of a text that look random: digits, capital letters and small letters without order. Digests and
 * names do not count.
 */
export function randomWords(text: string): TextSpan[] {
  // A longer text is not a document, and V8 cannot search a word of several megabytes.
  if (text.length > LONGEST_TEXT) return [];
  const found: TextSpan[] = [];
  const blocks = publicBlocks(text);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const end = index + word.length;
    while ((blocks[0]?.end ?? end) < index) blocks.shift();
    if ((blocks[0]?.start ?? end) < index) continue;
    // In an assignment, only the value can be a secret.
    const from = index + word.search(/(?<=^[\w.-]{1,60}[=:])/);
    const start = Math.max(from, index);
    const before = text.slice(Math.max(0, start - 60), start);
    if (!isPublic(text.slice(start, end)) && !PUBLIC.test(before) && isRandom(text.slice(start, end)))
      found.push({ start, end });
  }
  return found;
}

function isRandom(word: string): boolean {
  let random = 0;
  for (const [part] of word.matchAll(PART))
    if (part.length >= SHORTEST_PART && isRandomPart(part)) random += part.length;
  return random >= FEWEST_RANDOM;
}

function isRandomPart(text: string): boolean {
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
  return bits >= Math.min(FEWEST_BITS, 0.8 * Math.log2(text.length));
}

/**
 * Returns true if two neighbouring characters are of different kinds, which is typical of random text. A small letter
 * after a capital letter does not count, because this is common in names such as `SomeWordsInARow`.
 */
function isTurn(before: string, after: string): boolean {
  return before !== after && !(before === "upper" && after === "lower");
}

/** Returns the kind of a character, which is a letter or a digit. */
function kindOf(sign: string): string {
  if (sign >= "a") return "lower";
  return sign >= "A" ? "upper" : "digit";
}

const BLOCK = /-----?-? ?(BEGIN|END) (?![A-Z0-9 ]{0,40}PRIVATE)[A-Z0-9 ]{1,40} ?-{4,5}/g;

/** The spans of PEM blocks that are not private keys. */
function publicBlocks(text: string): TextSpan[] {
  if (!/-----? ?BEGIN /.test(text)) return [];
  const blocks: TextSpan[] = [];
  let begun: number | undefined;
  for (const { 0: edge, index, 1: kind } of text.matchAll(BLOCK)) {
    if (kind === "END" && begun !== undefined) blocks.push({ start: begun, end: index + edge.length });
    begun = kind === "BEGIN" ? index : undefined;
  }
  return blocks;
}
