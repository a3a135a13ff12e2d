import type { ExecutionRecord, LogLine } from "../lyceum/port";
import { withResults } from "./run-results";
import { recorded } from "./testing/diff-facts";
import { createWorld, someInputs } from "./testing/world";

/** The outputs of a completed run r1 whose record and log hold these texts. */
async function resultsOf(
  record: Partial<ExecutionRecord> | undefined,
  log: readonly string[] | Error = [],
  inputs = {},
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
  const outputs = await withResults({ ...context, client }, someInputs(inputs), recorded({}), whole);
  return { results: outputs.results, asked, reported };
}

test("the output of the record is enough, and nothing more is asked", async () => {
  const found = await resultsOf({ output: 'done\nlyceum-result version "1"\n' });
  expect(found).toEqual({ results: { version: "1" }, asked: [], reported: [] });
});

test("without results there is no such output", async () => {
  expect((await resultsOf({ output: "done\n" })).results).toBeUndefined();
  expect((await resultsOf({})).results).toBeUndefined();
});

test.each([
  ["the record cannot be read", undefined],
  ["the record holds the end of a long output", { output: "x".repeat(64 * 1024) }],
])("the log is read where %s", async (_, record) => {
  const found = await resultsOf(record, ["lyceum-result early 1", "late"]);
  expect([found.results, found.asked]).toEqual([{ early: 1 }, [10_000]]);
});

test("a log that cannot be read takes nothing from the record", async () => {
  const found = await resultsOf({ output: `${"x".repeat(64 * 1024)}\nlyceum-result late 2` }, new Error("refused"));
  expect([found.results, found.reported]).toEqual([{ late: 2 }, []]);
});

test("lines that cannot be read are warnings, a few of them, without values and secrets", async () => {
  const lines = Array.from({ length: 9 }, (_, index) => `lyceum-result bad${index} canary`);
  const found = await resultsOf({ output: lines.join("\n") });
  expect(found.reported).toHaveLength(5);
  expect(found.reported[0]).toBe(
    "warning: Run r1 has a result that cannot be read: `lyceum-result bad0 …`: its value is not JSON: a text needs quotes.",
  );
  expect(found.reported.join()).not.toContain("canary");
});
