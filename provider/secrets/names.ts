/**
 * Names of secret values: `DB_PASSWORD`, `apiKey`, `PGPASS`, `TOKEN_2`. Not `PASSWORD_FILE`, `MAX_TOKENS`,
 * `PUBLIC_KEY`, `BYPASS`.
 */
const SECRET_NAME =
  /(?:password|(?:^|[^a-z])(?:(?:pg|ssh|db|sql|mysql|my|ftp|smtp|mail|ldap|http|proxy|redis|admin|root|user|require)?pass|passwd|passphrase|pwd|secret|token|(?:api|access|auth|encryption|master|private|secret|signing)[_-]?key|credentials?))(?:[_-]?[0-9]{1,3})?$/i;

/** Whether a name shows that its value is a secret. */
export function isSecretName(name: string): boolean {
  return name.length <= 200 && SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
}

/** Characters of a line or a value that are searched for names. */
const LONGEST_SEARCHED = 20_000;
const NAMED = /(?:^|[\s[{(,"'-])([A-Za-z_][\w.-]{0,100})["']?\s?[:=]/g;

/** Whether a text gives a value to the name of a secret: `api_key: …`, `--password=…`. */
export function namesSecret(text: string): boolean {
  for (const [, name = ""] of text.slice(0, LONGEST_SEARCHED).matchAll(NAMED)) if (isSecretName(name)) return true;
  return false;
}

/** An option with its value, which is neither a path nor a variable: `--password=x`, `--requirepass x`. */
const OPTION = /(?:^|\s)--?([A-Za-z][\w-]{0,100})(?:=|\s{1,9})["']?(?![-$"'\s/.]|$)/g;

/** Whether a command line gives a secret to an option. For one argument, `before` is the argument before it. */
export function givesSecret(command: string, before = ""): boolean {
  const whole = /^--?[\w-]{1,100}$/.test(before) ? `${before} ${command}` : command;
  return [...whole.slice(0, LONGEST_SEARCHED).matchAll(OPTION)].some(([, name = ""]) => isSecretName(name));
}

/** In one line a colon may belong to an address or image (`token:1.2`). It counts before a space or after a quote. */
const ASSIGNED = /([A-Za-z_][\w.-]{0,100})(?:=|["']\s?:|:\s)/g;

/** The same as `namesSecret`, for a text in one line. */
export function assignsSecret(text: string): boolean {
  return [...text.slice(0, LONGEST_SEARCHED).matchAll(ASSIGNED)].some(([, name = ""]) => isSecretName(name));
}
