import { FUNCTION_NAMES } from "../schema";
import { answerFunction } from "./answer";
import { clientWith, page } from "./testing/client";

const notMade = () => {
  throw new Error("no client is needed");
};

test.each(FUNCTION_NAMES)("%s refuses an unknown argument before a client is made", async (name) => {
  const answer = await answerFunction(name, { executionId: "run-1", colour: "red" }, notMade);
  expect(answer).toMatchObject({
    kind: "failures",
    failures: expect.arrayContaining([
      { property: "colour", reason: `LYC4010: colour is not an argument of ${name}.` },
    ]),
  });
});

test("all errors of the arguments are reported together", async () => {
  const answer = await answerFunction(
    "getExecutionMetrics",
    { start: "yesterday", end: "2026-03-01T12:00:00", step: "15" },
    notMade,
  );
  if (answer.kind !== "failures") throw new Error("the arguments are not valid");
  expect(answer.failures.map(({ property, reason }) => `${property}: ${reason}`)).toEqual([
    'start: LYC4010: start must be a time with its offset, such as "2026-03-01T12:00:00Z", not "yesterday".',
    'end: LYC4010: end must be a time with its offset, such as "2026-03-01T12:00:00Z", not "2026-03-01T12:00:00".',
    'step: LYC4010: step must be a whole number with `s`, `m` or `h`, such as "15s", not "15".',
    "executionId: LYC4010: executionId must be the id of a run, a text.",
  ]);
});

test("a string into which a program put an Output is an error, and nothing is sent", async () => {
  const given = { executionId: "Calling __str__ on an Output[T] is not supported." };
  expect(await answerFunction("getExecution", given, notMade)).toMatchObject({
    failures: [
      { reason: expect.stringMatching(/^LYC4010: getExecution\.executionId contains .*pulumi\.Output\.concat/) },
    ],
  });
});

test("an argument that is undefined or null counts as not given", async () => {
  const client = clientWith({ listActive: async () => page([]) });
  const answer = await answerFunction("listExecutions", { state: undefined, status: null }, () => client);
  expect(answer).toEqual({ kind: "result", result: { executions: [], complete: true } });
});

test("the answer about a run has neither output nor errors", async () => {
  const record = { status: "failed", returnCode: 3, errors: ["secret"], output: "secret", hardwareProfile: "cpu" };
  const client = clientWith({ record: async () => ({ kind: "found", value: record }) });
  const answer = await answerFunction("getExecution", { executionId: "run-1" }, () => client);
  const result = { executionId: "run-1", status: "failed", returnCode: 3, hardwareProfile: "cpu" };
  expect(answer).toEqual({ kind: "result", result });
});

test.each(["getExecutionTiming", "getExecutionMetrics"] as const)("%s of an unknown run is LYC3009", async (name) => {
  const missing = async () => ({ kind: "missing", error: new Error("404") as never }) as const;
  const client = clientWith({ timing: missing, metrics: missing });
  await expect(answerFunction(name, { executionId: "run-1" }, () => client)).rejects.toThrow("LYC3009");
});

describe("the lines of a log", () => {
  const log = [
    { message: "early", timestamp: "2026-03-01T11:59:59Z", service: "web" },
    { message: "late", timestamp: "2026-03-01T12:00:00", service: "web" },
    { message: "other", timestamp: "2026-03-01T12:00:01.5Z", service: "db" },
    { message: "any", service: "web" },
  ];
  const asked: unknown[] = [];
  async function textOf(given: object, lines: readonly object[] = log): Promise<unknown> {
    const client = clientWith({
      logsTail: async (executionId, count) => {
        asked.push([executionId, count]);
        return lines as typeof log;
      },
    });
    const answer = await answerFunction("getExecutionLogs", { executionId: "run-1", ...given }, () => client);
    return answer.kind === "result" ? answer.result.text : answer;
  }

  test("are selected by time in the service's format, and a line without a time stays", async () => {
    expect(await textOf({ since: "2026-03-01T12:00:00Z" })).toBe("late\nother\nany\n");
  });

  test("are the lines of a service, counted after the selection; a service without output has no lines", async () => {
    expect(await textOf({ service: "web", tail: 2 })).toBe("late\nany\n");
    expect(asked.at(-1)).toEqual(["run-1", 10_000]);
    expect(await textOf({ service: "cache" })).toBe("");
  });

  test("are all lines if no line names a service", async () => {
    expect(await textOf({ service: "web" }, [{ message: "a" }, { message: "b" }])).toBe("a\nb\n");
  });
});

test("only the fields of the table are read of an account", async () => {
  const account = { data: { id: 7, email: "a@example.org", is_active: true, credit_balance: "12.5", card: "4111" } };
  const client = clientWith({ userStatus: async () => account });
  const answer = await answerFunction("getAccount", {}, () => client);
  const result = { email: "a@example.org", isActive: true, credits: 12.5 };
  expect(answer).toEqual({ kind: "result", result });
});

test("a cancelled command ends the query, and the error reports the cancel", async () => {
  const cancelled = AbortSignal.abort();
  const silent = clientWith({
    userStatus: () => new Promise(() => undefined),
    record: () => new Promise(() => undefined),
  });
  await expect(answerFunction("getAccount", {}, () => silent, cancelled)).rejects.toThrow(/^LYC3021: .*asked Lyceum/);
  const given = { executionId: "run-1" };
  await expect(answerFunction("getExecution", given, () => silent, cancelled)).rejects.toThrow(/^LYC3021: .*run run-1/);
});
