import { diagnosticsOf } from "../testing/read-marks";
import { oddCharacterRemedy } from "./odd-characters";

test.each([
  ["a\u00a0b", "Write a space in place of U+00A0 (non-breaking space)."],
  ["a\u2003b", "Write a space in place of U+2003 (space of another width)."],
  ["\u2014a", "Write a hyphen in place of U+2014 (em dash)."],
  ["a\u200bb\u2014", "Remove U+200B (zero-width space)."],
  ['a-b "c"', undefined],
  ["é", undefined],
])("the remedy for %j names the first odd character", (text, remedy) => {
  expect(oddCharacterRemedy(text)).toBe(remedy);
});

test.each([
  ["\u0000", "LYC2003 the text holds a NUL character; it is binary, or was saved as UTF-16"],
  ["\u0007", "LYC2003 the control character U+0007 is not allowed in YAML"],
  ["\ud800", "LYC2004 U+D800 is half of a surrogate pair"],
  ["\udfff", "LYC2004 U+DFFF is half of a surrogate pair"],
  ["\u2028", "LYC2016 U+2028 (line separator) ends a line for Compose, and for other readers it does not"],
  ["\ufeff", "LYC2016 U+FEFF (byte order mark) may only be the first character of a text"],
])("a text with %j is refused, once for a sequence", (character, message) => {
  const [first, ...others] = diagnosticsOf(`services: {a: {image: i}} # ${character}${character}\n`);
  expect([`${first?.code} ${first?.message}`, others]).toEqual([message, []]);
});
