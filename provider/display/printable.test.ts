import { printable } from "./printable";

test.each([
  ["colours", "\u001b[31mred\u001b[0m", "red"],
  ["a sequence of C1", "a\u009b2Jb", "ab"],
  ["a title", "\u001b]0;title\u0007text", "text"],
  ["a sequence without an end", "\u001b]8;;hidden", "8;;hidden"],
  ["a carriage return and a bell", "good\rbad\u0007", "good·bad·"],
  ["the direction of text", "a\u202eb\u2066c", "a·b·c"],
  ["half of a surrogate pair", "a\ud83d", "a·"],
  ["a workflow command", "  ::error file=a::b\nx ::y", "  : :error file=a::b\nx ::y"],
  ["a workflow command behind colours", "\u001b[0m::set-env name=a::b", ": :set-env name=a::b"],
  ["an older workflow command", "x ##[error]y", "x # #[error]y"],
  ["nothing of an ordinary text", "Grüße\t😀\nzwei", "Grüße\t😀\nzwei"],
])("takes out %s", (_name, text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(printable(shown)).toBe(shown);
});
