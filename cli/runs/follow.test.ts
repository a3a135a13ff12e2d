import { LyceumError } from "../../provider/lyceum/errors";
import type { ExecutionRecord, LogLine } from "../../provider/lyceum/port";
import { followRun, isOver } from "./follow";
import { exitCodeOf } from "./logs";
import { clientWith } from "./testing/client";

/**
 * Follows a run with one list of lines and one record for each call. The last list and the last record are repeated.
 */
function following(
  answers: readonly (readonly string[] | Error)[],
  records: readonly (Partial<ExecutionRecord> | Error)[],
  totals: readonly number[] = [],
) {
  const printed: string[] = [];
  const notes: string[] = [];
  const stop = new AbortController();
  const next = <T>(values: readonly (T | Error)[], asked: number): T => {
    const value = values[Math.min(asked, values.length - 1)] as T | Error;
    if (value instanceof Error) throw value;
    return value;
  };
  let asked = 0;
  let read = 0;
  const client = clientWith({
    record: async () => ({ kind: "found", value: { status: "running", errors: [], ...next(records, read++) } }),
    logsTail: async (_id, _lines, { onTotal } = {}) => {
      if (totals.length > 0) onTotal?.(next(totals, asked));
      return next(answers, asked++).map((message, at): LogLine => ({ message, timestamp: `2026-03-01T12:00:0${at}Z` }));
    },
  });
  const service = {
    client,
    stopped: stop.signal,
    now: () => 0,
    sleep: async (_seconds: number, signal?: AbortSignal) => {
      if (signal?.aborted !== true) await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const followed = followRun(service, "r1", {
    print: (lines) => printed.push(...lines.map(({ message }) => message)),
    note: (text) => notes.push(text),
  });
  return { followed, printed, notes, stop };
}

const ended = { status: "completed", returnCode: 0, endedAt: "2026-03-01T12:01:00Z" };

test("lines are printed when they arrive, even after the end", async () => {
  const { followed, printed } = following([["a"], ["a", "b"], ["a", "b"], ["a", "b", "c"]], [{}, ended]);
  await expect(followed).resolves.toMatchObject(ended);
  expect(printed).toEqual(["a", "b", "c"]);
});

test("a temporary error is printed once, and the call is repeated", async () => {
  const failed = () => new LyceumError({ code: "LYC1108", message: "Reading failed.", redact: (text) => text });
  const { followed, printed, notes } = following([["a"], failed(), failed(), ["a", "b"]], [{}, {}, {}, ended]);
  await followed;
  expect([printed, notes]).toEqual([["a", "b"], ["LYC1108: Reading failed. Asking again."]]);
});

test("lines that come and go between two calls are counted", async () => {
  const answers = [["a"], ["x", "y", "a", "b"], ["x", "y", "a", "b"], ["x", "y", "a", "b", "c"]];
  const { followed, printed, notes } = following(answers, [{}, {}, ended], [1, 10, 10, 11]);
  await followed;
  expect(printed).toContain("c");
  expect(notes).toEqual(["5 lines are not among those above: Lyceum no longer gave them."]);
});

test("a refused key ends the command", async () => {
  const refused = new LyceumError({ code: "LYC1101", message: "No.", status: 401, redact: (text) => text });
  await expect(following([["a"]], [refused]).followed).rejects.toBe(refused);
});

test("a stop request ends the command without a record", async () => {
  const { followed, stop, printed } = following([["a"]], [{}]);
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await expect(followed).resolves.toBeUndefined();
  expect(printed).toEqual(["a"]);
});

test.each([
  [{ status: "completed" }, 0],
  [{ status: "completed", returnCode: 0 }, 0],
  [{ status: "failed", returnCode: 3 }, 3],
  [{ status: "completed", returnCode: 137, endedAt: "2026-03-01T12:00:00Z" }, 137],
  [{ status: "system_failure" }, 1],
  [{ status: "aborted", returnCode: 0 }, 1],
  [{ status: "failed", returnCode: 70_000 }, 1],
])("the exit code of %j is %d", (record, code) => {
  expect(exitCodeOf(record)).toBe(code);
});

/** The seconds of the pauses of a follower whose clock moves with each pause. */
async function pausesOf(
  answers: readonly (readonly string[])[],
  records: readonly (Partial<ExecutionRecord> | Error)[],
) {
  const pauses: number[] = [];
  let now = 1_000_000;
  let asked = 0;
  let read = 0;
  const client = clientWith({
    record: async () => {
      const next = records[Math.min(read++, records.length - 1)];
      if (next instanceof Error) throw next;
      return { kind: "found", value: { status: "running", errors: [], ...next } };
    },
    logsTail: async () =>
      (answers[Math.min(asked++, answers.length - 1)] ?? []).map((message): LogLine => ({ message })),
  });
  const sleep = async (seconds: number) => {
    pauses.push(seconds);
    now += seconds * 1000;
  };
  const service = { client, stopped: new AbortController().signal, now: () => now, sleep };
  const end = await followRun(service, "r1", { print: () => undefined, note: () => undefined }).catch(String);
  return { pauses, end };
}

test("the pause is short after new lines; after the end, two calls without lines are enough", async () => {
  const { pauses } = await pausesOf([["a"], ["a"], ["a", "b"], ["a", "b", "c"]], [{}, {}, ended]);
  expect(pauses).toEqual([1, 2.5, 0.5, 0.5, 0.5]);
});

test("after the end, lines that arrive without an end are read at most ten times", async () => {
  const answers = Array.from({ length: 20 }, (_none, at) => Array.from({ length: at + 1 }, (_one, line) => `l${line}`));
  const { pauses } = await pausesOf(answers, [ended]);
  expect(pauses).toEqual(Array.from({ length: 10 }, () => 0.5));
});

test("a call that was answered before may be refused for a minute", async () => {
  const refused = new LyceumError({ code: "LYC1101", message: "No.", status: 401, redact: (text) => text });
  const { pauses, end } = await pausesOf([[]], [{}, refused]);
  expect(end).toBe("LYC1101: No.");
  expect(pauses).toHaveLength(25);
});

const HAS_BOTH = { status: "running", returnCode: 0, endedAt: "2026-03-01T12:01:00Z" };

test.each<[string, Partial<ExecutionRecord>, readonly string[] | Error, boolean]>([
  ["its status is an end", { status: "failed" }, ["r1"], true],
  ["it runs", { status: "running" }, [], false],
  ["its record has an end, and no list shows it", HAS_BOTH, ["r2"], true],
  ["its record has an end, but the list of active runs has it", HAS_BOTH, ["r2", "r1"], false],
  ["its record has an end, and the list cannot be read", HAS_BOTH, new Error("no"), true],
])("whether a run has ended: %s", async (_what, record, active, isEnd) => {
  const client = clientWith({
    listActive: async () => {
      if (active instanceof Error) throw active;
      return { executions: active.map((executionId) => ({ executionId })), unreadable: 0, hasMore: false } as never;
    },
  });
  expect(await isOver(client, "r1", { errors: [], ...record } as ExecutionRecord, new AbortController().signal)).toBe(
    isEnd,
  );
});
