import { writtenTexts } from "./written-texts";

const read = (source: string) =>
  writtenTexts(source).texts.map(({ text, span, key, before }) => [
    text,
    source.slice(span.start, span.end),
    ...(key === undefined ? [] : [key]),
    ...(before === undefined ? [] : [before]),
  ]);

test("texts have their key, the items before them, and the position at which they are written", () => {
  expect(read("a: 'x'\nb: [run, \"--p\\x41\", {c: d}, y]\n")).toEqual([
    ["a", "a"],
    ["x", "'x'", "a"],
    ["b", "b"],
    ["run", "run", "b"],
    ["--pA", '"--p\\x41"', "b", "run"],
    ["y", "y", "b", 'run --pA ""'],
    ["c", "c"],
    ["d", "d", "c"],
  ]);
});

test("a text over several lines is whole", () => {
  expect(read('a: "one\\\n  two"\nb: |\n  x\n  y\nc:\n  - >-\n    p\n    q\n')).toEqual([
    ["a", "a"],
    ["onetwo", '"one\\\n  two"', "a"],
    ["b", "b"],
    ["x\ny\n", "|\n  x\n  y\n", "b"],
    ["c", "c"],
    ["p q", ">-\n    p\n    q\n", "c"],
  ]);
});

test("an alias has the text of its anchor, under its own key", () => {
  expect(read("a: &x v\nPASSWORD: *x\nb: *none\n")).toContainEqual(["v", "v", "PASSWORD"]);
});

test("an anchor in a collection counts in the collections after it", () =>
  expect(read("a: {b: &x v}\nc: {d: *x}\n")).toContainEqual(["v", "v", "d"]));

test.each([
  [1000, 4],
  [1001, 3],
])("an alias of a text of %i characters", (length, count) => {
  expect(read(`a: &x ${"v".repeat(length)}\nb: *x\n`)).toHaveLength(count);
});

test.each(["a: b\nc: [d, e", "a: b\nc: d: e\n", 'a: b\nc: "d\n', "a: b\n\tc: d\n", "a: b\n- c\n"])(
  "of a document that is not valid, the other texts are read: %j",
  (source) => {
    expect(read(source)).toEqual(expect.arrayContaining([["b", "b", "a"]]));
  },
);

test("names of services are those below the top level", () => {
  const { services } = writtenTexts("services: {web: {x: y}, db: }\nx-a: {services: {no: {}}}\n");
  expect([...services]).toEqual(["web", "db"]);
});

const keys = (levels: number) => Array.from({ length: levels }, (_none, level) => `${" ".repeat(level)}k: `).join("\n");
test.each([
  ["100 brackets", "[".repeat(100), 1],
  ["101 brackets", "[".repeat(101), 0],
  ["100 list items in one line", "- ".repeat(100), 1],
  ["101 list items in one line", "- ".repeat(101), 0],
  ["101 keys", keys(101), 102],
  ["102 keys", keys(102), 101],
])("a text below %s", (_what, levels, count) => expect(writtenTexts(`${levels}a`).texts).toHaveLength(count));

test("a text with endless nesting is read in part", () => {
  expect(writtenTexts(`a: ${"[".repeat(200_000)}`).texts).toHaveLength(1);
});
