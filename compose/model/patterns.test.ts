import { PatternTable } from "./patterns";

const table = new PatternTable([
  ["services.*.ports.[]", "a port"],
  ["services.web.*", "of web"],
  ["services.*.image", "an image"],
  ["services.*", "a service"],
  ["*.*.[]", "an item"],
  ["*.*.*", "anything"],
]);

it.each([
  [["services", "a", "ports", 0], "a port"],
  [["services", "a", "ports", "0"], undefined],
  [["services", "a"], "a service"],
  [["services"], undefined],
  [[], undefined],
  // If several patterns match, the first one counts, even if another is more specific.
  [["services", "web", "image"], "of web"],
  [["services", "a", "image"], "an image"],
  [["services", "a", 0], "an item"],
  [["services", "a", "tty"], "anything"],
  // A key that is spelled like a step of a pattern is an ordinary key.
  [["services", "*", "image"], "an image"],
  [["services", "a", "[]"], "anything"],
  [["services", "a", "ports", "[]"], undefined],
])("the path %j is %s", (path, value) => {
  expect(table.at(path)).toBe(value);
});

it("takes the first of two rows with the same pattern", () => {
  expect(new PatternTable([["a.b", 1] as const, ["a.b", 2] as const]).at(["a", "b"])).toBe(1);
});
