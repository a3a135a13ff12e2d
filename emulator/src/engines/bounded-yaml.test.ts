import { parseBounded } from "./bounded-yaml";

// Texts that once kept the emulator from answering anybody: `tests/hostile` holds the time and memory that it takes to read them.

test("keys that come twice are still reported, also deep inside, and a merge key may come twice", () => {
  expect(parseBounded("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 2\n")).toEqual({
    kind: "errors",
    errors: ["Map keys must be unique at line 3, column 18", "Map keys must be unique at line 4, column 1"],
  });
  const merged = parseBounded("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", { merge: true });
  expect(merged.kind).toBe("read");
});
