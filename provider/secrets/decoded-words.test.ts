import { decodedWords } from "./decoded-words";

const encoded = (text: string) => Buffer.from(text).toString("base64").replace(/=+$/, "");
const long = "a text that takes more than one line of sixty characters in base64, as a command wraps it";
const wrapped = (text: string, length: number) => encoded(text).replace(new RegExp(`.{${length}}`, "g"), "$&\n");

test.each<readonly [string, string, ...(readonly string[])]>([
  ["a word of 16 characters", `x ${encoded("twelve bytes")} y`, "twelve bytes"],
  ["no word of 15 characters", `x ${encoded("twelve bytes").slice(1)} y`],
  ["two words", `${encoded("the first word")} ${encoded("the second word")}`, "the first word", "the second word"],
  ["a word over lines of 60 characters", wrapped(long, 60), long],
  [
    "lines of 59 characters one by one",
    `${encoded(long).slice(0, 59)}\n${encoded("another word")}`,
    long.slice(0, 44),
    "another word",
  ],
  ["an address", "https://a.example/?a=b%20c%3Ad", "https://a.example/?a=b c:d"],
  [
    "an address with a percent sign that is no escape",
    "https://a.example/?a=100%&b=%20c",
    "https://a.example/?a=100%&b= c",
  ],
  ["no address without an escape", "https://a.example/?a=100%&b=c"],
])("decodes %s", (_what, text, ...words) => {
  const { text: decoded } = decodedWords(text);
  for (const word of words) expect(decoded).toContain(word);
  if (words.length === 0) expect(decoded).not.toMatch(/twelve|elve bytes|https/);
});

test("a part of the decoded text has the position of its encoded word, or of all words that it touches", () => {
  const [first, second, third] = [encoded("the first word"), encoded("the second word"), encoded("the third word!")];
  const text = `- ${first} - ${second} - ${third} -`;
  const { text: decoded, spanOf } = decodedWords(text);
  const shown = (part: string) => {
    const start = decoded.indexOf(part);
    const span = spanOf({ start, end: start + part.length });
    return text.slice(span.start, span.end);
  };
  expect(shown("first")).toBe(first);
  expect(shown("the first word")).toBe(first);
  expect(shown("the second word")).toBe(second);
  expect(shown("third word!")).toBe(third);
  expect(shown("word\nthe second")).toBe(`${first} - ${second}`);
  expect(shown("first word\n")).toBe(first);
  expect(shown("word\nt")).toBe(`${first} - ${second}`);
});

test("words in base64 come before other words in the decoded text, and have their own positions all the same", () => {
  const text = `a=b%20cdefghijklmnop - ${encoded("the first word")} -`;
  const { text: decoded, spanOf } = decodedWords(text);
  const start = decoded.indexOf("word\na=b");
  expect(spanOf({ start, end: start + "word\na=b".length })).toEqual({ start: 0, end: text.length - 2 });
});
