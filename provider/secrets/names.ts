/**
 * Names whose value is a secret: `DB_PASSWORD`, `apiKey`, `SECRET`, `PGPASS`, `TOKEN_2`. Not `PASSWORD_FILE`, `MAX_TOKENS`,
 * `PUBLIC_KEY`, `BYPASS`.
 */
const secretName =
  /(?:password|(?:^|[^a-z])(?:(?:pg|ssh|db|sql|mysql|my|ftp|smtp|mail|ldap|http|proxy|redis|admin|root|user)?pass|passwd|passphrase|pwd|secret|token|(?:api|access|auth|encryption|master|private|secret|signing)[_-]?key|credentials?))(?:[_-]?[0-9]{1,3})?$/i;

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

/** In one line a colon also stands in addresses and images, such as `token:1.2`: it counts before a space or after a quote. */
const assigned = /([A-Za-z_][\w.-]{0,100})(?:=|["']\s?:|:\s)/g;

/** The same for a text in one line. */
export function assignsSecret(text: string): boolean {
  return [...text.slice(0, longestSearched).matchAll(assigned)].some(([, name = ""]) => isSecretName(name));
}

/** Names of files: env files (`.env` itself is an ending), those of programs that keep passwords, endings of keys, and keys of SSH and WireGuard. */
const secretFiles: readonly RegExp[] = [
  /^\.env(?:rc$|[._-])/i,
  /^env\.(?:prod|production|stag(?:e|ing)|dev|development|test|ci|local)$/i,
  /^\.?(?:netrc|pgpass|htpasswd)(?:\.|$)/i,
  /^\.(?:npmrc|pypirc|dockercfg)(?:\.|$)/i,
  /^\.my(?:login)?\.cnf$/i,
  /\.(?:env|pem|key|p12|pfx|jks|keystore|ppk|asc|gpg|pgp|kdbx|ovpn|kubeconfig)$/i,
  /^id_[a-z0-9]+$/i,
  /^wg\d+\.conf$/i,
  /^kubeconfig$/i,
];
/** Files whose folder says more than their name. */
const inSecretFolder = /(?:^|\/)(?:\.docker\/config\.json|\.kube\/config)$/i;

/** Whether the path of a file says that its content is a secret: `.env`, `tls/site.key`, `secrets/token`, `db_password.txt`. */
export function isSecretFile(path: string): boolean {
  if (inSecretFolder.test(path)) return true;
  return path.split("/").some((part, index, parts) => {
    const isFile = index === parts.length - 1;
    const stem = isFile ? part.replace(/(?<=.)\.[^.]*$/, "") : part;
    if (!isFile) return /^secrets?$/i.test(part);
    return secretFiles.some((name) => name.test(part)) || /^secrets$/i.test(stem) || isSecretName(stem);
  });
}
