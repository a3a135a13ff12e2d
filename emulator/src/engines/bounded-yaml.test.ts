import { parseBounded } from "./bounded-yaml";

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
