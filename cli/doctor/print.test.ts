import { isAtLeast } from "./local";
import { printChecks } from "./print";

const checks = [
  { id: "a", group: "Service", name: "Reachable", state: "ok", text: "the service answers" },
  {
    id: "b",
    group: "Service",
    name: "Clock",
    state: "attention",
    text: `${"word ".repeat(40).trim()}`,
    todo: "Set it.",
  },
] as const;

test.each([60, 80, 100, 120])("no line is longer than %d columns", (width) => {
  const lines = printChecks(checks, width).split("\n");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  expect(lines.at(-1)).toBe(`${" ".repeat(17)}-> Set it.`);
});

test("a word that is longer than a line is not cut", () => {
  const url = `https://${"x".repeat(90)}`;
  expect(printChecks([{ ...checks[0], text: `from ${url}` }], 60)).toContain(url);
});

test.each([
  ["20.18.1", true],
  ["20.18.0", false],
  ["20.9.9", false],
  ["21.0.0-nightly", true],
  ["3.0", false],
])("whether version %s is at least 20.18.1: %p", (version, expected) =>
  expect(isAtLeast(version, "20.18.1")).toBe(expected),
);
