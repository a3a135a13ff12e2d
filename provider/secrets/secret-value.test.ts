import fc from "fast-check";
import { LineIndex } from "../../compose";
import { timesAsLong } from "../../compose/testing/times-as-long";
import { findSecret, isSecretLine, isSecretName, isSecretValue, looksSecret } from ".";
import { findRandomWord, unmarkedVariables } from "./secret-value";

// A random body would be found without its shape too. The keys are joined here, so that no scanner reports them.
const keyLike = [
  ["AKIA", "QNZGKIQY56JQ7WML"],
  ["ghp_", "a".repeat(36)],
  ["glpat-", "x".repeat(20)],
  ["xoxb-", "1".repeat(12)],
  ["sk_live_", "a".repeat(16)],
  ["sk-", "a".repeat(40)],
  ["hf_", "b".repeat(34)],
  ["lk_", "c".repeat(24)],
  ["-----BEGIN RSA ", "PRIVATE KEY-----"],
  ["postgres://app:", "hunter2@db/app"],
  ["eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxMjM0In0.c2ln"],
].map((parts) => parts.join(""));

it.each(keyLike)("knows the shape of a key: %#", (text) => {
  expect(looksSecret(text)).toBe(true);
  expect(looksSecret(`--option=${text}`)).toBe(true);
});

it.each([
  "busybox:stable",
  "registry.example/team/a-very-long-image-name-with-many-words:2024.11.25-build.17",
  "nginx@sha256:4c1c50d0ffc614f90b93b07d778028dc765548e823f676fb027f61d281ac380d",
  "5d41402abc4b2a76b9719d911017c592",
  "d9428888-122b-11e1-b85c-61cd3cbb3210",
  "/usr/local/lib/python3.12/site-packages/torch/lib/libcudart.so",
  "com.example.SomeVeryLongJavaPackage.ClassNameWithManyWords2",
  "MyLongServiceNameInCamelCase2024Version1",
  "https://example.com/a/long/path?query=value&other=123",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  "postgres://app:${DB_PASSWORD}@db/app",
  "postgres://app:$DB_PASSWORD@db/app",
  "CUDA_VISIBLE_DEVICES_AND_MORE_WORDS=0,1,2,3",
])("does not report an ordinary text: %s", (text) => expect(looksSecret(text)).toBe(false));

it("finds random words", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const random = fc.string({ unit: fc.constantFrom(...letters), minLength: 40, maxLength: 40 });
  const found = fc.sample(random, { numRuns: 500, seed: 1 }).filter(looksSecret);
  expect(found.length).toBeGreaterThan(485);
});

it.each([
  "PASSWORD",
  "POSTGRES_PASSWORD",
  "db-passwd",
  "apiKey",
  "API_KEY",
  "token",
  "GH_TOKEN",
  "clientSecret",
  "pwd",
  "PGPASS",
  "SSHPASS",
  "DB_PASS1",
  "SECRET_1",
  "password2",
])("recognizes the name of a secret: %s", (name) => expect(isSecretName(name)).toBe(true));

it.each(["PASSWORD_FILE", "MAX_TOKENS", "PUBLIC_KEY", "secrets", "COMPASS", "BYPASS", "KEYBOARD", "tokenizer", "key"])(
  "recognizes an ordinary name: %s",
  (name) => expect(isSecretName(name)).toBe(false),
);

it.each(["--password=x", "password: hunter2", '{"password":"hunter2"}', "a\ntoken: x"])(
  "recognizes a text that gives a value to a secret name: %s",
  (text) => expect(isSecretValue(text)).toBe(true),
);

it.each(["token:1.2", "secret:/run/x", "registry/password:latest"])("ignores an ordinary text: %s", (text) =>
  expect(isSecretValue(text)).toBe(false),
);

