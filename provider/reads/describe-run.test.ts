import { json, serverForEachTest } from "../lyceum/testing/server";
import { readActiveRuns, readRunsSince } from "./account-runs";
import { describeRun, readPrices, secondsRun } from "./describe-run";
import { clientWith } from "./testing/client";

const RUN = { executionId: "run-1", label: "", status: "running" };
const START = "2026-03-01T00:00:00Z";
const at = (seconds: number) => Date.parse(START) + seconds * 1000;

test.each<[string, object, number | undefined]>([
  ["that is active, counts until now", { startedAt: START }, 90],
  ["that has ended, counts until its end", { startedAt: START, endedAt: "2026-03-01T00:00:30Z" }, 30],
  ["that starts now, is 0", { startedAt: "2026-03-01T00:01:30Z" }, 0],
  ["that has not started, is unknown", {}, undefined],
  ["that starts after now, as clocks may differ, is unknown", { startedAt: "2026-03-01T00:02:00Z" }, undefined],
])("the duration of a run %s", (_name, times, expected) => {
  expect(secondsRun({ ...RUN, ...times } as never, at(90))).toBe(expected);
});

describe("a run that is described", () => {
  const record = { executionId: "run-1", status: "failed", fileName: "train", errors: [], output: "text" };
  const described = (calls: object) =>
    describeRun(clientWith({ record: async () => ({ kind: "found", value: record }), ...calls } as never), "run-1");
  const facts = { executionId: "run-1", status: "failed", label: "train" };

  test("has its phases, and not its output", async () => {
    const run = await described({ timing: async () => ({ kind: "found", value: { pulling: 3 } }) });
    expect(run).toMatchObject({ ...facts, timing: { pulling: 3 } });
    expect(run).not.toHaveProperty("output");
    expect(run).not.toHaveProperty("failedServices");
  });

  test.each([
    ["reports no phases", async () => ({ kind: "missing" })],
    ["fails to report them", async () => Promise.reject(new Error("no"))],
  ])("has the other facts if Lyceum %s", async (_name, timing) => {
    const run = await described({ timing });
    expect(run).toMatchObject(facts);
    expect(run).not.toHaveProperty("timing");
  });

  test("is undefined if Lyceum does not know the run", async () => {
    expect(await described({ record: async () => ({ kind: "missing" }) })).toBeUndefined();
  });
});

describe("what a preview reads of the account", () => {
  const server = serverForEachTest();
  const stack = () => ({ baseUrl: server.url, apiKey: "lk_local_0123456789" });
  const runs = [{ execution_id: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90", status: "running" }];
  const variables = ["LYCEUM_API_KEY", "LYCEUM_BASE_URL"] as const;
  const before = variables.map((name) => process.env[name]);
  beforeAll(() => {
    for (const name of variables) delete process.env[name];
  });
  afterAll(() => {
    for (const [index, name] of variables.entries()) if (before[index] !== undefined) process.env[name] = before[index];
  });

  test("has the prices of machines that have one", async () => {
    server.answerWith(
      json(200, { machine_types: [{ hardware_profile: "cpu", price_per_hour: 0.5 }, { hardware_profile: "gpu" }] }),
    );
    expect([...((await readPrices(undefined, stack())) ?? [])]).toEqual([["cpu", 0.5]]);
  });

  test("has the active runs", async () => {
    server.answerWith(json(200, runs));
    const [run] = (await readActiveRuns(undefined, stack())) ?? [];
    expect(run).toMatchObject({ executionId: runs[0]?.execution_id, status: "running" });
  });

  test("has the runs since a time, ended ones too", async () => {
    const ended = { execution_id: "run-2", status: "completed", created_at: "2026-03-02T00:00:00Z" };
    const older = { execution_id: "run-3", status: "completed", created_at: "2026-02-02T00:00:00Z" };
    server.answerWith((response, request, socket) => {
      const answer = request.url.includes("history") || request.url.includes("billing");
      json(200, answer ? { executions: [ended, older], total_executions: 2 } : [])(response, request, socket);
    });
    const found = await readRunsSince(new Date(START), undefined, stack());
    expect(found?.map(({ executionId }) => executionId)).toEqual(["run-2"]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["prices", () => readPrices(undefined, stack())],
    ["runs", () => readActiveRuns(undefined, stack())],
  ])("has no %s if Lyceum refuses the request", async (_name, read) => {
    server.answerWith(json(403, { detail: "no" }));
    expect(await read()).toBeUndefined();
  });

  test("is unknown if the settings are not valid, and nothing is sent", async () => {
    expect(await readPrices(undefined, { ...stack(), apiKey: "a b" })).toBeUndefined();
    expect(server.received).toEqual([]);
  });
});
