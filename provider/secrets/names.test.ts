import { gradeOfName, isSecretName, wordsOf } from "./names";

test.each([
  ["dbPassword_2", ["db", "password"]],
  ["APIKey", ["api", "key"]],
  ["spring.datasource.password", ["spring", "datasource", "password"]],
  ["--insecure-password", ["insecure", "password"]],
])("the words of %s", (name, words) => expect(wordsOf(name)).toEqual(words));

test.each(
  `PASSWORD POSTGRES_PASSWORD db-passwd apiKey API_KEY API_KEYS apikey token GH_TOKEN clientSecret pwd PGPASS SSHPASS
  DB_PASS1 SECRET_1 password2 aws_credential PASSWORD-1 SECRET_KEY_BASE JWT_KEY APP_KEY OPENAI_KEY LICENSE_KEY SSH_KEY
  CONNECTION_STRING connectionString RABBITMQ_ERLANG_COOKIE requirepass masterauth bindpw _authToken PresharedKey
  PrivateKey RCONPW SRVPWD SECRET_ACCESS_KEY default_pass insecure-password ACCESS_TOKENS
  QUUXQUUXTOKEN CONSUMERAUTHTOKEN fs.azure.account.key.x.blob.core.windows.net`.split(/\s+/),
)("%s is the name of a secret", (name) => expect(isSecretName(name)).toBe(true));

test.each(
  `PASSWORD_FILE MAX_TOKENS EOS_TOKEN eosToken PAD_TOKEN PUBLIC_KEY PRIMARY_KEY ROUTING_KEY secrets COMPASS BYPASS KEYBOARD
  MONKEY tokenizer TOKENIZER_PATH key keys SECRET_NAME TOKEN_URL fastcgi_pass proxy_pass PASSWORD_MIN_LENGTH credentials_path
  EOSTOKEN QUUXQUUXXTOKEN AUTH_WEBHOOK DB_CONNECTION_STRING_FORMAT`.split(/\s+/),
)("%s is an ordinary name", (name) => expect(gradeOfName(name)).toBe("none"));

test.each(["DEEPSEEK_KEY", "DOCKER_AUTH", "SESSION_COOKIE", "HASH_SALT", "MINIO_ACCESS_KEY"])(
  "%s depends on its value",
  (name) => expect(gradeOfName(name)).toBe("maybe"),
);

test("a text of more than 200 characters is not a name", () => {
  const named = (length: number) => "_password".padStart(length, "a");
  expect(isSecretName(named(200))).toBe(true);
  expect(gradeOfName(named(201))).toBe("none");
});
