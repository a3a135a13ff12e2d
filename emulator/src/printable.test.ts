import { printable } from "./printable";

test.each([
  ["a colour", "\u001b[31mred", "\\u001b[31mred"],
  ["a title", "\u001b]0;x\u0007", "\\u001b]0;x\\u0007"],
  ["an eight-bit sequence", "\u009b2J", "\\u009b2J"],
  ["a carriage return", "good\rbad", "good\\u000dbad"],
  ["another direction", "a\u202eb", "a\\u202eb"],
  ["ordinary words", "grün\n日本 …", "grün\n日本 …"],
])("%s is shown harmless", (_name, text, shown) => {
  expect(printable(text)).toBe(shown);
});
