import { lineDiff } from "./line-diff";

test.each([
  [
    "one changed line, with two lines around it",
    "a b c d e f g",
    "a b c X e f g",
    [" b", " c", "-d", "+X", " e", " f", "…"],
  ],
  [
    "lines between two changes",
    "a b c d e f g h",
    "A b c d e f g H",
    ["-a", "+A", " b", " c", "…", " f", " g", "-h", "+H"],
  ],
  ["a line that moves", "a b c", "b c a", ["-a", " b", " c", "+a"]],
  ["the longest common lines", "a x b c", "x b a c", ["-a", " x", " b", "+a", " c"]],
  ["lines at the end", "a", "a b c", [" a", "+b", "+c"]],
  ["no common line", "a b", "c", ["-a", "-b", "+c"]],
  ["no change", "a b", "a b", []],
])("the difference of two texts: %s", (_what, before, after, lines) => {
  expect(lineDiff(before.replaceAll(" ", "\n"), after.replaceAll(" ", "\n"))).toEqual(lines);
});
