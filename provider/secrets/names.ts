/** Whether the value of a name is a secret. `maybe`: the value itself decides, for example for `SOME_KEY`. */
export type NameGrade = "secret" | "maybe" | "none";

const MAY_BE_SECRET =
  /pass|p.?w|secret|token|key|cred|psk|mnemonic|auth|cookie|salt|pepper|pat$|licen|string|phrase|windows/i;

/** The length of the longest name of a secret, in characters. */
const LONGEST_NAME = 200;

/** The words of a name in lower case, without digits. For `dbPassword_2`, the words are `db` and `password`. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Endings of the last word in names of secrets: `PGPASSWORD`, `clientsecret`. */
const SECRET_ENDINGS = [
  ...words("password passwd passphrase passwords secret authtoken apikey apikeys secretkey privatekey privkey"),
  ...words("secretaccesskey authkey masterkey pwd pw"),
];
/** Last words in names of secrets. */
const SECRET_WORDS = words("pass passcode passcodes credential credentials cred creds psk mnemonic masterauth authtok");
/**
 * Words that come before `pass` in names of secrets. `PGPASS` is the name of a secret because of `pg`. `BYPASS` is not
 * the name of a secret.
 */
const OF_PASS = words(
  "pg ssh db sql mysql my ftp smtp mail imap ldap sasl mqtt http proxy redis rabbit mongo admin root user require rpc store key keystore truststore auth web vnc vpn wifi bind app svc service sudo default",
);
/**
 * The longest last word of a name that ends in `token` and means a secret, such as `accesstoken`, in characters. A
 * longer word, such as `maxoutputtoken`, may be about numbers of tokens.
 */
const LONGEST_TOKEN = 13;
/** Phrases at the end of names of secrets. */
const SECRET_PHRASES = [
  " connection string",
  " erlang cookie",
  "secret key base",
  " seed phrase",
  " recovery phrase",
  " root token id",
];
/**
 * Matches names such as `account_key_mystore_blob_core_windows_net`: the key of an Azure storage account, with the host
 * of the account in the name.
 */
const ACCOUNT_KEY = / account key(?: [a-z]+){0,4} windows net$/;
/**
 * If one of these words comes before `token` in a name, the value is not a secret. Such names are usually about tokens
 * of language models, or about numbers of tokens.
 */
const COUNTED = words(
  "audio begin bos cls completion context csrf end id eos eot first image input last mask max min next num output pad per prompt sep special stop think total unk vision",
);
/** Words before `tokens` in names of secrets. After any other word, `tokens` means a number of tokens. */
const OF_TOKENS = words("access api auth bearer bot deploy refresh");
/** Words before `key` or `keys` in names of secrets: `API_KEY`. */
const OF_SECRET_KEYS = words(
  "access account aes anthropic api app auth azure cohere consumer crypt crypto deploy encrypt encryption gemini groq hf hmac huggingface jwt licence license master mistral ngc nvidia openai preshared private rsa secret service session shared signature signing ssh storage stripe webhook",
);
/** Words before `key` or `keys` in names that are not secret: `PUBLIC_KEY`, `SORT_KEY`. */
const OF_PUBLIC_KEYS = words(
  "bucket cache cluster composite config dedup dict file foreign group hash host hot idempotency index join label lookup map metric object order partition primary pub public publishable range registry row shard site sort tag translation unique routing binding",
);
/** Matches directives of nginx that end in `pass` but have a server as their value. */
const UPSTREAM = /^(?:fastcgi|proxy|uwsgi|scgi|grpc|memcached)_pass$/;
/** Last words of names whose value may be a secret. */
const MAYBE = words("auth cookie salt pepper pat skey accesskey");

/**
 * Decides by the last words of a name whether its value is a secret. `DB_PASSWORD`, `apiKey`, `PGPASS`, `TOKEN_2` and
 * `SECRET_KEY_BASE` are names of secrets. `PASSWORD_FILE`, `MAX_TOKENS`, `EOS_TOKEN`, `PUBLIC_KEY` and `BYPASS` are
 * not.
 */
export function gradeOfName(name: string): NameGrade {
  if (name.length > LONGEST_NAME) return "none";
  // These fast tests come first, because they answer for most names.
  if (!MAY_BE_SECRET.test(name) || UPSTREAM.test(name)) return "none";
  const all = wordsOf(name);
  const [last = "", before = ""] = [...all].reverse();
  if (last === "key" || last === "keys") {
    if (before === "" || OF_PUBLIC_KEYS.has(before)) return "none";
    // The value of `MINIO_ACCESS_KEY` is often the name of a user, not a key.
    if (before === "access" && !/secret|shared/.test(all.join(" "))) return "maybe";
    return OF_SECRET_KEYS.has(before) ? "secret" : "maybe";
  }
  if (last === "tokens") return OF_TOKENS.has(before) ? "secret" : "none";
  if (last.endsWith("token")) {
    const counted = last === "token" ? before : last.slice(0, -"token".length);
    if (COUNTED.has(counted)) return "none";
    return last.length <= LONGEST_TOKEN || isSecretWord(last) ? "secret" : "none";
  }
  if (isSecretWord(last) || isSecretPhrase(` ${all.join(" ")}`)) return "secret";
  return MAYBE.has(last) ? "maybe" : "none";
}

function isSecretWord(word: string): boolean {
  if (SECRET_WORDS.has(word) || SECRET_ENDINGS.some((end) => word.endsWith(end))) return true;
  return word.endsWith("pass") && OF_PASS.has(word.slice(0, -"pass".length));
}

function isSecretPhrase(text: string): boolean {
  return SECRET_PHRASES.some((end) => text.endsWith(end)) || ACCOUNT_KEY.test(text);
}

/** Whether a name alone shows that its value is a secret. */
export function isSecretName(name: string): boolean {
  return gradeOfName(name) === "secret";
}
