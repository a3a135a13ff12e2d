import { asJson, shownJson } from "./json";

test("JSON for a person is indented by two blanks", () => {
  expect(shownJson({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}');
});

test("a diagnostic of a whole text has no line, and one in a text has its line and column", () => {
  const about = { code: "LYC2105", severity: "error", message: "m", remedy: "r" } as const;
  const at = { line: 4, column: 3, offset: 0 };
  const whole = { ...about, file: null, line: null, column: null, path: null };
  expect(
    JSON.parse(asJson([about, { ...about, file: "a.yaml", path: "services", range: { start: at, end: at } }])),
  ).toEqual([whole, { ...about, file: "a.yaml", line: 4, column: 3, path: "services" }]);
});
