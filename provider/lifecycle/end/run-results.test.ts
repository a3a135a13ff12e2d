import fc from "fast-check";
import type { ExecutionRecord, LogLine } from "../../lyceum/port";
import type { EndEffects } from "../process/context";
import { recorded } from "../testing/diff-facts";
import { createWorld, someInputs } from "../testing/world";
import { RESULT_LIMITS, readResults, withResults, withResultsOf } from "./run-results";

/** The outputs of a completed run r1 whose record and log hold these texts. `shared` replaces parts of the context. */
async function resultsOf(
  record: Partial<ExecutionRecord> | undefined,
  log: readonly string[] | Error = [],
  inputs = {},
  shared: Partial<EndEffects> = {},
) {
  const { context, reported } = createWorld();
  const asked: number[] = [];
  const client = {
    ...context.client,
    logsTail: async (_id: string, lines: number): Promise<readonly LogLine[]> => {
      asked.push(lines);
      if (log instanceof Error) throw log;
      return log.map((message) => ({ message }));
    },
  };
  const whole = record === undefined ? undefined : { status: "completed", errors: [], ...record };
  const outputs = await withResults({ ...context, ...shared, client }, someInputs(inputs), recorded({}), whole);
  return { results: outputs.results, asked, reported };
}

test("the output of the record is enough, and nothing more is read", async () => {
  const found = await resultsOf({ output: 'done\nlyceum-result version "1"\n' });
  expect(found).toEqual({ results: { version: "1" }, asked: [], reported: [] });
});

test("without results, the outputs have no `results`", async () => {
  expect((await resultsOf({ output: "done\n" })).results).toBeUndefined();
  expect((await resultsOf({})).results).toBeUndefined();
});

test.each([
  ["the record cannot be read", undefined],
  ["the record holds the end of a long output", { output: "x".repeat(64 * 1024) }],
])("the log is read if %s", async (_, record) => {
  const found = await resultsOf(record, ["lyceum-result early 1", "late"]);
  expect([found.results, found.asked]).toEqual([{ early: 1 }, [10_000]]);
});

test("after a log without results, the log of another run of the document is read only for a long output", async () => {
  const { resultLogs } = createWorld().context;
  const next = async (record: Partial<ExecutionRecord>) => {
    const { results, asked } = await resultsOf(record, ["lyceum-result early 1"], {}, { resultLogs });
    return { results, asked };
  };
  await resultsOf({}, ["done"], {}, { resultLogs });
  expect(await next({})).toEqual({ results: undefined, asked: [] });
  expect(await next({ output: "x".repeat(64 * 1024) })).toEqual({ results: { early: 1 }, asked: [10_000] });
});

test("a log that cannot be read keeps the results of the record", async () => {
  const found = await resultsOf({ output: `${"x".repeat(64 * 1024)}\nlyceum-result late 2` }, new Error("refused"));
  expect([found.results, found.reported]).toEqual([{ late: 2 }, []]);
});

test("lines that cannot be read give a few warnings, without values and secrets", async () => {
  const lines = Array.from({ length: 9 }, (_, index) => `lyceum-result bad${index} canary`);
  const found = await resultsOf({ output: lines.join("\n") });
  expect(found.reported).toHaveLength(5);
  expect(found.reported[0]).toBe(
    "warning: Run r1 has a result that cannot be read: `lyceum-result bad0 …`: its value is not JSON: a text needs quotes.",
  );
  expect(found.reported.join()).not.toContain("canary");
});

const results = (...lines: readonly string[]) => readResults(lines.join("\n"), (text) => text === "reserved");

