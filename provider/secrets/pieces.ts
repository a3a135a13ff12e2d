import type { TextSpan } from "./mark";
import { isSecretName } from "./names";
import { SECRET_SHAPES } from "./shapes";

/**
 * The one threshold: a shorter secret is not searched for inside a text. Replacing every "a" would make the text unreadable,
 * and the gaps would spell the secret out.
 */
export const SHORTEST_SECRET = 4;

/** Words that settings are full of, and that no password is. */
const ORDINARY = /^(?:true|false|null|none)$/i;

/**
 * What of a secret value may turn up by itself: the value without white space around it, each of its lines, what a line gives to a
 * name (`PASSWORD=…`, `"client_secret": "…"`), and what in it has a shape of its own, such as the password in an address.
 */
export function piecesOf(value: string): string[] {
  const lines = value.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const given = lines.flatMap((line) => (lines.length > 1 ? [...assigned(line), ...named(line)] : named(line)));
  const shaped = shapedIn(value);
  return [value, value.replace(/\r/g, ""), ...lines, ...given, ...shaped]
    .flatMap((piece) => [piece, piece.trim()])
    .filter((piece) => piece.trim().length >= SHORTEST_SECRET && !ORDINARY.test(piece.trim()));
}

const ASSIGNMENT = /^\s*(?:export\s{1,9}|-\s{1,9})?["']?[\w.-]{1,100}["']?\s{0,9}[=:]\s{0,9}/;

/** What a line gives to any name: in a text of several lines that is secret, nobody can tell which of them may be seen. */
function assigned(line: string): string[] {
  const found = ASSIGNMENT.exec(line);
  if (found === null) return [];
  const value = line.slice(found[0].length).trim().replace(/,$/, "");
  return value.startsWith("//") ? [] : [value, withoutQuotesAround(value)];
}

const ASSIGNMENT_ANYWHERE = /(?<![\w.-])([A-Za-z_][\w.-]{0,100})["']?\s{0,9}[=:]\s{0,9}["']?([^\s"';,&]{1,4096})/g;

/** What a secret value gives to a name that says so: `Server=db;Password=hunter2`. */
function named(line: string): string[] {
  return [...line.matchAll(ASSIGNMENT_ANYWHERE)].flatMap(([, name = "", value = ""]) =>
    isSecretName(name) ? [value] : [],
  );
}

function withoutQuotesAround(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function shapedIn(value: string): string[] {
  const spans: TextSpan[] = SECRET_SHAPES.flatMap(({ sign, find }) => (sign.test(value) ? find(value) : []));
  return spans.flatMap(({ start, end }) => {
    const found = value.slice(start, end);
    const colon = found.indexOf(":");
    const password = colon === -1 ? [] : [found.slice(colon + 1)];
    return [found, ...password].flatMap((text) => [text, decoded(text)]);
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Fewer digits of base64 stand in other texts by chance. */
const FEWEST_DIGITS = 6;

/**
 * The spellings in which a secret is searched for: as it is, in JSON, in an address or a form, and in base64, wherever in a longer text
 * it stood that was encoded.
 */
export function spellingsOf(secret: string): string[] {
  // Half of a surrogate pair is replaced as every encoder does it.
  const whole = Buffer.from(secret, "utf8").toString("utf8");
  return [secret, ...inJson(secret), ...inAddress(whole), ...inBase64(whole)];
}

/** As JavaScript writes it, as Go does, as Python and PHP do; each also inside of another text in JSON. */
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

/** Percent encoding of a part or of a whole address, and that of a form. */
function inAddress(text: string): string[] {
  const part = encodeURIComponent(text);
  const strict = part.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [part, strict, encodeURI(text), strict.replaceAll("%20", "+")];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase()))];
}

/** The digits that depend on nothing but the text, behind none, one or two bytes of another. */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const digits = bytes.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return digits.length < FEWEST_DIGITS ? [] : [digits, digits.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
