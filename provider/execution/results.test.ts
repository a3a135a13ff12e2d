import fc from "fast-check";
import { RESULT_LIMITS, readResults } from "./results";

const results = (...lines: readonly string[]) => readResults(lines.join("\n"));

test("a line with the marker, a name and a JSON value is a result, whatever is around it", () => {
  expect(
    results(
      "migrating …",
      'lyceum-result version "1.4.2"',
      "lyceum-result rows 12\r",
      'lyceum-result model {"path": "s3://models/7", "loss": 0.25}',
      "web-1  | lyceum-result ready true",
      "no lyceum-result here 1",
      "lyceum-results 1",
    ),
  ).toEqual({
    results: { version: "1.4.2", rows: 12, model: { path: "s3://models/7", loss: 0.25 }, ready: true },
    problems: [],
  });
});

test("of several with one name the last counts", () => {
  expect(results("lyceum-result a 1", "lyceum-result a 2").results).toEqual({ a: 2 });
});

test.each([
  ["lyceum-result", "`lyceum-result …`: a name and a JSON value have to follow"],
  ["lyceum-result version", "`lyceum-result version …`: a name and a JSON value have to follow"],
  ["lyceum-result 1st 2", "`lyceum-result 1st …`: a name and a JSON value have to follow"],
  ["lyceum-result __proto__ {}", "`lyceum-result __proto__ …`: a name and a JSON value have to follow"],
  ["lyceum-result version 1.4.2", "`lyceum-result version …`: its value is not JSON: a text needs quotes"],
])("%s is a problem that does not show the value", (line, problem) => {
  expect(results(line)).toEqual({ results: {}, problems: [problem] });
});

test("number and size are bounded", () => {
  const many = Array.from({ length: RESULT_LIMITS.results + 1 }, (_, index) => `lyceum-result r${index} ${index}`);
  const read = results(...many);
  expect(Object.keys(read.results)).toHaveLength(RESULT_LIMITS.results);
  expect(read.problems).toEqual(["`lyceum-result r64 …`: there are more than 64 results"]);
  const long = (name: string, bytes: number) => `lyceum-result ${name} "${"x".repeat(bytes)}"`;
  expect(results(long("a", RESULT_LIMITS.valueBytes)).problems).toEqual([
    "`lyceum-result a …`: it is longer than 16 KB",
  ]);
  const five = ["a", "b", "c", "d", "e"].map((name) => long(name, 15_000));
  expect(results(...five).problems).toEqual(["`lyceum-result e …`: all results together are longer than 64 KB"]);
});

test("any value comes through as it was written, and any output is read", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = JSON.stringify(value);
      expect(results(`lyceum-result any ${json}`).results).toEqual({ any: JSON.parse(json) });
    }),
  );
  fc.assert(fc.property(fc.string(), (output) => void readResults(`lyceum-result ${output}`)));
});
