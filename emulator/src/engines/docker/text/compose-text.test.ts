import * as fc from "fast-check";
import { parse } from "yaml";
import { composeText } from "./compose-text";
import { readComposeText } from "./text";

/** Returns the text that Compose receives in place of the original. */
function rewritten(text: string): string {
  const read = readComposeText(text);
  if (read.kind === "unreadable") throw new Error(read.reasons.join("\n"));
  return read.rewritten;
}

test("any values are preserved, in one line of printable ASCII", () => {
  const text = fc.string({ unit: "binary" });
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(text, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const written = composeText(value);
      expect(written).toMatch(/^[ -~]*$/);
      expect(parse(written)).toEqual(value);
    }),
    { numRuns: 300 },
  );
});

test.each<[string, unknown, string]>([
  ["quotes and backslashes", 'a"b\\c', '"a\\"b\\\\c"'],
  ["a line end and a letter beyond ASCII", "\nü\uffff", '"\\u000a\\u00fc\\uffff"'],
  ["a sign of two units", "\u{10000}\u{1f600}", '"\\U00010000\\U0001f600"'],
  [
    "the ends of the range of halves",
    "\ud800\udfff\ue000\ud7ff".replace("\ud800\udfff", "\udfff\ud800"),
    '"\\ufffd\\ufffd\\ue000\\ud7ff"',
  ],
  ["the first and the last sign of ASCII", " ~\u007f", '" ~\\u007f"'],
  ["numbers that are none", [Number.NaN, Infinity, -Infinity, -0.5], "[.nan, .inf, -.inf, -0.5]"],
  ["nothing", [null, undefined, false, "", [], {}], '[null, null, false, "", [], {}]'],
])("%s are written in a way that each reader understands", (_what, value, expected) => {
  expect(composeText(value)).toBe(expected);
});

test("a single surrogate is not a character", () => {
  expect(composeText("a\ud800b")).toBe('"a\\ufffdb"');
});

test.each([
  [
    "numbers keep their spelling",
    "a: [0440, 1.10, 1e3, 0x1F, 1_000, .5, -7]",
    '{"a": [0440, 1.10, 1e3, 0x1F, 1_000, .5, -7]}',
  ],
  ["other words", "a: [true, ~, null, yes, '0440', 12:30]", '{"a": [true, null, null, "yes", "0440", "12:30"]}'],
  [
    "merges and aliases are carried out",
    "x: &x {b: 1}\na: {<<: *x, c: *x}",
    '{"x": {"b": 1}, "a": {"b": 1, "c": {"b": 1}}}',
  ],
  ["Compose's own tags", "a: !reset [b]\nc: !override [0440]", '{"a": !reset null, "c": !override [0440]}'],
  ["comments, anchors and layout go", "# c\na: &a\n  - >-\n    x\n    y # no comment\n", '{"a": ["x y # no comment"]}'],
  ["a merge key by its tag is carried out too", 'a: {? !!merge "<<" : {b: c}}', '{"a": {"b": "c"}}'],
  ["several documents", "a: 1\n---\nb: 2\n---\n", '{"a": 1}\n---\n{"b": 2}'],
])("a text is rewritten: %s", (_name, text, expected) => {
  expect(rewritten(text)).toBe(expected);
});

test.each([
  ["a number as a key", "a: {8080: x}", "every key must be a text; write 8080 in quotes"],
  ["a list as a key", "a: {? [b] : x}", "every key must be a text"],
  ["an alias as a key", "a: &k b\nc: {*k : x}", "every key must be a text"],
  ["a merge key in quotes", 'a: {"<<": {b: c}}', "the key << must stand without quotes and tags"],
  ["a line end of Compose alone", "a: b\n# c\u2028d: e", "U+2028 at line 2, column 4"],
  ["another one", "a: b\n# c\u2029d: e", "U+2029 at line 2, column 4"],
  ["a third one", "a: b\n# c\u0085d: e", "U+0085 at line 2, column 4"],
  ["a carriage return by itself", "a: b # c\rd: e", "a carriage return without a line feed at line 1, column 9"],
])("%s is refused", (_name, text, reason) => {
  expect(() => rewritten(text)).toThrow(reason);
});

test("a text that is too large with its aliases written out is refused", () => {
  const text = `a: &a ${"x".repeat(1_000_000)}\nb: [${"*a, ".repeat(100)}]`;
  expect(() => rewritten(text)).toThrow("too large when it is written out");
});
