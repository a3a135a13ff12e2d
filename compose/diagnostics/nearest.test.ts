import { nearest } from "./nearest";

test.each([
  ["a letter too few", "imge", "image"],
  ["two letters exchanged", "imaeg", "image"],
  ["the first two letters exchanged", "dxn", "dnx"],
  ["a wrong letter", "imase", "image"],
  ["a letter too many", "dnxx", "dnx"],
  ["two slips in six letters", "bxixld", "build"],
  ["more slips than a third of it", "ixxge", undefined],
  ["two neighbors exchanged that are not next to each other", "egami", undefined],
  ["a wrong letter and two letters exchanged", "bxidl", undefined],
  ["a word of another length", "dnxxx", undefined],
])("the nearest word for a misspelt one: %s", (_name, written, expected) =>
  expect(nearest(written, ["build", "image", "dnx"])).toBe(expected),
);

test("of several equally near words, the first is returned", () => expect(nearest("cat", ["bat", "rat"])).toBe("bat"));

test("a word of more than 40 letters has no nearest word", () => {
  const word = (length: number) => "a".repeat(length);
  expect(nearest(`${word(39)}b`, [word(40)])).toBe(word(40));
  expect(nearest(`${word(40)}b`, [word(40)])).toBeUndefined();
});
