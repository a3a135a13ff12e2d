import fc from "fast-check";
import { LineIndex, LONGEST_SHOWN_KEY, lastStartingAt, pointOf, printableKey } from "./position";

it("counts lines at LF, CRLF and CR", () => {
  const lines = new LineIndex("a\nb\r\nc\rd");
  expect(["a", "b", "c", "d"].map((letter) => lines.position(lines.text.indexOf(letter)).line)).toEqual([1, 2, 3, 4]);
  expect([1, 2, 3, 4, 5].map((line) => lines.line(line))).toEqual(["a", "b", "c", "d", ""]);
});

it("stays inside the text for any offset", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é") }), fc.double(), (text, offset) => {
      const { line, column, offset: inside } = new LineIndex(text).position(offset);
      expect(inside).toBeGreaterThanOrEqual(0);
      expect(inside).toBeLessThanOrEqual(text.length);
      expect(line).toBeGreaterThanOrEqual(1);
      expect(column).toBeGreaterThanOrEqual(1);
    }),
  );
});

it("finds the offset again from line and column", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r") }), fc.nat(40), (text, offset) => {
      const index = new LineIndex(text);
      const { line, column, offset: inside } = index.position(offset);
      const before = text.slice(0, inside).split(/\r\n|\n|\r/);
      // A line does not start between CR and LF, so this offset is skipped.
      fc.pre(!(text.charAt(inside - 1) === "\r" && text.charAt(inside) === "\n"));
      expect([line, column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
    }),
  );
});

const LONGEST = "k".repeat(LONGEST_SHOWN_KEY);

test.each([
  ["a word", "image", "image"],
  ["a letter", "a", '"a"'],
  ["a key with a space", "a b", '"a b"'],
  ["the longest word", LONGEST, LONGEST],
  ["the longest key in quotes", `${LONGEST.slice(1)}.`, `"${LONGEST.slice(1)}."`],
  ["a longer word", `${LONGEST}k`, `"${LONGEST}…"`],
])("prints %s", (_, key, expected) => expect(printableKey(key)).toBe(expected));

it.each([
  ["scalar", { start: 2, end: 5 }],
  ["mapping", { start: 2, end: 2 }],
  ["sequence", { start: 2, end: 2 }],
])("a %s is underlined at %j", (kind, span) => expect(pointOf({ kind, span: { start: 2, end: 5 } })).toEqual(span));

it.each([
  [-1, 0],
  [0, 0],
  [4, 0],
  [5, 1],
  [9, 2],
  [100, 2],
])("the last line start at or before the offset %d has the index %d", (offset, index) => {
  expect(lastStartingAt([0, 5, 9], offset)).toBe(index);
});