test("a line with the marker, a name and a JSON value is a result, and other lines are ignored", () => {
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

test("of several results with one name, the last counts", () => {
  expect(results("lyceum-result a 1", "lyceum-result a 2").results).toEqual({ a: 2 });
});

const lines = "a name and a JSON value have to follow";
test.each([
  ["lyceum-result", `\`lyceum-result …\`: ${lines}`],
  ["lyceum-result canary", `\`lyceum-result …\`: ${lines}`],
  ["lyceum-result password=canary", `\`lyceum-result …\`: ${lines}`],
  ['lyceum-result "canary 1', `\`lyceum-result …\`: ${lines}`],
  ["lyceum-result 1st canary", `\`lyceum-result …\`: ${lines}`],
  ["lyceum-result __proto__ {}", `\`lyceum-result …\`: ${lines}`],
  ["lyceum-result version canary", "`lyceum-result version …`: its value is not JSON: a text needs quotes"],
])("%s is a problem that does not show the value", (line, problem) => {
  expect(results(line)).toEqual({ results: {}, problems: [problem] });
  expect(problem).not.toContain("canary");
});

test.each([
  ["half of a character", '"\\udcff"', "holds half of a character"],
  ["half of a character in a key", '{"\\udcff": 1}', "holds half of a character"],
  ["a number without end", "[1e999]", "is a number without end"],
  ["too many levels", `${"[".repeat(3000)}${"]".repeat(3000)}`, "is nested more than 32 times"],
  ["a text that the engine takes for something else", '["reserved"]', "holds a text that Pulumi keeps for itself"],
  ["such a text as a key", '{"reserved": "/etc/passwd"}', "holds a text that Pulumi keeps for itself"],
  ["a prototype", '{"a": {"__proto__": {}}}', "has the key `__proto__`"],
])("%s is a problem: the engine would refuse the whole answer, or read another value", (_, json, reason) => {
  expect(results(`lyceum-result any ${json}`)).toEqual({
    results: {},
    problems: [expect.stringContaining(reason)],
  });
});

test("number and size are bounded; a later value replaces an earlier one", () => {
  const many = Array.from({ length: RESULT_LIMITS.results + 1 }, (_, index) => `lyceum-result r${index} ${index}`);
  const read = results(...many);
  expect(Object.keys(read.results)).toHaveLength(RESULT_LIMITS.results);
  expect(read.problems).toEqual(["`lyceum-result r64 …`: there are more than 64 results"]);
  const long = (name: string, bytes: number) => `lyceum-result ${name} "${"x".repeat(bytes)}"`;
  expect(results(long("a", RESULT_LIMITS.valueBytes)).problems).toEqual([
    "`lyceum-result a …`: its value is longer than 16 KB",
  ]);
  const five = ["a", "b", "c", "d", "e"].map((name) => long(name, 15_000));
  expect(results(...five, ...five).problems).toEqual([
    "`lyceum-result e …`: all results together are longer than 64 KB",
  ]);
  const progress = Array.from({ length: 6000 }, (_, index) => `lyceum-result progress ${index}`);
  expect(results(...progress, "lyceum-result version 7")).toEqual({
    results: { progress: 5999, version: 7 },
    problems: [],
  });
});

test("any value is read unchanged, and no output causes an error", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const json = JSON.stringify(value);
      const { results: read, problems } = results(`lyceum-result any ${json}`);
      if (problems.length === 0) expect(read).toEqual({ any: JSON.parse(json) });
      else expect(problems[0]).toMatch(/half of a character|keeps for itself|__proto__/);
    }),
  );
  fc.assert(fc.property(fc.string(), (output) => void results(`lyceum-result ${output}`)));
});

test.each([
  ["a completed run", { status: "completed" }, "lyceum-result a 1", { a: 1 }],
  ["a failed run, which has none", { status: "failed" }, "lyceum-result a 1", undefined],
  ["a run with known ones", { status: "completed", results: { b: 2 } }, "lyceum-result a 1", { b: 2 }],
  ["an output without any", { status: "completed" }, "done", undefined],
  ["a record without an output", { status: "completed" }, undefined, undefined],
])("the results in the record of %s", (_, facts, output, results) => {
  const outputs = recorded(facts);
  const after = withResultsOf({ isReserved: () => false }, outputs, output === undefined ? {} : { output });
  expect(after.results).toEqual(results);
  if (results === undefined) expect(after).toBe(outputs);
});

const problemsOf = (output: string) => readResults(output, () => false).problems;
const text = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));

test("a value may have 16 KB, all together 64 KB, and a level of 32", () => {
  expect(problemsOf(`lyceum-result a ${text(RESULT_LIMITS.valueBytes)}`)).toEqual([]);
  expect(problemsOf(`lyceum-result a ${text(RESULT_LIMITS.valueBytes + 1)}`)).toHaveLength(1);
  const four = ["a", "b", "c", "d"].map((name) => `lyceum-result ${name} ${text(RESULT_LIMITS.valueBytes)}`).join("\n");
  expect(problemsOf(four)).toEqual([]);
  expect(problemsOf(`${four}\nlyceum-result e 1`)).toHaveLength(1);
  const nested = (levels: number) => `lyceum-result a ${"[".repeat(levels)}1${"]".repeat(levels)}`;
  expect(problemsOf(nested(RESULT_LIMITS.depth))).toEqual([]);
  expect(problemsOf(nested(RESULT_LIMITS.depth + 1))).toHaveLength(1);
});

test.each(["lyceum-result", "lyceum-result a", "lyceum-result 1 1", "lyceum-result __proto__ 1"])(
  "%s has no name or no value",
  (line) => expect(problemsOf(line)).toEqual(["`lyceum-result …`: a name and a JSON value have to follow"]),
);

test("an output of less than 40 KB is known whole", async () => {
  const end = "\nlyceum-result a 1";
  const whole = (length: number) => `${"x".repeat(length - end.length)}${end}`;
  expect((await resultsOf({ output: whole(40 * 1024 - 1) })).asked).toEqual([]);
  expect((await resultsOf({ output: whole(40 * 1024) })).asked).toHaveLength(1);
});
