/** Names whose value is a secret: `DB_PASSWORD`, `apiKey`, `SECRET`. Not `PASSWORD_FILE`, `MAX_TOKENS`, `PUBLIC_KEY`. */
const secretName =
  /(?:password|(?:^|[^a-z])(?:pass|passwd|passphrase|pwd|secret|token|(?:api|access|auth|encryption|master|private|secret|signing)[_-]?key|credentials?))$/i;

/** Whether a name says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return name.length <= 200 && secretName.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
}

/** More of a line or a value is not looked through for names. */
const longestSearched = 20_000;
const named = /(?:^|[\s[{(,"'-])([A-Za-z_][\w.-]{0,100})["']?\s?[:=]/g;

/** Whether a text gives a value to a name that says so: `api_key: …`, `--password=…`. */
export function namesSecret(text: string): boolean {
  for (const [, name = ""] of text.slice(0, longestSearched).matchAll(named)) if (isSecretName(name)) return true;
  return false;
}

/** The same for a text in one line, in which a colon also stands in addresses and images: `token:1.2`. */
export function assignsSecret(text: string): boolean {
  return [...text.slice(0, longestSearched).matchAll(/([A-Za-z_][\w.-]{0,100})=/g)].some(([, name = ""]) =>
    isSecretName(name),
  );
}
