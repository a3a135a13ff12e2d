import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

const body = { compose_file_code: "services: {a: {image: b}}" };
const start = () => emulator.call(...route("startComposeExecution"), body);
const starts = async () => (await emulator.control("GET", "/executions")).body.length;

/** Repeats a request until the condition is true. Each request takes a moment, so no sleep is needed. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) if (await isSo()) return;
  throw new Error("It never came to be so.");
}

test("a status replaces the answer once, and is reported in the request log", async () => {
  const id = await emulator.fault({
    operation: "startComposeExecution",
    fault: { kind: "status", status: 429, body: { error: "slow down" }, headers: { "retry-after": "2" } },
  });
  const answer = await start();
  expect([answer.status, answer.body, answer.headers.get("retry-after")]).toEqual([429, { error: "slow down" }, "2"]);
  expect(await starts()).toBe(0);
  expect((await start()).status).toBe(200);
  expect((await emulator.control("GET", "/requests")).body.map((entry: { fault?: string }) => entry.fault)).toEqual([
    id,
    undefined,
  ]);
  expect((await emulator.control("GET", "/faults")).body).toMatchObject([{ id, matched: 2, fired: 1 }]);
});

test.each([
  ["never", 0],
  ["before", 1],
  ["after", 1],
])("a connection reset with commit %s leaves %p starts", async (commit, count) => {
  await emulator.fault({ operation: "startComposeExecution", fault: { kind: "reset", commit } });
  await expect(start()).rejects.toThrow("fetch failed");
  await eventually(async () => (await starts()) === count);
  expect((await emulator.control("GET", "/requests")).body[0]).toMatchObject({ status: null, fault: "fault-1" });
});

test("a delay holds the answer by the emulator's clock, and the log shows whether the start took effect", async () => {
  await emulator.fault({ fault: { kind: "delay", seconds: 30, commit: "before" } });
  await emulator.fault({ fault: { kind: "delay", seconds: 30 } });
  let answered = 0;
  const first = start().finally(() => answered++);
  await eventually(async () => (await starts()) === 1);
  const second = start().finally(() => answered++);
  await eventually(async () => (await emulator.control("GET", "/requests")).body.length === 2);
  expect(await starts()).toBe(1);
  await emulator.advance(29);
  expect(answered).toBe(0);
  await emulator.advance(1);
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
  expect(await starts()).toBe(2);
});

test("a held start takes effect on release, even when its client is gone", async () => {
  const id = await emulator.fault({ operation: "startComposeExecution", fault: { kind: "hold" } });
  const abort = new AbortController();
  const [method, path] = route("startComposeExecution");
  const gone = fetch(`${emulator.url}${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
    signal: abort.signal,
  });
  await eventually(async () => (await emulator.control("GET", "/faults")).body[0].holding === 1);
  abort.abort();
  await expect(gone).rejects.toThrow();
  expect(await starts()).toBe(0);
  expect((await emulator.control("POST", `/faults/${id}/release`)).body).toEqual({ released: 1 });
  await eventually(async () => (await starts()) === 1);
});

test("removing the faults releases the requests that they hold", async () => {
  await emulator.fault({ fault: { kind: "hold" } });
  const held = start();
  await eventually(async () => (await emulator.control("GET", "/faults")).body[0].holding === 1);
  await emulator.control("DELETE", "/faults");
  expect((await held).status).toBe(200);
});

test("`after` lets requests pass, `times` limits, and `match` selects", async () => {
  const one = await emulator.start("{}", { file_name: "alpha-1" });
  const other = await emulator.start("{}", { file_name: "beta-1" });
  await emulator.fault({
    operation: "getExecution",
    match: { fileNamePrefix: "alpha" },
    after: 1,
    times: 2,
    fault: { kind: "status", status: 503 },
  });
  const statusOf = async (id: string) => (await emulator.call(...route("getExecution", id))).status;
  expect(await statusOf(other)).toBe(200);
  expect([await statusOf(one), await statusOf(one), await statusOf(one), await statusOf(one)]).toEqual([
    200, 503, 503, 200,
  ]);
  await emulator.fault({ operation: "*", match: { executionId: other }, fault: { kind: "status", status: 418 } });
  expect([await statusOf(one), await statusOf(other)]).toEqual([200, 418]);
});

test("a fault does not apply to an unauthorized request", async () => {
  await emulator.fault({ fault: { kind: "reset" } });
  expect((await emulator.call(...route("getUserStatus"), undefined, { authorization: null })).status).toBe(401);
  expect((await emulator.control("GET", "/faults")).body).toMatchObject([{ matched: 0 }]);
});

test("an unusual answer can be shown for one run", async () => {
  const id = (await start()).body.execution_id;
  const other = (await start()).body.execution_id;
  const set = { status: "waiting for docker container", return_code: null, created_at: "2026-01-02T03:04:05" };
  await emulator.fault({ operation: "getExecution", match: { executionId: id }, fault: { kind: "reshape", set } });
  expect((await emulator.call(...route("getExecution", id))).body).toMatchObject(set);
  expect((await emulator.call(...route("getExecution", other))).body).not.toMatchObject(set);
  expect((await emulator.control("GET", "/breaches")).body).toEqual([]);
});

describe("how runs are shown", () => {
  const listed = async () =>
    (await emulator.call(...route("listWorkloads"))).body.map((entry: { execution_id: string }) => entry.execution_id);
  const inHistory = async () =>
    (await emulator.call(...route("getBillingHistory"))).body.executions.map(
      (entry: { execution_id: string }) => entry.execution_id,
    );

  test("a lagging list does not show young runs", async () => {
    const old = await emulator.start("{run: 50}");
    await emulator.advance(10);
    await emulator.fault({ fault: { kind: "lagging-list", seconds: 5 } });
    const young = await emulator.start("{run: 50}");
    expect(await listed()).toEqual([old]);
    expect(await inHistory()).toEqual([old]);
    expect(await emulator.status(young)).toBe("pending");
    await emulator.advance(5);
    expect(await listed()).toEqual([old, young]);
    expect(await inHistory()).toEqual([young, old]);
  });

  test("a forgotten run is not shown anywhere, but continues", async () => {
    const id = await emulator.start("{run: 50}");
    const other = await emulator.start("{run: 50}");
    await emulator.fault({ match: { executionId: id }, fault: { kind: "forget" } });
    for (const [method, path] of [
      route("getExecution", id),
      route("getStreamingStatus", id),
      route("getExecutionLogs", id),
      route("abortWorkload", id),
      route("deleteExecutionRecord", id),
    ]) {
      expect([path, (await emulator.call(method, path)).status]).toEqual([path, 404]);
    }
    expect(await listed()).toEqual([other]);
    expect(await inHistory()).toEqual([other]);
    expect((await emulator.control("GET", "/executions")).body).toHaveLength(2);
  });

  test("a run is found by another form of its id only with a fault", async () => {
    const id = await emulator.start("{run: 50}");
    const record = async (form: string) => (await emulator.call(...route("getExecution", form))).status;
    const forms = [id, id.toUpperCase(), `exec-${id}`, "exec-local-unknown"];
    expect(await Promise.all(forms.map(record))).toEqual([200, 404, 404, 404]);
    await emulator.fault({ fault: { kind: "id-forms" } });
    expect(await Promise.all(forms.map(record))).toEqual([200, 200, 200, 404]);
    expect((await emulator.call(...route("abortWorkload", `exec-${id.toUpperCase()}`))).status).toBe(200);
  });
});
