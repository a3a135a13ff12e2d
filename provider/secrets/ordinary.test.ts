// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { isKeyLike, isPattern, isSwitch, mayBeSecret } from "./ordinary";

test.each([
  ["a switch", "yes"],
  ["a switch", "True"],
  ["a number", "1"],
  ["a number with a unit", "30s"],
  ["a number of few digits", "123456"],
  ["nothing", " "],
  ["a variable", "${PASSWORD:?}"],
  ["a variable with a default", "${NGC_API_KEY:-ngcapikey}"],
  ["a variable of the container's shell", "$$PW"],
  ["a template", "{{ .Values.password }}"],
  ["a placeholder in brackets", "<your-token>"],
  ["a placeholder", "your_api_key_here"],
  ["a placeholder", "change-me-in-production!"],
  ["a placeholder of digits", "1234567890abcdef"],
  ["a placeholder of one letter", "xxxxxxxxxxxx"],
  ["a documented example", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
  ["a password that everybody knows", "postgres"],
  ["a password that everybody knows", "admin123"],
  ["a file", "/run/secrets/db_password"],
  ["a file", "./keys/private.pem"],
  ["a call", "os.environ('TOKEN')"],
  ["an address", "https://example.com/login"],
  ["a reference", "arn:aws:secretsmanager:eu-west-1:1:secret:x"],
  ["a sentence", "the password of the user"],
  ["a reference", "urn:nessie-secret:quarkus:access-key"],
  ["a reference", "nessie.catalog.secrets.access-key"],
  ["a file", "%kernel.project_dir%/config/jwt/private.pem"],
  ["a file", "<STORAGE_DIR>/tls.key"],
  ["a template", "{$API_TOKEN}"],
  ["a template", "{vars.token}"],
  ["the name of a secret", "kafka1_keystore_creds"],
  ["the name of a secret", "e2e_db_password"],
  ["the name of a secret", "MyCloudflareApiToken"],
  ["a placeholder", "FoolishPassword"],
  ["a hash", "$2y$10$eImiTXuWVxfM37uY4JANjQ"],
  ["a hash", "$$6$$rounds=5000$$saltsalt$$hash"],
  ["one word", "dbz"],
  ["one word", "wirepass"],
  ["one word", "Linux"],
  ["one word", "#LIBREPSW"],
  ["a word with digits in their order", "ps123456"],
  ["a word with digits as letters", "s3cr3t"],
  ["a word with digits as letters", "F00B4R"],
  ["the name of a variable", "SAS_KEY_VALUE"],
  ["the name of a variable", "nvapi-CYBER_DEV_DAY"],
  ["a documented example", "correct horse battery staple"],
  ["a variable in a text", "$remote_addr user=$remote_user [$time_local] "],
  ["a hash", "{SHA512-CRYPT}$6$saltsalt$hash"],
])("no secret under any name: %s, %s", (_kind, value) => expect(mayBeSecret(value, "PASSWORD")).toBe(false));

test.each([
  "hunter2",
  "s3cr3t!",
  "hunter2-secret",
  "ForYourEyes0nly!9",
  "N0tAnExample#77",
  "xxxxx9Kd82jfLs",
  "env:Sup3rS3cret!",
  "[Kq82hTz91!x]",
  "hunter2-Leaks",
  "hunter!2",
  "$ecret9Pa!",
  "aB3{hello}9xY!",
  "!nfR#E%rj?)fFUk",
  "wmPPc+/kbNEi2IuppDcTBbBYkvkK9jOO6I6Bz7hYZrB2",
  "correct-horse",
  "ps123457a",
  "sunflowerpassion",
  "b4ngkok",
  "a1B2c3D4",
  "8273645012837465",
  "p@ss/w:rd",
  "p%41x",
  "*Qx9!",
])("may be a secret: %s", (value) => expect(mayBeSecret(value, "PASSWORD")).toBe(true));

test("words of the name and of the project's services are no secrets", () => {
  expect(mayBeSecret("acme", "ACME_PASSWORD")).toBe(false);
  expect(mayBeSecret("billing-worker", "PASSWORD", ["billing", "worker"])).toBe(false);
  expect(mayBeSecret("billing-worker", "PASSWORD")).toBe(true);
});

test.each([
  ["paperless", true],
  ["Paperless2", true],
  ["paperless-db", true],
  ["paperful-desk", false],
])("whether %s is made of names of the document", (value, expected) =>
  expect(mayBeSecret(value, "DB_PASSWORD", [], new Set(["paperless-ngx", "db"]))).toBe(!expected),
);

test.each([
  ["wrong donkey charger nail", "PASSPHRASE", true],
  ["wrong donkey charger nail", "PASSWORD", true],
  ["hunter two", "PASSWORD", true],
  ["the words of a phrase", "PASSPHRASE", true],
  ["the words of a phrase", "PASSWORD", false],
])(
  "words with spaces are a secret where they are no sentence, or a phrase is one: %s under %s",
  (value, name, expected) => expect(mayBeSecret(value, name)).toBe(expected),
);

test.each([
  ["aaaa", true],
  ["121212", true],
  ["abcdef12345", true],
  ["abcde9", true],
  ["abcd99", false],
  ["hunter2", false],
])("whether %s only repeats or counts", (value, expected) => expect(isPattern(value)).toBe(expected));

test.each([
  ["hunter2-Leaks", true],
  ["8f14e45fceea167a", true],
  ["base64:Qx9f2LmZ7wP=", true],
  ["short1A", false],
  ["two words1A", false],
  ["lowercase", false],
  ["some/path/File1", false],
  ["us-east-1", false],
])("whether %s looks like a key by itself", (value, expected) => expect(isKeyLike(value)).toBe(expected));

test.each([
  ["", true],
  ["off", true],
  ["offline", false],
])("whether %j is a switch", (value, expected) => expect(isSwitch(value)).toBe(expected));
