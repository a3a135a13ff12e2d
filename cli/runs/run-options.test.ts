import { countIn, momentIn, namedRun, unclearStart, unknownRun } from "./run-options";

test.each([
  ["1", 1],
  ["100", 100],
])("a number from 1 to 100 may be %s", (text, count) => {
  expect(countIn("tail", text, 100)).toBe(count);
});

test.each(["0", "101", "", "-1", "1.5", "1e1", " 2"])("a number from 1 to 100 may not be %j", (text) => {
  expect(() => countIn("tail", text, 100)).toThrow("--tail takes a whole number from 1 to 100");
});

test.each([
  ["1s", 1],
  ["1m", 60],
  ["1h", 3600],
  ["1d", 86_400],
  ["1d1h1m1s", 90_061],
])("%s is %d seconds", (text, seconds) => {
  expect(momentIn("since", text, 1_000_000_000)).toBe(1_000_000_000 - seconds * 1000);
});

test.each([
  ["nothing", [], /^RUN is missing/],
  ["blanks", [" "], /^RUN is missing/],
  ["two runs", ["a", "b"], /^Give one RUN only$/],
])("a command line with %s does not name one run", (_what, words, message) => {
  expect(() => namedRun(words)).toThrow(message);
});

test("a run is named by one word", () => {
  expect(namedRun(["train"])).toBe("train");
});

test("the errors about a run that is not known name it", () => {
  expect(unknownRun("run-1").message).toMatch(/^Lyceum does not know run run-1 \(404\)\. /);
  expect(unclearStart("job")).toMatch(/^The start of job got no clear answer, so its run is not known: /);
});
