import { gradeOfName, wordsOf } from "./names";
import { isOfNames, isPasswordHash, isPath, isReference } from "./references";

// This module recognizes values that nobody keeps secret, such as switches, numbers, references, placeholders, and
// passwords that everybody knows.

const SWITCH =
  /^(?:yes|no|on|off|true|false|none|null|nil|n\/a|auto|read|write|read-write|ok|missing|invalid|present|set|enabled?|disabled?|default|empty|required|optional|undefined|unset|always|never|random|inherit|any|all|plain|md5|scram-sha-256|bearer|basic)$/i;
/** Whether a value is empty, or is a switch such as `yes`. */
export function isSwitch(value: string): boolean {
  return value.trim() === "" || SWITCH.test(value.trim());
}

/**
 * Matches dates, and numbers with or without a unit. A number of twelve or more digits does not match, because it may
 * be a key.
 */
const NUMBER = /^[-+]?(?:\d[\d_.,:-]{0,10}|\d{1,9} ?(?:[kmgt]i?b?|ms|s|m|h|d|min|%))$/i;
/** Matches numbers that are certainly not passwords: numbers of up to three digits, and numbers with a unit. */
const SMALL_NUMBER = /^[-+]?(?:\d{1,3}(?:\.\d{1,3})?|\d{1,9} ?(?:[kmgt]i?b?|ms|s|m|h|d|min|%))$/i;
/**
 * Matches one word with or without `1`, `12` or `123…` after it. Such a value counts as ordinary although it may be a
 * simple password. If all such words were redacted, output would be unreadable.
 */
const ONE_WORD = /^#?(?:[a-z]{2,12}|[A-Z]{2,12}|[A-Z][a-z]{1,11})(?:12?|123\d{0,7})?$/;
/** Matches the name of a variable in place of its value, such as `SAS_KEY_VALUE`. */
const NAME_OF_VARIABLE = /^(?:[a-z]{1,8}-)?[A-Z]{2,20}(?:[_-][A-Z]{2,20}){1,9}$/;
/** Matches the type of a database column. */
const TYPE =
  /^(?:(?:n?var)?char(?:acter)?|text|varbinary|binary|bytea|blob|uuid|bigint|integer)(?:\(\d{1,5}\))?[,;]?$/i;
/** The words of placeholders, of examples in documentation, and of well-known passwords. */
const VOCABULARY = new Set(
  `a absent access alphanumeric pepper vuln web account add admin administrator airflow amazing an and another any api app application auth awesome
  bar base baz be before bot bucket by change changed changeit changeme client cloud code cookie cool credential
  credentials db default demo dev developer development do docker dummy email encryption ensure enter example fake
  fill fixme foo for from generate generated get good guest hash here hf hidden if in insert is it its jwt keep kafka
  key license local localhost login long mail master me minio minioadmin missing mock mongo must my mysql name need
  needs new none not nothing obtain of on openai or our own pass passwd passphrase password paste phrase placeholder
  please postgres postgresql postgre private prod production provide pub public put pw pwd qwerty random real redacted
  redis replace root sa salt sample secret secure secured server service session set should signing sk some something
  specify staging string strong stuff sudo super test tester testing text that the this to todo token unsafe insecure
  unset unused update use user username value very webhook welcome will with word www you your yours apikey rand
  openssl hex urandom required require needed existing available configured unconfigured supplied given provided see
  docs documentation company organization org team group project environment variable config configuration settings
  file path number values short at least minimum characters char chars letters digits only min max length temp
  temporary initial old current same plain basic simple easy weak bad wrong invalid valid ok hello world abc created
  deleted updated revoked issued found disabled enabled expired refreshed rotated optional no yes empty env fallback
  choose make up pls top nobody never always ask prompt interactive stdin ignore ignored skip skipped notneeded
  anything whatever blank`
    .split(/\s+/)
    .filter((word) => word !== ""),
);
const LONGEST_WORD = 14;
/** In characters. A shorter part of a name is not a word of the name, because it may occur in any value. */
const SHORTEST_PART = 3;
const NO_NAMES: ReadonlySet<string> = new Set();
/** The length of the longest placeholder, in characters. */
const LONGEST_PLACEHOLDER = 80;

const wordsByNames = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/**
 * Returns the names in lower case, and also the single words of the names. The result is cached, because all texts of a
 * document have the same names.
 */
function wordsOfNames(names: ReadonlySet<string>): ReadonlySet<string> {
  const words = wordsByNames.get(names) ?? new Set([...names].flatMap(partsOfName));
  wordsByNames.set(names, words);
  return words;
}

