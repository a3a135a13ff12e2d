import { knownValuesIn } from "./known-values";
import type { SecretPlace } from "./secrets-in";
import { ALNUM, randomOf } from "./testing/corpus/random";

const word = randomOf("word 0").text(ALNUM, 32);
/** A word that looks like a password, but not random. */
const withSigns = (length: number) =>
  Array.from({ length: 60 }, (_none, index) => `k${(index * 7919) % 97}Z!`)
    .join("")
    .slice(0, length);

test.each<readonly [text: string, place: SecretPlace, ...values: readonly string[]]>([
  [word, { file: "value.txt" }, word],
  ["hunter2-Leaks\n", { file: "notes.txt" }, "hunter2-Leaks"],
  ["hunter2-Leaks", { key: "SETTING" }],
  [withSigns(200), { file: "value.txt" }, withSigns(200)],
  [withSigns(201), { file: "value.txt" }],
  ["hunter!2", { key: "SETTING" }, "hunter!2"],
  ["CLAB_IMAGE=ghcr.io/x1/Clab:latest", { file: "clab.env" }],
  ['{"version":"1A2b3C4d5E"}', { file: "version.json" }],
  ["https://example.com/A1b2C3d4", { file: "url.txt" }],
  [`Aa1+${"x".repeat(300)}`, { file: "data.txt" }],
  ["secret:\n  hunter2  # set it\n", { file: "a.yaml" }, "hunter2"],
  ["secret:\n  # if it is set\n", { file: "a.yaml" }],
  ["encoding=utf8&timeout=1000&useSSL=false?", { key: "OPTIONS_OF_URL" }],
  ["password VARCHAR(255),\n", { file: "init.sql" }],
  ["fastcgi_pass php:9000;\n", { file: "site.conf" }],
])("the values to search for in %s of %j", (...row: readonly unknown[]) => {
  const [text, place, ...values] = row as readonly [string, SecretPlace, ...string[]];
  expect(knownValuesIn(text, place)).toEqual(values);
});

test.each([
  ["aB3!efgh", true],
  ["aB3!efg", false],
  ["aBc!efgh", false],
  ["123!5678", false],
  ["aB3defgh", false],
  ["aB3! efgh", false],
  ["robot1!@example.test", false],
])("the value %s of a variable is searched for: %s", (value, isSearched) => {
  expect(knownValuesIn(value, { key: "SETTING" })).toEqual(isSearched ? [value] : []);
});

test("a file of more than 20 words that look random is data, but the value of a variable is not", () => {
  const random = (count: number) => Array.from({ length: count }, (_, index) => `q8Zk2Lw9Xv4Tn7Rb3Mc6Yd${index}F`);
  const found = (count: number, place: SecretPlace) => knownValuesIn(random(count).join("\n"), place);
  expect(found(20, { file: "ids.txt" })).toEqual(random(20));
  expect(found(21, { file: "ids.txt" })).toEqual([]);
  expect(found(21, { key: "LINES" })).toEqual(random(21));
});
