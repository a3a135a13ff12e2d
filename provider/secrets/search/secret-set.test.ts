import { timesAsLong } from "../../../compose/testing/times-as-long";
import { createRedactor, createSecretSet, redactMessages } from "..";

const secret = "it's a s3cret/Päss word";
const base64 = Buffer.from(
  `user:${secret} and more of it, so that two lines are full when a line has 64 digits`,
).toString("base64");

test.each([
  ["JSON in JSON", JSON.stringify(JSON.stringify(secret))],
  ["JSON of Python and PHP", secret.replace("ä", "\\u00e4").replace("/", "\\/")],
  ["an address", encodeURIComponent(secret)],
  [
    "an address as other languages write it",
    encodeURIComponent(secret).replace("'", "%27").toLowerCase().replace("p%", "P%"),
  ],
  ["a form", new URLSearchParams({ "": secret }).toString().slice(1)],
  ["wrapped base64", base64.replace(/.{64}/g, "$&\r\n")],
  ["wrapped base64 in JSON", JSON.stringify(base64.replace(/.{64}/g, "$&\n"))],
  ["base64 in base64", Buffer.from(base64).toString("base64")],
])("a known secret is found: %s", (_name, text) => {
  const shown = createRedactor([secret])(`before ${text} after`);
  expect(shown).toMatch(/^before \S{0,10}\[redacted\]/);
  expect(createSecretSet([secret]).find(text)).not.toEqual([]);
  expect(createSecretSet(["another one"]).find(text)).toEqual([]);
});

test.each([60, 61, 62, 63, 64, 65, 70])(
  "a known secret is found in wrapped base64 below a line of %i digits",
  (length) => {
    const text = `a: ${"k8".repeat(40).slice(0, length)}\n${base64.replace(/.{64}/g, "$&\n")}`;
    const shown = createRedactor([secret])(text);
    expect(shown).toContain("[redacted]");
    expect(shown).not.toContain(base64.slice(20, 40));
  },
);

test.each([
  [61, 61],
  [61, 62],
  [62, 63],
  [63, 63],
  [70, 75],
])("a known secret is found in wrapped base64 below lines of %i and %i digits", (first, second) => {
  const long = "a longer one, of more than two lines: 0123456789 abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFG";
  const encoded = Buffer.from(long).toString("base64");
  const lines = [first, second].map((length) => "k8".repeat(40).slice(0, length));
  const shown = createRedactor([long])(`a: ${lines.join("\n")}\n${encoded.replace(/.{64}/g, "$&\n")}`);
  for (let at = 0; at + 12 < encoded.length; at += 12) expect(shown).not.toContain(encoded.slice(at, at + 12));
  expect(shown).toContain(lines[0]);
});

test("a known secret is found in base64url that begins after a digit of another word", () => {
  const secret = "hunter2?>?canary";
  expect(createRedactor([secret])(`x${Buffer.from(secret).toString("base64url")}`)).toMatch(/^x\[redacted\]/);
});

test("a secret of several lines is redacted in the messages that share it, and the number of messages stays", () => {
  const messages = ["first hunter2", "canary last", "hunter2\nunchanged"];
  expect(redactMessages(messages, createRedactor(["hunter2\ncanary"]))).toEqual([
    "first [redacted]",
    " last",
    "[redacted]\nunchanged",
  ]);
});

test.each([
  ["an empty value", "", "a\n\nb", "a\n\nb"],
  ["a trailing line break", "hunter2\n", "is hunter2 it", "is [redacted] it"],
  ["four characters", "ab9z", "is ab9z it", "is [redacted] it"],
  ["three characters on a line alone", "ab9", "is ab9 it\n ab9 \nab9", "is ab9 it\n [redacted] \n[redacted]"],
  ["a line of two, in quotes", "a: b\nc: 'can\"ary'", 'got can"ary', "got [redacted]"],
  ["short lines of two", "ab\r\ncd", "is ab\ncd it", "is [redacted]\n it"],
  ["a line of two, with slashes in its value", "a: b\nc: can//ary", "got can//ary", "got [redacted]"],
  [
    "an encoded pair with two colons",
    Buffer.from("user:hun:ter2").toString("base64"),
    "got hun:ter2",
    "got [redacted]",
  ],
  ["a line of two, before a comma", "a: b\nc: canary,", "got canary", "got [redacted]"],
  ["a line alone with a name", "c: canary", "got canary", "got canary"],
  ["a short word with escapes in lower case", "päss", "is p%c3%a4ss it", "is [redacted] it"],
  ["a password with a percent sign in an address", "postgres://app:p%zzss@db/app", "no p%zzss", "no [redacted]"],
  ["no half of an address that is not encoded", "x%zz:canary", "got canary", "got canary"],
  ["a word of settings", "true", "is true\ntrue", "is true\ntrue"],
  [
    "a password in an address",
    "postgres://app:p%40ss@db/app",
    "no p@ss and no p%40ss",
    "no [redacted] and no [redacted]",
  ],
  ["a line of a secret file", "A=1\nPASSWORD=hunter2\n", "got hunter2", "got [redacted]"],
  ["a name within one line", "Server=db;Password=hunter2;", "got hunter2", "got [redacted]"],
  [
    "an encoded pair",
    Buffer.from("user:hunter2").toString("base64"),
    "user:hunter2, hunter2",
    "[redacted], [redacted]",
  ],
  ["no rest of an address", "url: //canary/x\nB=hunter2\n", "got //canary/x", "got //canary/x"],
  ["five characters in base64", "ab9zq", `is ${Buffer.from("ab9zq").toString("base64")} it`, "is [redacted]E= it"],
])("the parts of a declared value are known: %s", (_name, value, text, shown) => {
  expect(createRedactor([value])(text)).toBe(shown);
});

