// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { gradeOfValue, isKeyLike, isPattern, isSwitch, mayBeSecret, type ValueGrade } from "./ordinary";

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
  ["a word with digits as letters", "adm1n"],
  ["a word with digits as letters", "te5t"],
  ["a word with digits as letters", "pos7gres"],
  ["a word with signs as letters", "p@ssword"],
  ["a word with signs as letters", "pa$$word"],
  ["words with four digits", "admin1357"],
  ["words with digits in their order", "admin23456"],
  ["words with a digit between them", "db1pass"],
  ["words of one letter and more", "a+secret+word"],
  ["80 characters of words", "password".repeat(10)],
  ["the name of a secret, of 80 characters", `${"zqxzqxz-".repeat(9)}password`],
  ["the name of a secret, of three letters per word", "qzXk_pass"],
  ["a reference with a space", "vault:Ab1 x"],
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
  "*Qx9Kd82jf",
  "admin13579",
  "1!2!3!4",
  `${"password".repeat(10)}a`,
  `z${"zqxzqxz-".repeat(9)}password`,
  "sunflowerpassword",
  "aBcDeFg_pass",
  "env:Sup3rS3cret",
])("may be a secret: %s", (value) => expect(mayBeSecret(value, "PASSWORD")).toBe(true));

test("words of the name and of the project's services are no secrets", () => {
  expect(mayBeSecret("acme", "ACME_PASSWORD")).toBe(false);
  expect(mayBeSecret("billing-worker", "PASSWORD", ["Billing", "worker"])).toBe(false);
  expect(mayBeSecret("billing-worker", "PASSWORD")).toBe(true);
  expect(mayBeSecret("quuxquuxquuxab", "QUUXQUUXQUUXAB_TOKEN")).toBe(false);
  expect(mayBeSecret("quuxquuxquuxabc", "QUUXQUUXQUUXABC_TOKEN")).toBe(true);
});

test.each([
  ["paperless", true],
  ["Paperless2", true],
  ["paperless-db", true],
  ["paperful-desk", false],
  ["quuxquux-quuxquux", true],
  ["xyz-quuxquux-xyz", true],
  ["xy-quuxquux-xy", false],
  // A part of a name that looks random gives no words.
  ["xab-fed-cba-xab", false],
  ["b4ngkok7", true],
  ["q8Zk2Lw9Xv4T", false],
])("whether %s is made of names of the document", (value, expected) => {
  const names = new Set([
    "paperless-ngx",
    "db",
    "TheQuuxquux-xyz",
    "xy-zzyzzy",
    "cba9XAB8fed7",
    "b4ngkok7",
    "q8Zk2Lw9Xv4T",
  ]);
  expect(mayBeSecret(value, "DB_PASSWORD", [], names)).toBe(!expected);
});

test.each<readonly [value: string, grade: ValueGrade, name?: string]>([
  ["x", "none"],
  ["x9", "ordinary"],
  ["yes", "none"],
  ["12", "none"],
  ["1234567", "ordinary"],
  ["varchar(20)", "none"],
  ["--!", "none"],
  ["$PASSWORD", "none"],
  ["[Kq82hTz91!x]", "secret"],
  ["[Kq82hTz91!x]", "none", "HOSTS"],
  ["postgres", "ordinary"],
  ["$2y$10$eImiTXuWVxfM37uY4JANjQ", "ordinary"],
  ["/kq82htz91", "ordinary"],
  ["your_api_key_here", "ordinary"],
  ["the password of the user", "ordinary"],
  ["kafka1_keystore_creds", "ordinary"],
  ["admin1357", "ordinary"],
  [" hunter2-Leaks\n", "secret"],
  [`${"the ".repeat(124)}the.`, "ordinary"],
  [`${"the ".repeat(124)}then.`, "secret"],
])("the grade of %j is %s", (...row: readonly unknown[]) => {
  const [value, grade, name = "PASSWORD"] = row as readonly [string, ValueGrade, string?];
  expect(gradeOfValue(value, name)).toBe(grade);
});

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
  ["ABCDEF", true],
  ["abcde", false],
  ["qwrqwr", true],
  ["qwrqw", false],
  ["qwrtqwrt", false],
  ["!!", false],
  ["hunter2", false],
])("whether %s only repeats or counts", (value, expected) => expect(isPattern(value)).toBe(expected));

test.each([
  ["hunter2-Leaks", true],
  ["8f14e45fceea167a", true],
  ["base64:Qx9f2LmZ7wP=", true],
  ["abcdefabcdefabcd", true],
  ["abcdefabcdefabc", false],
  ["abcdefgh1234", true],
  ["abcdefgh123", false],
  ["abcdefGHIJKL", false],
  ["123456789012", false],
  ["short1A", false],
  ["two words1A", false],
  ["lowercase", false],
  ["some/path/File1", false],
  ["us-east-1", false],
])("whether %s looks like a key by itself", (value, expected) => expect(isKeyLike(value)).toBe(expected));

test.each([
  ["", true],
  [" ", true],
  [" off\n", true],
  ["offline", false],
])("whether %j is a switch", (value, expected) => expect(isSwitch(value)).toBe(expected));
