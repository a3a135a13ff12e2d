import { hanging, widthFor } from "./layout";

test("the width is that of the terminal within bounds, or 80 without one", () => {
  expect([undefined, 0, 20, 100, 200].map(widthFor)).toEqual([80, 80, 60, 100, 120]);
});

test("further lines start below the beginning of the text", () => {
  expect(hanging("  -a  ", "one two three", 12)).toEqual(["  -a  one", "      two", "      three"]);
  expect(hanging("a label: ", "eleven two", 14, "  ")).toEqual(["a label:", "  eleven two"]);
  expect(hanging("  ", "one two", 6, "    ")).toEqual(["  one", "    two"]);
});
