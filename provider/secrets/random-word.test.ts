import { findRandomWord } from "./random-word";

/** 31 characters: six times a capital after small letters, and one to three turns to a digit or back. */
const start = "abcDefgHijkLmnoPqrsTuvwXyz1Q";
const isRandom = (text: string) => findRandomWord(text) !== undefined;

test("a word is found where it stands", () => {
  const word = "aB3dE5gH7jK9mN2pQ4sT6vW8";
  expect(findRandomWord(word)).toEqual({ start: 0, end: 24 });
  expect(findRandomWord(`name: ${word}, and more`)).toEqual({ start: 6, end: 30 });
  expect(findRandomWord(word.slice(1))).toBeUndefined();
});

test("in the first 20 000 characters", () => {
  const word = "aB3dE5gH7jK9mN2pQ4sT6vW8";
  expect(isRandom(`${".".repeat(20_000 - word.length)}${word}`)).toBe(true);
  expect(isRandom(`${".".repeat(20_001 - word.length)}${word}`)).toBe(false);
});

test.each([
  ["no digit", "aBdEgHjKmNpQsTvWaXcZeYbUfR"],
  ["no capital", "ab3de5gh7jk9mn2pq4st6vw8xy"],
  ["no small letter", "AB3DE5GH7JK9MN2PQ4ST6VW8XY"],
  ["the same three characters again and again", "aB1".repeat(9)],
])("a word with %s is not written by chance", (_name, word) => expect(isRandom(word)).toBe(false));

test("three turns in ten characters are chance, fewer are order", () => {
  expect(isRandom(`${start}r23`)).toBe(true);
  expect(isRandom(`${start}rst`)).toBe(false);
});
