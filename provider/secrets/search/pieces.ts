import { formsIn } from "../forms/forms";
import { secretsIn } from "../secrets-in";

/**
 * The length of the shortest text that is searched for as a part of a longer text. If every "a" were redacted, a text
 * would be unreadable, and the positions of `[redacted]` would reveal the secret.
 */
export const SHORTEST_PIECE = 4;

/** Matches words that are common in settings and are not passwords. */
const ORDINARY = /^(?:true|false|null|none)$/i;

/**
 * Returns the parts of a secret value that may appear alone:
 *
 * - the value without white space around it
 * - each line of the value
 * - the value that a line assigns to a name (`PASSWORD=…`, `"client_secret": "…"`)
 * - parts with the form of a secret, such as the password in an address
 */
export function piecesOf(value: string): string[] {
  const lines = value.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const given = lines.length > 1 ? lines.flatMap(assigned) : [];
  return [value, value.replace(/\r/g, ""), ...lines, ...given, ...secretsWithin(value)]
    .flatMap((piece) => [piece, piece.trim()])
    .filter((piece) => piece.trim().length >= SHORTEST_PIECE && !ORDINARY.test(piece.trim()));
}

const ASSIGNMENT = /^\s*(?:export\s{1,9}|-\s{1,9})?["']?[\w.-]{1,100}["']?\s{0,9}[=:]\s{0,9}/;

/**
 * Returns the value that a line assigns to a name. In a secret text of several lines, the value of any name may be
 * secret.
 */
function assigned(line: string): string[] {
  const found = ASSIGNMENT.exec(line);
  if (found === null) return [];
  const value = line.slice(found[0].length).trim().replace(/,$/, "");
  return value.startsWith("//") ? [] : [value, withoutQuotesAround(value)];
}

function withoutQuotesAround(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/**
 * Returns the secrets inside a value, such as `hunter2` in `Server=db;Password=hunter2`, the password in an address, or
 * user and password in base64.
 */
function secretsWithin(value: string): string[] {
  const forms = formsIn(value).map(({ start, end }) => value.slice(start, end));
  const found = [...forms, ...secretsIn(value).map((finding) => finding.value)];
  const pair = /^[A-Za-z0-9+/]{8,}={0,2}$/.test(value) ? Buffer.from(value, "base64").toString("utf8") : "";
  if (/^[!-9;-~]{1,100}:[!-~]{1,400}$/.test(pair)) found.push(pair);
  return found.flatMap((text) => {
    const colon = text.indexOf(":");
    return [text, ...(colon === -1 ? [] : [text.slice(colon + 1)])].flatMap((part) => [part, decoded(part)]);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The length of the shortest base64 text that the search looks for. A shorter text may occur in any text by chance. */
const FEWEST_DIGITS = 6;

/**
 * Returns the spellings of a secret: unchanged, in JSON, percent-encoded, and in base64. In base64, a secret has
 * another spelling at another position of the encoded text, so all of them are returned.
 */
export function spellingsOf(secret: string): string[] {
  // Every encoder replaces a single half of a surrogate pair by U+FFFD, and so does this conversion.
  const whole = Buffer.from(secret, "utf8").toString("utf8");
  return [secret, ...inJson(secret), ...inAddress(whole), ...inBase64(whole)];
}

/**
 * Returns a text as the JSON encoders of JavaScript, Go, Python and PHP write it. Also returns each of these spellings
 * after a second encoding, for JSON inside of JSON.
 */
function inJson(text: string): string[] {
  const plain = quoted(text);
  const forms = [plain, plain.replace(/[<>&]/g, escaped), plain.replace(/[^\n -~]/g, escaped)];
  return [...forms, ...forms.map((form) => form.replaceAll("/", "\\/"))].flatMap((form) => [form, quoted(form)]);
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Returns the percent-encoded spellings of a text: as a part of an address, as a whole address and in a web form. */
function inAddress(text: string): string[] {
  const part = encodeURIComponent(text);
  const strict = part.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [part, strict, encodeURI(text), strict.replaceAll("%20", "+")];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase()))];
}

/**
 * Returns the base64 of a text inside a longer text. Base64 encodes groups of three bytes, so the spelling depends on
 * where in a group the text begins: three spellings. Characters that also depend on the text before or after are left
 * out.
 */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const digits = bytes.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return digits.length < FEWEST_DIGITS ? [] : [digits, digits.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
