import { accepted } from "./execution";
import type { StoredRun } from "./execution-store";
import { RunOutput } from "./output";
import { knownServices, readServices } from "./run-services";

function run(code: unknown): StoredRun {
  const fields = { executionId: "local-1", sequence: 1, fileName: null, machine: "cpu", at: 0 };
  return { execution: accepted(fields), body: { compose_file_code: code }, output: new RunOutput() };
}

test.each<[string, unknown, readonly string[]]>([
  ["services", "services: {app: {}, 80: {}}", ["app", "80"]],
  ["two documents", "services: {a: {}}\n---\nservices: {b: {}}", ["a", "b"]],
  ["no services", "name: x", []],
  ["a list in place of services", "services: [a]", []],
  ["a list", "- services", []],
  ["an error", "services: {", []],
  ["nothing", undefined, []],
])("a text with %s", (_what, code, services) => {
  const one = run(code);
  expect(knownServices(one)).toBeUndefined();
  expect(readServices([one], 1)).toBe(0);
  expect(knownServices(one)).toEqual(services);
});

test("a text of 64 Ki characters is read, and a longer one is not", () => {
  const text = (length: number) => run("services: {a: {}} #".padEnd(length, "x"));
  const [longest, tooLong] = [text(64 * 1024), text(64 * 1024 + 1)];
  readServices([longest, tooLong], 2);
  expect([longest, tooLong].map(knownServices)).toEqual([["a"], []]);
});

test("one call reads a limited number of texts and of characters, and later calls read the rest", () => {
  const runs = Array.from({ length: 4 }, () => run("services: {a: {}}"));
  expect([readServices(runs, 3), readServices(runs, 3), readServices(runs, 3)]).toEqual([1, 0, 0]);
  // After exactly 256 Ki characters, one more text is read. After more characters, no text is read.
  const long = Array.from({ length: 7 }, () => run("#".padEnd(64 * 1024, "x")));
  expect([readServices(long, 9), readServices(long, 9)]).toEqual([2, 0]);
});
