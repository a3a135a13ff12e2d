import { timesAsLong } from "../testing/times-as-long";
import { createRedactor, createSecretSet, redactMessages } from ".";

const secret = "it's a s3cret/Päss word";
const hex = Buffer.from(secret).toString("hex");
const base64 = Buffer.from(`user:${secret} and more of it behind`).toString("base64");

test.each([
  ["JSON in JSON", JSON.stringify(JSON.stringify(secret))],
  [
    "each character as \\u00xx",
    [...secret].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  ],
  ["hexadecimal digits", hex],
  ["hexadecimal digits with colons", hex.replace(/..(?=.)/g, "$&:")],
  ["quoted for a shell", `'it'\\''s a s3cret/Päss word'`],
  ["escaped for a shell", secret.replace(/[' ]/g, "\\$&")],
  ["wrapped base64", base64.replace(/.{16}/g, "$&\n")],
  ["base64 in base64", Buffer.from(base64).toString("base64")],
  ["colours in between", secret.replace("s3cret", "s3\u001b[31mcret")],
])("a known secret is found: %s", (_name, text) => {
  const shown = createRedactor([secret])(`before ${text} after`);
  expect(shown).toMatch(/^before \S{0,10}\[redacted\]/);
  expect(createSecretSet([secret]).holds(text)).toBe(true);
  expect(createSecretSet(["another one"]).holds(text)).toBe(false);
});

test("a secret that two messages share is taken out of both, and each stays a message", () => {
  const messages = ["first hunt", "er2-canary last", "hunter2\nunchanged"];
  expect(redactMessages(messages, createRedactor(["hunter2-canary"]))).toEqual([
    "first [redacted]",
    " last",
    "hunter2\nunchanged",
  ]);
});

test.each([
  ["a trailing line break", "hunter2\n", "is hunter2 it", "is [redacted] it"],
  ["four characters", "ab9z", "is ab9z it", "is [redacted] it"],
  ["a word of settings", "true", "is true", "is true"],
  [
    "a password in an address",
    "postgres://app:p%40ss@db/app",
    "no p@ss and no p%40ss",
    "no [redacted] and no [redacted]",
  ],
  ["a line of a secret file", "A=1\nPASSWORD=hunter2\n", "got hunter2", "got [redacted]"],
  ["a name within one line", "Server=db;Password=hunter2;", "got hunter2", "got [redacted]"],
])("of a declared value its pieces are known: %s", (_name, value, text, shown) => {
  expect(createRedactor([value])(text)).toBe(shown);
});

test("a word of 5.6 MB throws nothing", () => {
  const word = `lk_1${"a".repeat(5_600_000)}`;
  expect(createRedactor([])(`key ${word} end`)).toBe("key [redacted] end");
});

test("3000 secrets cost time in proportion to the text", () => {
  const secrets = Array.from({ length: 3000 }, (_none, index) => `canary-${index}-${(index * 7919).toString(36)}`);
  const redact = createRedactor(secrets);
  const redacted = (length: number) => () => {
    const text = "canary-17 web | starting\n".repeat(length / 25);
    expect(redact(text)).toBe(text);
  };
  expect(timesAsLong(redacted(800_000), redacted(100_000), { enough: 16 })).toBeLessThan(24);
});
