import fc from "fast-check";
import { timesAsLong } from "../../../compose/testing/times-as-long";
import { wordSearch } from "./word-search";

function found(words: readonly string[], text: string): string[] {
  const places: string[] = [];
  wordSearch(words)(text, (start, end) => places.push(`${start}:${text.slice(start, end)}`));
  return places;
}

test.each([
  ["nothing to search for", [], "some text", []],
  ["at both ends", ["some", "text"], "some text", ["0:some", "5:text"]],
  ["the longest of those that begin at a place", ["abcd", "abcdef", "abcdefgh"], "abcdefg", ["0:abcdef"]],
  ["one that another one only begins like", ["abcd", "abcdXX"], "abcdef", ["0:abcd"]],
  ["two that overlap", ["abcdef", "defgh"], "abcdefgh", ["0:abcdef", "3:defgh"]],
  ["characters beyond the first plane", ["pw😀ä"], "a pw😀ä b", ["2:pw😀ä"]],
])("finds words: %s", (_name, words, text, expected) => expect(found(words, text)).toEqual(expected));

test("each unit of a long word is found, and a part of it at the end of a cut text", () => {
  const word = Array.from({ length: 300 }, (_none, index) => (index % 89).toString(36)).join("-");
  const covered = (text: string) => {
    const units = new Set<number>();
    wordSearch([word])(text, (start, end) => {
      for (let at = start; at < end; at += 1) units.add(at);
    });
    return units.size;
  };
  expect(covered(word)).toBe(word.length);
  expect(covered(`x${word.slice(0, 128)}`)).toBe(128);
});

test("the longest word at each position is found, for any words", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 });
  const word = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 4, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), text, (words, searched) => {
      const expected = [...searched].flatMap((_unit, at) => {
        const [longest] = words.filter((one) => searched.startsWith(one, at)).sort((a, b) => b.length - a.length);
        return longest === undefined ? [] : [`${at}:${longest}`];
      });
      expect(found(words, searched)).toEqual(expected);
    }),
  );
});

test("the time for a text that repeats the beginning of a long word is proportional to the text", () => {
  const search = wordSearch([`${"a".repeat(100_000)}b`, ...("abcdefgh".repeat(40).match(/.{5}/g) ?? [])]);
  const searched = (length: number) => () => search("a".repeat(length), () => undefined);
  expect(timesAsLong(searched(800_000), searched(100_000), { enough: 16 })).toBeLessThan(24);
});