/**
 * Returns the name in lower case, and the words in the name. A part of the name that looks random gives no words,
 * because it may be a password.
 */
function partsOfName(name: string): string[] {
  const known = name.split(/[^A-Za-z0-9]+/).filter(isOfNames);
  const parts = known.flatMap((word) => [...wordsOf(word), ...word.toLowerCase().split(/[^a-z]+/)]);
  return [name.toLowerCase(), ...parts.filter(({ length }) => length >= SHORTEST_PART)];
}

const LAST_WORDS = /^(?:[a-z]{0,9}(?:password|passwd|passphrase|secret|token)s?|pass|pw|pwd|keys?|creds|credentials?)$/;
/**
 * Matches several words that are joined as in a name. Words between underscores may each end with digits, as in
 * `db1_password`. Words between hyphens may not, except for the last one, because `hunter2-secret` may be a password.
 */
const WORDS_OF_NAME =
  /^(?:[A-Za-z]{1,40}\d{0,2}|[a-z]\d[a-z])(?:_[A-Za-z]{1,40}\d{0,2}){1,9}$|^[A-Za-z]{1,40}(?:-[A-Za-z]{1,40}){0,9}\d{0,4}$/;

/** Returns true if a value has the form of a secret's name: `keystore_creds`, `MySecureDatabasePassword`. */
function isNameOfSecret(value: string): boolean {
  if (value.length > LONGEST_PLACEHOLDER || !WORDS_OF_NAME.test(value)) return false;
  const words = wordsOf(value);
  // A word begins at each capital letter. So in random letters, most words have one letter. A name has at least three
  // letters per word on average.
  return words.length >= 2 && value.length >= 3 * words.length && LAST_WORDS.test(words.at(-1) ?? "");
}

/**
 * Returns true if a text consists only of known words. People add digits to words, as in `admin123`, so up to four
 * digits are ignored. More digits are ignored only if they are in order, as in `12345`.
 */
