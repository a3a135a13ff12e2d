import { readContract } from "../contract/document";
import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(async () => {
  expect((await emulator.control("GET", "/breaches")).body).toEqual([]);
  await emulator.close();
});

test("every operation of the contract has a handler in operations.ts: it answers 200, within the contract, for a run that has ended", async () => {
  const id = await emulator.start("{run: 1, output: [hello]}", { file_name: "label" });
  await emulator.advance(10);
  const gone = await emulator.start("{}");
  const going = await emulator.start("{run: 50}");
  const stopped = await emulator.start("{run: 50}");
  await emulator.advance(5);
  const bodies: Record<string, unknown> = { startComposeExecution: { compose_file_code: "services: {a: {image: b}}" } };
  for (const { id: operation } of readContract().operations) {
    const target = { deleteExecutionRecord: gone, abortWorkload: going, stopWorkload: stopped }[operation] ?? id;
    const answer = await emulator.call(...route(operation, target), bodies[operation]);
    expect([operation, answer.status]).toEqual([operation, 200]);
  }
});

test("a run becomes pending, starting, running, completed, and every read reports the same", async () => {
  const id = await emulator.start("{queue: 1, start: 1, run: 2, output: [hello, {line: oops, stream: stderr}]}", {
    file_name: "label",
    execution_type: "gpu.a100",
  });
  expect(id).toMatch(/^local-[0-9a-f-]{36}$/);
  const observed = [await emulator.status(id)];
  for (let second = 0; second < 4; second++) {
    await emulator.advance(1);
    observed.push(await emulator.status(id));
  }
  expect(observed).toEqual(["pending", "starting", "running", "running", "completed"]);

  const { body } = await emulator.call(...route("getExecution", id));
  expect(body).toMatchObject({
    execution_id: id,
    return_code: 0,
    stdout: "hello\n",
    stderr: "oops\n",
    combined_output: "hello\noops\n",
    errors: null,
    file_name: "label",
    hardware_profile: "gpu.a100",
    execution_type: "docker",
  });
  expect(Date.parse(body.end_time) - Date.parse(body.start_time)).toBe(2_000);
  expect((await emulator.call(...route("getStreamingStatus", id))).body).toEqual({
    status: "completed",
    errors: null,
  });
  expect((await emulator.call(...route("getExecutionTiming", id))).body.timing).toMatchObject({
    queued: 1,
    launchingContainer: 1,
    executingJob: 2,
    shuttingDown: null,
    total: 4,
  });
});

test("the list has the active runs, the history has all runs; both have the newest first, and a count", async () => {
  const first = await emulator.start("{run: 1, exitCode: 3}");
  await emulator.advance(5);
  const second = await emulator.start("{run: 50}");
  const third = await emulator.start("{queue: 50}");
  await emulator.advance(1);
  const list = (await emulator.call(...route("listWorkloads"))).body;
  expect(list.map((entry: { execution_id: string; status: string }) => [entry.execution_id, entry.status])).toEqual([
    [second, "running"],
    [third, "pending"],
  ]);
  const page = (await emulator.call(...route("getBillingHistory", "", "?limit=2&offset=1"))).body;
  expect(page.executions.map((entry: { execution_id: string }) => entry.execution_id)).toEqual([second, first]);
  expect(page).toMatchObject({
    total_executions: 3,
    counts_by_status: { failed: 1, running: 1, pending: 1 },
    limit: 2,
    offset: 1,
  });
});

test("an abort answers at once, the run ends later, and then there is nothing to abort", async () => {
  const id = await emulator.start("{start: 0, run: 50, ignoreSignal: true}", { graceful_timeout: 3 });
  await emulator.advance(1);
  expect((await emulator.call(...route("abortWorkload", id))).body).toMatchObject({
    execution_id: id,
    status: "cancelling",
  });
  await emulator.advance(2.9);
  expect(await emulator.status(id)).toBe("cancelling");
  expect((await emulator.call(...route("abortWorkload", id))).status).toBe(200);
  await emulator.advance(0.1);
  expect((await emulator.call(...route("getExecution", id))).body).toMatchObject({
    status: "aborted",
    return_code: 137,
  });
  const again = await emulator.call(...route("abortWorkload", id));
  expect([again.status, again.body]).toEqual([404, { detail: "Execution not found or already completed" }]);
  expect((await emulator.call(...route("getExecutionTiming", id))).body.timing.shuttingDown).toBe(3);
});

test("a stop is answered at once, and the run completes", async () => {
  const id = await emulator.start("{start: 0, run: 50, stopTakes: 2}");
  await emulator.advance(1);
  const answer = await emulator.call(...route("stopWorkload", id));
  expect(answer.body).toMatchObject({ execution_id: id, status: "cancelling" });
  await emulator.advance(2);
  expect((await emulator.call(...route("getExecution", id))).body).toMatchObject({
    status: "completed",
    return_code: null,
  });
  expect((await emulator.call(...route("stopWorkload", id))).status).toBe(404);
});

