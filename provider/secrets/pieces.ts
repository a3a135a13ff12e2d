import type { TextSpan } from "./mark";
import { isSecretName } from "./names";
import { secretShapes } from "./shapes";
import { unquoted } from "./views/dropped";

/**
 * The one threshold: a shorter secret is not searched for inside a text. Replacing every "a" would make the text unreadable,
 * and the gaps would spell the secret out.
 */
export const shortestSecret = 4;

/** Words that settings are full of, and that no password is. */
const ordinary = /^(?:true|false|null|none)$/i;

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
    .filter((piece) => piece.trim().length >= shortestSecret && !ordinary.test(piece.trim()));
}

/** The spellings in which a piece is searched for in a view: bytes of UTF-8 have a view of their own, quotes may be missing. */
export function wordsOf(piece: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII as a whole
  const isAscii = /^[\u0000-\u007f]*$/.test(piece);
  const spellings = isAscii ? [piece] : [piece, Buffer.from(piece, "utf8").toString("latin1")];
  return [...spellings, ...spellings.map(unquoted)].filter((word) => word.length >= shortestSecret);
}

const assignment = /^\s*(?:export\s{1,9}|-\s{1,9})?["']?[\w.-]{1,100}["']?\s{0,9}[=:]\s{0,9}/;

/** What a line gives to any name: in a text of several lines that is secret, nobody can tell which of them may be seen. */
function assigned(line: string): string[] {
  const found = assignment.exec(line);
  if (found === null) return [];
  const value = line.slice(found[0].length).trim().replace(/,$/, "");
  return value.startsWith("//") ? [] : [value, withoutQuotesAround(value)];
}

const assignmentAnywhere = /(?<![\w.-])([A-Za-z_][\w.-]{0,100})["']?\s{0,9}[=:]\s{0,9}["']?([^\s"';,&]{1,4096})/g;

/** What a secret value gives to a name that says so: `Server=db;Password=hunter2`. */
function named(line: string): string[] {
  return [...line.matchAll(assignmentAnywhere)].flatMap(([, name = "", value = ""]) =>
    isSecretName(name) ? [value] : [],
  );
}

function withoutQuotesAround(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function shapedIn(value: string): string[] {
  const spans: TextSpan[] = secretShapes.flatMap(({ sign, find }) => (sign.test(value) ? find(value) : []));
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