test.each([
  ["a value under a secret name", "x", "PASSWORD", undefined, true],
  ["no value under a secret name", "", "PASSWORD", undefined, false],
  ["a value under an ordinary name", "x", "NAME", undefined, false],
  ["a key under an ordinary name", keyLike[1] ?? "", "NAME", undefined, true],
  ["a value after --password", "x", undefined, "--password", true],
  ["a value after -token", "x", undefined, "-token", true],
  ["a value after --name", "x", undefined, "--name", false],
  ["a value after --password=y", "x", undefined, "--password=", false],
  ["a value after a word that ends so", "x", undefined, "no --password", false],
  ["a value after a word without dashes", "x", undefined, "password", false],
] as const)("%s", (_name, value, key, before, expected) => expect(isSecretValue(value, key, before)).toBe(expected));

describe("the first secret of a text", () => {
  const [key = ""] = keyLike;
  const random = "aB3dE5gH7jK9mN2pQ4sT6vW8";

  test("is a key with all its characters, also at the end of the text", () => {
    expect(findSecret(`a: ${key}\nb: ${random}`)).toEqual({ kind: "key", start: 3, end: 3 + key.length });
    expect(findSecret(`a: ${key}`)).toEqual({ kind: "key", start: 3, end: 3 + key.length });
  });

  test("is the first line of a key with several lines", () => {
    const begin = ["-----BEGIN RSA ", "PRIVATE KEY-----"].join("");
    const end = ["-----END RSA ", "PRIVATE KEY-----"].join("");
    expect(findSecret(`a: |\n  ${begin}\n  MIIB\n  ${end}\n`)).toEqual({
      kind: "key",
      start: 7,
      end: 7 + begin.length,
    });
  });

  test("is otherwise a random word", () => {
    expect(findSecret(`a: ${random}.`)).toEqual({ kind: "likely", start: 3, end: 3 + random.length });
    expect(findSecret("a: b")).toBeUndefined();
  });
});

it.each(["a", "a:", "://", "eyJ", "A1b", "-", "x://:", "password"])(
  "takes time in proportion to the line: %s",
  (piece) => {
    const searched = (length: number) => () => void isSecretLine(new LineIndex(piece.repeat(length / piece.length)), 1);
    expect(timesAsLong(searched(200_000), searched(25_000), { enough: 16 })).toBeLessThan(24);
  },
);

/** 31 characters: six capitals after small letters, and one to three changes to a digit or back. */
const start = "abcDefgHijkLmnoPqrsTuvwXyz1Q";
const isRandom = (text: string) => findRandomWord(text) !== undefined;

test("a random word is found at its position", () => {
  const word = "aB3dE5gH7jK9mN2pQ4sT6vW8";
  expect(findRandomWord(word)).toEqual({ start: 0, end: 24 });
  expect(findRandomWord(`name: ${word}, and more`)).toEqual({ start: 6, end: 30 });
  expect(findRandomWord(word.slice(1))).toBeUndefined();
});

test("a random word is searched for in the first 20 000 characters", () => {
  const word = "aB3dE5gH7jK9mN2pQ4sT6vW8";
  expect(isRandom(`${".".repeat(20_000 - word.length)}${word}`)).toBe(true);
  expect(isRandom(`${".".repeat(20_001 - word.length)}${word}`)).toBe(false);
});

test.each([
  ["no digit", "aBdEgHjKmNpQsTvWaXcZeYbUfR"],
  ["no capital", "ab3de5gh7jk9mn2pq4st6vw8xy"],
  ["no small letter", "AB3DE5GH7JK9MN2PQ4ST6VW8XY"],
  ["the same three characters again and again", "aB1".repeat(9)],
])("a word with %s is not random", (_name, word) => expect(isRandom(word)).toBe(false));

test("a word is random from three changes in ten characters on", () => {
  expect(isRandom(`${start}r23`)).toBe(true);
  expect(isRandom(`${start}rst`)).toBe(false);
});

it("counts an unmarked variable as secret by its name or its value", () => {
  const texts = { DB_PASSWORD: "x", NAME: ["ghp_", "a".repeat(36)].join(""), MODE: "fast" };
  const secrets = [...unmarkedVariables(Object.entries(texts))].map(([name, { text, secret }]) => [name, text, secret]);
  expect(secrets).toEqual([
    ["DB_PASSWORD", "x", true],
    ["NAME", texts.NAME, true],
    ["MODE", "fast", false],
  ]);
});