function isOfWords(value: string, isKnown: (word: string) => boolean): boolean {
  if (value.length > LONGEST_PLACEHOLDER || /[^\w\s.,:;!?@#*<>[\](){}'"/+=-]/.test(value)) return false;
  const digits = value.replace(/\D/g, "");
  if (digits.length > 4 && !"0123456789012345678901234567890".includes(digits)) return false;
  const letters = value.toLowerCase().replace(/[^a-z]/g, "");
  if (letters === "") return false;
  const reached = [true];
  for (let end = 1; end <= letters.length; end += 1) {
    reached[end] = false;
    for (let start = Math.max(0, end - LONGEST_WORD); start < end && !reached[end]; start += 1) {
      const word = letters.slice(start, end);
      reached[end] = reached[start] === true && isKnown(word);
    }
  }
  return reached[letters.length] === true;
}

const LETTERS: Readonly<Record<string, string>> = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s" };

/** Replaces digits and signs by the letters that they look like: `s3cr3t` becomes `secret`. */
function withLetters(value: string): string {
  return /^[A-Za-z][A-Za-z0-9@$]{2,30}[A-Za-z]$/.test(value)
    ? value.replace(/[013457@$]/g, (sign) => LETTERS[sign] ?? sign)
    : value;
}

const ORDER = "abcdefghijklmnopqrstuvwxyz0123456789abcdef";

/**
 * Returns true if a text repeats a few characters, or has characters in order, as in examples: `xxxx`, `1234567890`.
 */
export function isPattern(value: string): boolean {
  const body = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  const signs = new Set(body).size;
  if (body !== "" && (signs <= 2 || (signs === 3 && body.length >= 6))) return true;
  let inOrder = 0;
  for (let at = 1; at < body.length; at += 1) if (ORDER.includes(body.slice(at - 1, at + 1))) inOrder += 1;
  return body.length >= 6 && inOrder >= 0.8 * (body.length - 1);
}

/**
 * Matches words and characters that show that a value is an example. A word inside another word does not count, as in
 * `ForYourEyes0nly`.
 */
const EXAMPLE =
  /(?<![a-z])(?:example|placeholder|your)(?![a-z])|^\W{0,3}(?:change|replace)[-_ ]?(?:this|me)|^correct[ -]horse[ -]battery[ -]staple$|x{8}|^x{5,7}$|\*{4}|^\.{3}|\.{3}$/i;

/** Returns true if a value is an example, as in documentation. */
export function isExample(value: string): boolean {
  return EXAMPLE.test(value) || /EXAMPLE|PLACEHOLDER/.test(value) || isPattern(value);
}

/** The length of the longest ordinary value, in characters. */
const LONGEST_ORDINARY = 500;

/** Matches words that are common in sentences, but rare in passwords of several words. */
const OF_SENTENCES =
  /\b(?:a|an|and|are|at|auth|be|by|change|changed|default|enter|for|forms|found|from|if|in|invalid|is|it|missing|must|no|none|not|of|on|only|or|please|required|see|set|should|the|this|to|use|will|with|your)\b/i;
/** Matches two or more words of letters or small numbers. */
const PROSE = /^[A-Za-z'"(][A-Za-z',.;:()"?!/-]*(?: (?:[A-Za-z'"(][A-Za-z',.;:()"?!/-]*|\d{1,4}%?[.,]?)){1,}$/;

/** The length of the shortest secret, in characters. A single character is never a secret. */
export const SHORTEST_SECRET = 2;

/**
 * How likely it is that the value of a key such as `DB_PASSWORD` is a secret.
 *
 * - `none`: certainly no secret, such as `yes` or `${X}`
 * - `ordinary`: for example a word, a placeholder, a path, or a text that is also the name of a service in the
 * document. It may be a password, but most warnings about such values would be wrong
 * - `secret`: any other value
 */
export type ValueGrade = "secret" | "ordinary" | "none";

/**
 * Grades the value of a name such as `DB_PASSWORD`.
 *
 * @param name the name. A value that consists of the words of its name is ordinary
 * @param known texts whose words are ordinary too, such as the user and the host in the address with the password
 * @param names the names of services, images and users in the document. A value that equals such a name is ordinary
 */
export function gradeOfValue(
  value: string,
  name = "",
  known: readonly string[] = [],
  names: ReadonlySet<string> = NO_NAMES,
): ValueGrade {
  const text = value.trim();
  if (text.length > LONGEST_ORDINARY) return "secret";
  if (text.length < SHORTEST_SECRET || SWITCH.test(text) || SMALL_NUMBER.test(text) || TYPE.test(text)) return "none";
  if (!/[A-Za-z0-9]/.test(text)) return "none";
  const looksRandom = isKeyLike(text) && kindsOf(text) >= 3 && gradeOfName(name) === "secret";
  if (isReference(text, looksRandom)) return "none";
  if ([NUMBER, ONE_WORD, NAME_OF_VARIABLE].some((words) => words.test(text))) return "ordinary";
  if (isPasswordHash(text) || isPath(text) || isExample(text)) return "ordinary";
  if (PROSE.test(text) && OF_SENTENCES.test(text) && !/passphrase|mnemonic/i.test(name)) return "ordinary";
  if (isNameOfSecret(text)) return "ordinary";
  // A value that equals a name in the document is ordinary, except if it looks like a key. A key can stand where a name
  // is expected, for example as the user in an address.
  const isName = names.has(text) || wordsOfNames(names).has(text.toLowerCase().replace(/\d{1,4}$/, ""));
  if (isName && !isKeyLike(text)) return "ordinary";
  const own = new Set([...wordsOf(name), ...known.flatMap((word) => word.toLowerCase().split(/[^a-z]+/))]);
  const isKnown = (word: string) => VOCABULARY.has(word) || own.has(word) || wordsOfNames(names).has(word);
  return isOfWords(text, isKnown) || isOfWords(withLetters(text), isKnown) ? "ordinary" : "secret";
}

/**
 * Returns true if {@link gradeOfValue} returns `secret`. Such a value is worth a warning. It is not an ordinary word,
 * so it can be searched for in output and redacted.
 */
export function mayBeSecret(...given: Parameters<typeof gradeOfValue>): boolean {
  return gradeOfValue(...given) === "secret";
}

/**
 * Returns true if a value by itself looks like a password or a key: it has at least 8 characters of several kinds, or
 * at least 16 hexadecimal digits.
 */
export function isKeyLike(value: string): boolean {
  if (!/^[^\s]{8,}$/.test(value) || /^[\w.-]*\/[\w./-]*$/.test(value)) return false;
  const kinds = kindsOf(value);
  return kinds >= 3 || (kinds === 2 && /[0-9]/.test(value) && value.length >= 12) || /^[0-9a-f]{16,}$/i.test(value);
}

function kindsOf(value: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^\p{L}\p{M}0-9._/:,-]/u].filter((kind) => kind.test(value)).length;
}