test.each([
  ["a stop after an abort changes nothing", ["abortWorkload", "stopWorkload"], "aborted"],
  ["an abort after a stop aborts", ["stopWorkload", "abortWorkload"], "aborted"],
  ["a second stop is the same stop", ["stopWorkload", "stopWorkload"], "completed"],
] as const)("%s", async (_, calls, status) => {
  const id = await emulator.start("{start: 0, run: 50, stopTakes: 2}");
  await emulator.advance(1);
  for (const call of calls) expect((await emulator.call(...route(call, id))).status).toBe(200);
  await emulator.advance(2);
  expect(await emulator.status(id)).toBe(status);
});

test("metrics cover the time of the run or the requested time, and have no invented samples", async () => {
  const id = await emulator.start("{start: 0, run: 10}");
  await emulator.advance(20);
  const record = (await emulator.call(...route("getExecution", id))).body;
  const { body } = await emulator.call(...route("getExecutionMetrics", id));
  expect(body).toMatchObject({
    executionId: id,
    hostname: "local-simulated",
    timeRange: { start: record.start_time, end: record.end_time },
    gpuUtilizationPercent: [],
    systemRamUsedBytes: [],
    systemCpuUsagePercent: [],
  });
  const start = "2030-01-01T00:00:00Z";
  const asked = await emulator.call(...route("getExecutionMetrics", id, `?start=${start}&step=1m`));
  expect(asked.body.timeRange).toEqual({ start, end: record.end_time });
  expect((await emulator.call(...route("getExecutionMetrics", id, "?start=yesterday"))).status).toBe(422);
});

test("account, history and prices have the keys that clients read", async () => {
  const id = await emulator.start("{exitCode: 3}");
  await emulator.advance(10);
  const [entry] = (await emulator.call(...route("getBillingHistory"))).body.executions;
  expect(entry).toMatchObject({ execution_id: id, job_type: "docker_compose", return_code: 3, billed: 0 });
  const organisation = (await emulator.call(...route("getUserOrganisation"))).body;
  expect(organisation).toMatchObject({ slug: "local", name: "Local emulator", is_personal: true });
  const user = (await emulator.call(...route("getUserStatus"))).body;
  expect(user).toMatchObject({ user_id: "local-user", org_id: organisation.org_id, is_active: true });
  const { prices } = (await emulator.call(...route("listPrices"))).body;
  const { machine_types: machines } = (await emulator.call(...route("listMachineTypes"))).body;
  const ofMachines = prices.map((price: Record<string, unknown>) => ({
    hardware_profile: (price.group_by as Record<string, unknown>).hardware_profile,
    price_per_hour: price.unit_price_per_hour,
  }));
  expect(ofMachines).toEqual(machines);
});

test("logs are the newest lines, oldest first, within the requested hours", async () => {
  const id = await emulator.start("{start: 0, run: 10, output: [a, b, c, d]}");
  await emulator.advance(20);
  const tail = (await emulator.call(...route("getExecutionLogs", id, "?limit=2"))).body;
  expect(tail.logs.map((line: { message: string }) => line.message)).toEqual(["c", "d"]);
  expect(tail.total).toBe(4);
  expect(tail.logs[0].labels).toEqual({ service: "app", stream: "stdout" });
  await emulator.advance(2 * 3600);
  expect((await emulator.call(...route("getExecutionLogs", id, "?hours=1"))).body).toEqual({ logs: [], total: 0 });
});

test("a deleted record disappears, and its run continues", async () => {
  const id = await emulator.start("{start: 0, run: 50}");
  await emulator.advance(1);
  expect((await emulator.call(...route("deleteExecutionRecord", id))).status).toBe(200);
  expect((await emulator.call(...route("getExecution", id))).status).toBe(404);
  expect((await emulator.call(...route("getBillingHistory"))).body).toMatchObject({
    executions: [],
    total_executions: 0,
    counts_by_status: {},
  });
  expect((await emulator.call(...route("listWorkloads"))).body).toHaveLength(1);
  expect((await emulator.call(...route("abortWorkload", id))).status).toBe(200);
  await emulator.advance(1);
  expect((await emulator.call(...route("listWorkloads"))).body).toEqual([]);
  expect((await emulator.control("GET", "/executions")).body).toMatchObject([{ executionId: id, status: "aborted" }]);
});

test("an unknown machine is refused by name, and nothing starts", async () => {
  const answer = await emulator.call(...route("startComposeExecution"), {
    compose_file_code: "services: {a: {image: b}}",
    execution_type: "gpu.b200",
  });
  expect(answer.status).toBe(400);
  expect(answer.body.detail).toContain("'gpu.b200' is not available. Available: cpu, gpu.l40s");
  expect((await emulator.control("GET", "/executions")).body).toEqual([]);
});

test("an unknown id is 404 everywhere", async () => {
  for (const [method, path] of [
    route("getExecution", "nope"),
    route("deleteExecutionRecord", "nope"),
    route("getStreamingStatus", "nope"),
    route("getExecutionTiming", "nope"),
    route("getExecutionLogs", "nope"),
    route("getExecutionMetrics", "nope"),
    route("abortWorkload", "nope"),
    route("stopWorkload", "nope"),
  ]) {
    const answer = await emulator.call(method, path);
    expect([path, answer.status, typeof answer.body.detail]).toEqual([path, 404, "string"]);
  }
});
