import type { LineIndex } from "./position";

/**
 * Keys as their issuers shape them: nobody writes such a word by chance. What may start again inside itself has an end, so
 * that time stays linear.
 */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/,
  /\bglpat-[\w-]{20,}/,
  /\bxox[abeoprs]-[\w-]{10,}/,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bAIza[\w-]{35}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bdckr_pat_[\w-]{20,}/,
  /\blk_[A-Za-z0-9_]{16,}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bpul-[0-9a-f]{40}\b/,
  /\bdo[opr]_v1_[0-9a-f]{64}\b/,
  /\beyJ[\w-]{10,300}\.eyJ[\w-]{10,}/,
];

/** What the known kinds have in common is looked for first: nearly no text holds any of it. */
const shortestKey = 14;
const signOfKey =
  /-----BEGIN |A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox|[rs]k_|sk-|AIza|npm_|hf_|dckr_pat_|lk_|SG\.|pul-|do[opr]_v1_|eyJ/;

/** `scheme://user:password@host`; a password that is a variable is none yet. */
const addressWithPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:(?!\$\{?[A-Za-z_])[^\s/@]{1,200}@/i;

/** Names whose value is a secret: `DB_PASSWORD`, `apiKey`, `SECRET`. Not `PASSWORD_FILE`, `MAX_TOKENS`, `PUBLIC_KEY`. */
const secretName =
  /(?:password|(?:^|[^a-z])(?:pass|passwd|passphrase|pwd|secret|token|(?:api|access|auth|encryption|master|private|secret|signing)[_-]?key|credentials?))$/i;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return name.length <= 200 && secretName.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
}

const shortestWord = 24;
const word = /[A-Za-z0-9+/_=-]{24,}/g;
const longestSearched = 20_000;
const fewestBits = 3.7;
const fewestTurns = 0.3;

/** A secret in a text. `key`: its shape is that of a known kind, or an address holds it. `likely`: only chance writes so. */
export interface FoundSecret {
  readonly kind: "key" | "likely";
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

function shapesIn(text: string): readonly RegExp[] {
  const keys = text.length >= shortestKey && signOfKey.test(text) ? shapes : [];
  return text.includes("://") ? [...keys, addressWithPassword] : keys;
}

/** The first key or password in a text: a known shape, else a long word that only chance writes. */
export function findSecret(text: string): FoundSecret | undefined {
  const searched = text.length > longestSearched ? text.slice(0, longestSearched) : text;
  for (const shape of shapesIn(searched)) {
    const found = shape.exec(searched);
    if (found !== null) return { kind: "key", start: found.index, end: found.index + found[0].length };
  }
  if (searched.length < shortestWord) return undefined;
  for (const { 0: found, index } of searched.matchAll(word)) {
    if (isRandom(found)) return { kind: "likely", start: index, end: index + found.length };
  }
  return undefined;
}

/** Whether a text holds what looks like a key or a password: a known shape, or a long word that only chance writes. */
export function looksSecret(text: string): boolean {
  return findSecret(text) !== undefined;
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

const shortestSecret = 4;

/** Values that are known to be secret, in the pieces that one line can hold. */
export function secretPieces(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(/[\r\n]+/))
    .map((piece) => piece.trim())
    .filter((piece) => piece.length >= shortestSecret);
}

/**
 * Whether a line must not be shown: it holds a known secret, what looks like one, or stands under a name that says so.
 * A line that was hidden in vain costs a glance into the file; one that was shown in vain costs a secret.
 */
export function isSecretLine(lines: LineIndex, line: number, pieces: readonly string[] = []): boolean {
  const text = lines.line(line);
  if (pieces.some((piece) => text.includes(piece)) || looksSecret(text) || namesSecret(text)) return true;
  // The text under `PASSWORD: |`, or a value on a line of its own.
  const depth = indentation(text);
  const farthest = Math.max(1, line - mostLinesUp);
  for (let above = line - 1; above >= farthest; above -= 1) {
    const other = lines.line(above);
    if (other.trim() === "" || indentation(other) >= depth) continue;
    return namesSecret(other);
  }
  return false;
}

const mostLinesUp = 200;
const named = /(?:^|[\s[{(,"'-])([A-Za-z_][\w.-]{0,100})["']?\s?[:=]/g;

function namesSecret(text: string): boolean {
  for (const [, name = ""] of text.slice(0, longestSearched).matchAll(named)) if (isSecretName(name)) return true;
  return false;
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}

/** An option of a command line that takes a secret, such as `--password`. */
const secretOption = /^--?([A-Za-z][\w-]{0,100})$/;

/**
 * Whether a value of a document looks as if it were secret: by its key, by its shape, or since a line of it gives a value
 * to a name that says so (`--password=…`, `api_key: …` in the content of a file).
 *
 * @param key the key that it stands under; absent in a list without one.
 * @param before the item before it in a list.
 */
export function isSecretValue(value: string, key?: string, before?: string): boolean {
  if (value === "") return false;
  if ((key !== undefined && isSecretName(key)) || looksSecret(value)) return true;
  const option = before === undefined ? undefined : secretOption.exec(before)?.[1];
  if (option !== undefined && isSecretName(option)) return true;
  // In one line a colon also stands in addresses and images: `token:1.2`.
  return value.includes("\n") ? value.split("\n").some(namesSecret) : value.includes("=") && assignsSecret(value);
}

function assignsSecret(text: string): boolean {
  return [...text.slice(0, longestSearched).matchAll(/([A-Za-z_][\w.-]{0,100})=/g)].some(([, name = ""]) =>
    isSecretName(name),
  );
}
