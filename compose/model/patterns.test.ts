import { PatternTable } from "./patterns";

const table = new PatternTable([
  ["services.*.ports.[]", "a port"],
  ["services.web.*", "of web"],
  ["services.*.image", "an image"],
  ["services.*", "a service"],
  ["*.*.[]", "an item"],
  ["*.*.*", "anything"],
  ["services.db.image", "the image of db"],
]);

it.each([
  [["services", "a", "ports", 0], "a port"],
  [["services", "a", "ports", "0"], undefined],
  [["services", "a"], "a service"],
  [["services"], undefined],
  [[], undefined],
  // If several patterns match a path, the first pattern counts, even if another pattern is more specific.
  [["services", "web", "image"], "of web"],
  [["services", "a", "image"], "an image"],
  [["services", "db", "image"], "an image"],
  [["services", "a", 0], "an item"],
  [["services", "a", "tty"], "anything"],
  // `*` in a path is an ordinary key, although it looks like a step of a pattern.
  [["services", "*", "image"], "an image"],
  [["services", "a", "[]"], "anything"],
  [["services", "a", "ports", "[]"], undefined],
])("the path %j is %s", (path, value) => {
  expect(table.at(path)).toBe(value);
});

it("takes the first of two rows with the same pattern", () => {
  expect(new PatternTable([["a.b", 1] as const, ["a.b", 2] as const]).at(["a", "b"])).toBe(1);
});
