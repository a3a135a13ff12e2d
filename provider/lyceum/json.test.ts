import { asId, asInteger, asNumber, asText, compact, field, firstOf, parseJson } from "./json";

test.each<[string, (value: unknown) => unknown, unknown, unknown]>([
  ["a number", asNumber, 1.5, 1.5],
  ["a number in a text", asNumber, " -1.5 ", -1.5],
  ["a number of 15 digits in a text", asNumber, "123456789012345", 123456789012345],
  ["no number of 16 digits in a text", asNumber, "1234567890123456", undefined],
  ["no infinite number", asNumber, Number.POSITIVE_INFINITY, undefined],
  ["no text that only begins with a number", asNumber, "1 s", undefined],
  ["no empty text as a number", asNumber, "", undefined],
  ["no list as a number", asNumber, [1], undefined],
  ["a whole number", asInteger, 7, 7],
  ["a whole number in a text", asInteger, "7.0", 7],
  ["no fraction as a whole number", asInteger, 7.5, undefined],
  ["no number beyond 2^53 as a whole number", asInteger, 2 ** 53, undefined],
  ["no word as a whole number", asInteger, "seven", undefined],
  ["an id without the spaces around it", asId, " a b ", "a b"],
  ["an id that is a number", asId, 7, "7"],
  ["no number beyond 2^53 as an id", asId, 2 ** 53, undefined],
  ["no fraction as an id", asId, 7.5, undefined],
  ["no empty id", asId, " ", undefined],
  ["a text with its spaces", asText, " a ", " a "],
  ["no text of spaces", asText, " ", undefined],
  ["no number as a text", asText, 7, undefined],
  ["JSON", (text) => parseJson(String(text)), '{"a":[1]}', { a: [1] }],
  ["no text that is not JSON", (text) => parseJson(String(text)), "{", undefined],
])("reads %s", (_what, read, value, expected) => expect(read(value)).toEqual(expected));

test("a field is an own property of an object", () => {
  expect([field({ a: 1 }, "a"), field([7], "0"), field({ a: 1 }, "b")]).toEqual([1, 7, undefined]);
  for (const value of [null, undefined, "text", 7]) expect(field(value, "length")).toBeUndefined();
  for (const name of ["toString", "__proto__"]) expect(field({}, name)).toBeUndefined();
});

test("the first property that can be read counts", () => {
  const answer = { a: "", b: "second", c: "third" };
  expect(firstOf(answer, ["none", "a", "b", "c"], asText)).toBe("second");
  expect(firstOf(answer, ["a"], asText)).toBeUndefined();
});

test("a value without its absent keys keeps the others, even if they are null, 0 or empty", () => {
  expect(Object.entries(compact({ a: undefined, b: null, c: 0, d: "", e: false }))).toEqual([
    ["b", null],
    ["c", 0],
    ["d", ""],
    ["e", false],
  ]);
});
