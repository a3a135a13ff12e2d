import { formExamples } from "../testing/examples";
import { formsIn, formsInDocument, PREFIXES, SECRET_FORMS } from "./forms";

/** Matches the parts of an example that stay readable. */
const SHOWN =
  /^(?:AccountKey=|https:\/\/hooks\.slack\.com\/services\/|\w+:\/\/(?=[^/]+@)|https:\/\/host\/\?\w+=|authorization[=:] ?(?:bearer )?|bearer )|@.+$/gi;

test.each(Object.entries(formExamples))(
  "the form %s is found in a text, at the position of the secret",
  (name, example) => {
    const secret = example.replace(SHOWN, "");
    // Far behind the beginning of the text, too.
    for (const before of ["", "before ", "before ".repeat(200)]) {
      const text = `${before}${example} behind`;
      const found = formsIn(text).filter((each) => each.name === name);
      expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([secret]);
    }
  },
);

test.each(SECRET_FORMS)(
  "the form $name has an example, which is found in documents if it counts $where",
  ({ name, where }) => {
    const found = formsInDocument(formExamples[name] ?? "").map((each) => each.name);
    expect(found.includes(name)).toBe(where === "everywhere");
    expect(formExamples).toHaveProperty([name]);
  },
);

test("every beginning is found, also after an escape of JSON", () => {
  const body = (characters: string, length: number) =>
    [..."9f3c7a1e5b8d2046Q7W9ZK3L".repeat(9)]
      .filter((sign) => new RegExp(characters).test(sign))
      .slice(0, length)
      .join("");
  for (const [name, heads, characters, least] of PREFIXES)
    for (const head of heads.split(" ")) {
      const token = `${head}${body(characters, Math.max(least, 1))}`;
      const names = formsInDocument(`"a\\n${token}" `).map((found) => found.name);
      expect([head, names.includes(name)]).toEqual([head, true]);
    }
});

test.each([
  ["a word in a word", `task-${"a1".repeat(20)}`],
  ["too short", "ghp_abc123"],
  ["too long", `oy2${"a1".repeat(40)}`],
  ["no digit", "lk_some_volume"],
  ["a model", "sk-learn/some-model"],
  ["a public key", `pk_live_${"a1B2".repeat(10)}`],
  ["a first part of 15 characters", `SG.${"a1".repeat(7)}b.${"c2".repeat(20)}`],
  ["a second part of 15 characters", `SG.${"a1".repeat(20)}.${"c2".repeat(7)}d`],
  ["one part", `SG.${"a1".repeat(30)}`],
  ["an Airtable token whose second part is not hexadecimal", `pat${"a1".repeat(7)}.${"z1".repeat(40)}`],
  ["an Airtable token of 1000 characters", `pat${"a1".repeat(7)}.${"0a".repeat(491)}`],
  ["a Mailchimp key whose region is not a number", `${"0a".repeat(16)}-us1-east`],
  ["a variable", "postgres://app:$PASSWORD@db"],
  ["an address without a password", "https://example.com/a:b"],
  ["an address in quotes before an @", "'https://example.com:80'@b"],
])("not a token: %s", (_kind, text) => expect(formsInDocument(text)).toEqual([]));

test.each([
  ["postgres://app:hunter2@db/app", "app:hunter2"],
  ["https://ci:a'b@host", "ci:a'b"],
  ["['https://ci:ab@host','https://ci:cd@host']", "ci:ab", "ci:cd"],
])("the user and the password of %s", (text, ...expected) => {
  expect(formsInDocument(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test.each([
  ["the full stops of a sentence", `eyJhbGci.${"c2".repeat(9)}...`, `eyJhbGci.${"c2".repeat(9)}`],
  ["the shortest parts", `SG.${"a1".repeat(8)}.${"c2".repeat(8)}`, `SG.${"a1".repeat(8)}.${"c2".repeat(8)}`],
])("a token ends before %s", (_kind, text, token) => {
  expect(formsInDocument(text).map(({ start, end }) => text.slice(start, end))).toEqual([token]);
});

test.each([
  ["?key=name", []],
  ["/?key=abcdef1", []],
  ["/?key=abcdefg1", ["abcdefg1"]],
  ["/?key=abcdefgh", []],
  ["GET /?key=name&page=2", []],
  ["GET /?key=q8Zk2Lw9Xv", ["q8Zk2Lw9Xv"]],
  ["GET /?token=abc", ["abc"]],
  ["1 /?key=abcdefgh 1", []],
  ["1 authorization: somethingelse 1", []],
  ["authorization: HTTP/1.1", []],
  ["authorization: q8Zk2Lw9", ["q8Zk2Lw9"]],
  ["x authorization = enabled x", []],
  ["bearer authentication", []],
  ["bearer%20authentication", ["authentication"]],
  ["authorization = opened", ["opened"]],
])("a parameter or header in output: %s", (text, expected) => {
  expect(formsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});
