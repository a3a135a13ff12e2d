import { DEEPEST_NESTING, MOST_ALIASES, parseBounded } from "./bounded-yaml";

// In an earlier version, each of these texts blocked the emulator. `tests/hostile` limits the time and memory for
// reading them.

test("repeated keys are still reported at any depth, and a merge key may be repeated", () => {
  expect(parseBounded("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 2\n")).toEqual({
    kind: "errors",
    errors: ["Map keys must be unique at line 3, column 18", "Map keys must be unique at line 4, column 1"],
  });
  const merged = parseBounded("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", { merge: true });
  expect(merged.kind).toBe("read");
});

test.each([
  ["{a: 1}\nb: ]\n", "at line 2, column 1"],
  ["a: 1\r\nb: [", "at line 2, column 5"],
])("an error of %j has its line and column", (text, position) => {
  const yaml = parseBounded(text);
  expect(yaml.kind === "errors" && yaml.errors[0]).toContain(position);
});

test.each<[string, (count: number) => string, number, string]>([
  [
    "mappings in mappings",
    (count) => `${"{a: ".repeat(count)}x${"}".repeat(count)}`,
    DEEPEST_NESTING,
    "nested deeper than",
  ],
  ["aliases", (count) => `a: &a x\nb: [${"*a,".repeat(count)}]`, MOST_ALIASES, "aliases"],
])("a text may have a limited number of %s", (_what, text, limit, reason) => {
  expect(parseBounded(text(limit)).kind).toBe("read");
  expect(parseBounded(text(limit + 1))).toEqual({ kind: "errors", errors: [expect.stringContaining(reason)] });
});

test("texts that begin with a star in quotes are no aliases, and of many errors the first twenty are shown", () => {
  expect(parseBounded(`[${'"*a",'.repeat(MOST_ALIASES + 1)}]`).kind).toBe("read");
  const many = Array.from({ length: 30 }, (_, at) => `- {a${at}: 1, a${at}: 2}`).join("\n");
  const yaml = parseBounded(many);
  expect(yaml.kind === "errors" && yaml.errors.length).toBe(20);
  expect(yaml.kind === "errors" && yaml.errors[0]).toBe("Map keys must be unique at line 1, column 11");
});

test("stack traces of later errors are whole", () => {
  parseBounded("a: [");
  expect(new Error("x").stack?.split("\n").length).toBeGreaterThan(2);
});
