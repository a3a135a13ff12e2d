import { fitted, hanging, widthFor } from "./layout";

test("the width is that of the terminal within bounds, or 80 without a terminal", () => {
  expect([undefined, 0, 20, 100, 200].map(widthFor)).toEqual([80, 80, 60, 100, 120]);
});

test("further lines start below the beginning of the text", () => {
  expect(hanging("  -a  ", "one two three", 12)).toEqual(["  -a  one", "      two", "      three"]);
  expect(hanging("a label: ", "eleven two", 14, "  ")).toEqual(["a label:", "  eleven two"]);
  expect(hanging("  ", "one two", 6, "    ")).toEqual(["  one", "    two"]);
});

test("only lines that are too long are broken, at their words and with their indent", () => {
  expect(fitted("a  b\n  one two three\n  x   y", 9)).toBe("a  b\n  one two\n  three\n  x   y");
  expect(fitted("https://a.example/path is long", 9)).toBe("https://a.example/path\nis long");
});
