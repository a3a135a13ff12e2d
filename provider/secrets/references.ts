/**
 * Expressions for values that refer to something else: variables, templates, paths, calls, and secrets in another
 * location. They also match public keys and addresses without a password.
 */
const REFERENCES: readonly RegExp[] = [
  /^\$\$?\{[A-Za-z_]|\$\{[A-Za-z_][\w.]{0,60}(?:[:?+-][^}]{0,200})?\}/,
  /\$\([A-Za-z][\w./-]{0,60}\s[^()]{0,200}\)|^\$\$?\([^()]{1,300}\)$|\$\([a-z]{2,20}$/,
  /^\{\{|\{\{[^{}]{1,200}\}\}|^<%[=\s]|<%[^%]{1,200}%>/,
  /^<[^<>]{0,200}>(?:\s|$)|^<[A-Za-z][A-Za-z_ -]{0,60}>\//,
  /^%\([\w.]{1,60}\)|^#\{[^{}]{1,200}\}/,
  /^@@?[A-Za-z_]+@@?$/,
  /^[A-Za-z]:\\\w|^\.{1,2}$|^!(?:[A-Za-z]{2,20}\s|(?:[A-Z]?[a-z]{2,20}|[A-Z]{2,20})$)/,
  /^(?:process\.env|os\.environ|getenv|ENV)\b/,
  /^projects\/[\w-]{1,60}\/secrets\//,
  /^(?:await|new|lambda|async|function|return|typeof) /,
  /^[A-Za-z_][\w.[\]]{0,40} \| /,
  // Public keys of Stripe, Langfuse, Mapbox, Clerk and PostHog.
  /^(?:pk_(?:live|test)_|pk-lf-|pk\.eyJ|phc_)/,
  /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/,
];
/** Expressions for values that may be references or random passwords. */
const LOOSE: readonly RegExp[] = [
  /^(?:[A-Z]{1,9})?\[[^\]]*\]$/,
  /^\{\$?[A-Za-z_][\w.]{1,60}\}$/,
  /^(?:vault|op|ssm|secretref|keyring|env|file|arn|urn):/,
  /^(?:settings|config|cfg|self|this|var|local|data|module|env|ctx|opts|options|args|secrets|request|req|params)\.[A-Za-z_][\w.]*$/,
  /\$\([A-Za-z][\w./-]{0,60}\)/,
  /^[^{}]{0,200}\{[A-Za-z_][\w.]{0,60}\}[^{}]{0,200}$/,
  /^[A-Za-z_$][\w.$:>-]{0,100}\((?:[^)]{0,200}\)|["'\w]|$)/,
];
/**
 * Expressions for references. A match counts only if all words of the text are words of ordinary names, because a
 * random password may match by chance.
 */
const OF_NAMES: readonly RegExp[] = [
  /^\$\$?[A-Za-z_]\w{0,100}(?:[\s,].{0,200})?$/,
  /^\*\w{1,100}$/,
  /^%[A-Za-z_.]{1,100}%(?:\/[\w./-]{0,200})?$/,
  /^[A-Za-z_]{3,40}(?:\.[A-Za-z_][\w-]{1,40}){2,9}$/,
  /^[A-Za-z_$][\w.$:>-]{2,100}\((?:["']|[A-Za-z_][\w.]{0,60}$|$)/,
  /^[A-Za-z_$][\w.$:>-]{0,100}\(\s{0,9}(?:"[^"]{0,100}"|'[^']{0,100}'|[\w.$]{1,60})?(?:,\s{0,9}(?:"[^"]{0,100}"|'[^']{0,100}'|[\w.$]{1,60})){0,9}\)$/,
];
const PATHS: readonly RegExp[] = [/^(?:~|\.{1,2})?\/[\w./-]*$/, /^(?:[\w@.-]{1,80}\/)[\w@./-]{1,200}\.[a-z]{1,5}$/i];

/** Matches a word of a name: all in lower case, all in upper case or in camel case. A number may follow the word. */
const WORD_OF_NAME = /^(?:[a-z]{0,40}|[A-Z]{0,40}|[A-Z]?[a-z]{2,20}(?:[A-Z]{1,4}[a-z]{2,20}){0,8}[A-Z]{0,2})\d{0,4}$/;

/**
 * Matches the hash of a password, which is not secret: `$2y$10$…`, `{SSHA}…`. In a Compose document, each dollar sign
 * is doubled.
 */
const HASH =
  /^(?:\{[A-Z][A-Z0-9._-]{1,30}\})?\${1,2}(?:[1-7y]|2[abxy]|apr1|argon2(?:id?|d)|pbkdf2[\w-]{0,12}|scrypt|sha1|md5|bcrypt[\w-]{0,12})\${1,2}[\w./=,+$-]{8}|^\{(?:S?(?:SHA|MD5)\d{0,3}|CRYPT|PBKDF2[\w-]{0,9})\}[\w/+=]{8}/i;

/** Whether a value is the hash of a password. */
export function isPasswordHash(value: string): boolean {
  return HASH.test(value);
}

/**
 * Returns true if a value only refers to a secret, or is public.
 *
 * @param looksRandom whether the value looks like a random password; if true, the expressions in `LOOSE` do not count
 */
export function isReference(value: string, looksRandom: boolean): boolean {
  if (REFERENCES.some((reference) => reference.test(value))) return true;
  if (OF_NAMES.some((reference) => reference.test(value)) && isOfNames(value)) return true;
  if (isPath(value) && isSurelyPath(value)) return true;
  return !looksRandom && LOOSE.some((reference) => reference.test(value));
}

/** Returns true if a value has the form of a path, and no segment of the path looks random. */
export function isPath(value: string): boolean {
  const parts = value.split(/[/.]/);
  const isMixedAlone = /^\/[^/.]*$/.test(value) && kindsIn(value) === 3;
  return !isMixedAlone && PATHS.some((path) => path.test(value)) && !parts.some(isMixed);
}

/**
 * Returns true if a path is certainly not a password. All words of such a path are words of names. The path also begins
 * with a dot or a tilde, ends with a file extension, or has a slash after another character. A slash at the beginning
 * is no proof, because a password may begin with a slash.
 */
function isSurelyPath(value: string): boolean {
  return /^[.~]|\.[a-z]{1,5}$|[^/]\//i.test(value) && isOfNames(value);
}

/** Returns true if all words of a value, up to its first quote, look like words in the names of files or variables. */
export function isOfNames(value: string): boolean {
  const [names = ""] = value.split(/["']/);
  return names.split(/[^A-Za-z0-9]+/).every((word) => WORD_OF_NAME.test(word));
}

/**
 * Returns true if a segment of a path is long and mixes all kinds of characters. Such a segment is probably a key in
 * base64.
 */
function isMixed(segment: string): boolean {
  return segment.length >= 16 && kindsIn(segment) === 3;
}

function kindsIn(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(text)).length;
}
