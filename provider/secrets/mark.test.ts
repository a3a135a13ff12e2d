import { REDACTED, withMarks } from "./mark";

const spans = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([start, end]) => ({ start, end }));

test.each([
  ["nothing", "abcdef", spans(), "abcdef"],
  ["one span", "abcdef", spans([2, 4]), `ab${REDACTED}ef`],
  ["the whole text", "abcdef", spans([0, 6]), REDACTED],
  ["two spans in the wrong order", "abcdef", spans([4, 5], [1, 2]), `a${REDACTED}cd${REDACTED}f`],
  ["spans that overlap", "abcdef", spans([1, 4], [2, 5]), `a${REDACTED}f`],
  ["a span within another one", "abcdef", spans([1, 5], [2, 3]), `a${REDACTED}f`],
  ["a span that touches two that overlap", "abcdefgh", spans([1, 4], [2, 5], [5, 7]), `a${REDACTED}h`],
  ["spans that touch", "abcdef", spans([1, 3], [3, 5]), `a${REDACTED}f`],
])("marks %s", (_name, text, given, expected) => expect(withMarks(text, given)).toBe(expected));

test("only the line breaks inside a span stay", () => {
  expect(withMarks("a\nbc\nd\ne", spans([2, 6]))).toBe(`a\n${REDACTED}\n\ne`);
});

describe("an existing mark", () => {
  const text = `a ${REDACTED} b`;
  const mark = { start: 2, end: 2 + REDACTED.length };

  test("is not changed by a span within it, or equal to it", () => {
    expect(withMarks(text, spans([mark.start, mark.end]))).toBe(text);
    expect(withMarks(text, spans([mark.start + 1, mark.end - 1]))).toBe(text);
  });

  test("becomes part of a span that extends beyond it, on either side", () => {
    expect(withMarks(text, spans([mark.end - 1, mark.end + 2]))).toBe(`a ${REDACTED}`);
    expect(withMarks(text, spans([0, mark.start + 1]))).toBe(`${REDACTED} b`);
  });

  test("stays next to a span that only touches it", () => {
    expect(withMarks(text, spans([mark.end, mark.end + 2]))).toBe(`a ${REDACTED}${REDACTED}`);
    expect(withMarks(text, spans([0, mark.start]))).toBe(`${REDACTED}${REDACTED} b`);
  });

  test("stays separate from a touching span, also where another span is within it or equal to it", () => {
    const touching: readonly [number, number] = [mark.end, mark.end + 2];
    const expected = `a ${REDACTED}${REDACTED}`;
    expect(withMarks(text, spans([mark.start + 1, mark.end - 1], touching))).toBe(expected);
    expect(withMarks(text, spans([mark.start, mark.end], touching))).toBe(expected);
  });

  test("is found each time it occurs", () => {
    const twice = `${REDACTED}x${REDACTED}`;
    expect(withMarks(twice, spans([1, 3], [REDACTED.length + 2, REDACTED.length + 4]))).toBe(twice);
  });
});