test("a secret of three characters stays where it is also a name", () => {
  expect(createRedactor(["ab9", "cd8"], () => new Set(["ab9"]))("ab9\ncd8")).toBe("ab9\n[redacted]");
});

const edge = (which: string) => ["-----", which, " PRIVATE", " KEY-----"].join("");
test.each([
  ["a whole key", `a!\n${edge("BEGIN")}\nMIIE\n${edge("END")}\nb!`, "a!\n[redacted]\nb!"],
  ["a key without its end", `a!\n${edge("BEGIN")}\nweb | MIIE\nabcd\nb!`, "a!\n[redacted]\nb!"],
  ["a key without its begin", `a!\nweb | MIIE\nabcd\n${edge("END")}\nb!`, "a!\n[redacted]\nb!"],
  ["the last lines of a key alone", `MIIE\n${edge("END")}`, "[redacted]"],
  ["a first line alone", edge("BEGIN"), "[redacted]"],
  ["two keys without an end", `${edge("BEGIN")}\nMIIE\nb!\n${edge("BEGIN")}\nMIIE`, "[redacted]\nb!\n[redacted]"],
  ["no long line after a key", `${edge("BEGIN")}\n${"a b ".repeat(60)}\n`, `[redacted]\n${"a b ".repeat(60)}\n`],
])("the lines of a private key are redacted: %s", (_what, text, shown) => {
  // Each redacted line stays as an empty line.
  const lines = createRedactor([])(text).split("\n").filter(Boolean);
  expect(lines).toEqual(shown.split("\n").filter(Boolean));
});

test("a word of 5.6 MB does not throw", () => {
  const word = `lk_1${"a".repeat(5_600_000)}`;
  expect(createRedactor([])(`key ${word} end`)).toBe("key [redacted] end");
});

test("a text of 3.5 MB full of escapes takes at most four times as long as a plain text", () => {
  const redact = createRedactor([secret, "hunter2-canary"]);
  const redacted = (piece: string) => {
    const text = piece.repeat(3_500_000 / piece.length);
    return () => void redact(text);
  };
  const escapes =
    "web \\u00e9\\n%20%41&amp;&#39;aGVsbG8gd29ybGQgdGhpcyBpcyBsb25n\\x41 \u001b[31m4142434445 it\\'s a%3Ab%ff%3D\n";
  expect(timesAsLong(redacted(escapes), redacted("web | starting the server\n"), { enough: 4 })).toBeLessThanOrEqual(4);
});

test("the time for 3000 secrets is proportional to the text", () => {
  const secrets = Array.from({ length: 3000 }, (_none, index) => `canary-${index}-${(index * 7919).toString(36)}`);
  const redact = createRedactor(secrets);
  const redacted = (length: number) => () => {
    const text = "canary-17 web | starting\n".repeat(length / 25);
    expect(redact(text)).toBe(text);
  };
  expect(timesAsLong(redacted(800_000), redacted(100_000), { enough: 16 })).toBeLessThan(24);
});

test("the time is the same for 100 times as many names with odd signs", () => {
  const redacted = (count: number) => {
    const names = new Set(Array.from({ length: count }, (_none, index) => `my service ${index}`));
    const redact = createRedactor(["canary"], () => names);
    const text = "my service 7 said canary\n".repeat(200);
    expect(redact("my service 7 said canary")).toBe("my service 7 said [redacted]");
    return () => void redact(text);
  };
  expect(timesAsLong(redacted(5000), redacted(50), { enough: 8 })).toBeLessThan(16);
});

test.each([
  ["my-canary", "my-canary", true],
  ["my-canary", "is my-canary up", true],
  ["my-canary", "xmy-canary", false],
  ["my-canary", "my-canaryx", false],
  ["my-canary", "my-canary.yml", true],
  ["my-canary", "my-canary.", true],
  ["my.canary", "my.canary up", true],
  ["my.canary", "xmy.canary", false],
  ["x".repeat(250).concat("canary"), "x".repeat(250).concat("canary"), true],
  ["x".repeat(250).concat("canary"), "x".repeat(250).concat("canary2"), false],
  ["my canary", "my canary", true],
  ["my canary", "my  canary", false],
  [`a ${"x".repeat(248)}canary`, `a ${"x".repeat(248)}canary`, true],
  [`a ${"x".repeat(249)}canary`, `a ${"x".repeat(249)}canary`, false],
  [" canary", " canary", true],
  ["canary ", "canary ", true],
  ["my canary service", "up: my canary service", true],
  ["a/canary", "x a/canary", true],
  ["a/canary/b", "x a/canary", false],
  ["ä canary", "ä canary", true],
])("whether the name %s stays whole in %s", (name, text, stays) => {
  expect(createRedactor(["canary"], () => new Set([name]))(text) === text).toBe(stays);
});
