import { compose } from "../testing/emulator";
import type { ManualClock } from "../testing/manual-clock";
import { type TestServerState, testServerState } from "../testing/server-state";
import { operations } from "./operations";
import type { ServerState } from "./state";
import { VisibleRuns } from "./visible-runs";

let made: TestServerState;
let state: ServerState;
let clock: ManualClock;
beforeEach(() => {
  made = testServerState();
  ({ state, clock } = made);
});
afterEach(() => made.remove());

/** Calls an operation. Returns the status and the body of its answer. */
function call(
  operation: string,
  id = "",
  query: Record<string, string | number> = {},
  sent: Record<string, unknown> = {},
) {
  const visible = new VisibleRuns(state.store, [], clock.now());
  const request = { path: { execution_id: id }, query, body: sent };
  const answer = operations[operation]?.({ request, visible, origin: "http://h:1" }, state);
  // biome-ignore lint/suspicious/noExplicitAny: the test looks into answers freely, and the contract is what checks them
  return { status: answer?.status, body: answer?.body as any };
}
const start = (script: string, more: Record<string, unknown> = {}): string =>
  call("startComposeExecution", "", {}, { compose_file_code: compose(script), ...more }).body.execution_id;

test("a start has an id and a place where its output is streamed, and an unknown machine starts nothing", () => {
  const { status, body } = call("startComposeExecution", "", {}, { compose_file_code: compose("{}") });
  expect([status, body.status, body.streaming_url]).toEqual([
    200,
    "pending",
    `http://h:1/api/v1/stream/${body.execution_id}`,
  ]);
  const refused = call("startComposeExecution", "", {}, { compose_file_code: "x", execution_type: "gpu" });
  expect([refused.status, refused.body.detail]).toEqual([
    400,
    "Machine type 'gpu' is not available. Available: cpu, gpu.l40s, gpu.a100, gpu.h100",
  ]);
  expect(state.store.all()).toHaveLength(1);
});

test("the history is in pages, with the number of all runs by their status", async () => {
  const ids = [
    start("{queue: 9}"),
    start("{start: 0, run: 9}"),
    start("{start: 0, run: 0, exitCode: 1}"),
    start("{queue: 9}"),
  ];
  await clock.advance(1_000);
  const { body } = call("getBillingHistory", "", { limit: 2, offset: 1 });
  expect(body.executions.map((run: { execution_id: string }) => run.execution_id)).toEqual([ids[2], ids[1]]);
  expect(body).toMatchObject({ total_executions: 4, limit: 2, offset: 1 });
  expect(body.counts_by_status).toEqual({ pending: 2, running: 1, failed: 1 });
  expect(call("listWorkloads").body).toHaveLength(3);
});

test("a record that is deleted is not found, and its run can still be ended, once", async () => {
  const id = start("{start: 0, run: 50}");
  await clock.advance(1_000);
  expect(call("deleteExecutionRecord", id).body).toEqual({ execution_id: id, message: "Execution record deleted" });
  expect(call("getExecution", id)).toEqual({ status: 404, body: { detail: "Execution not found" } });
  expect(call("stopWorkload", id).body).toEqual({
    execution_id: id,
    status: "cancelling",
    message: "Stop signal sent",
  });
  await clock.advance(1_000);
  expect(call("stopWorkload", id)).toEqual({ status: 404, body: { detail: "Execution not found or already stopped" } });
  expect(call("abortWorkload", id).body.detail).toBe("Execution not found or already completed");
});

test("logs are the newest lines of the last hours, and all lines of these hours are counted", async () => {
  const id = start("{start: 0, run: 7200, output: [{line: a, at: 0}, {line: b, at: 3600}, {line: c, at: 3601}]}", {
    timeout: 9_000,
  });
  await clock.advance(7_200_000);
  const logs = (query: Record<string, number>) => {
    const { body } = call("getExecutionLogs", id, query);
    return [body.logs.map(({ message }: { message: string }) => message), body.total];
  };
  expect(logs({ hours: 1, limit: 10 })).toEqual([["b", "c"], 2]);
  expect(logs({ hours: 2, limit: 10 })).toEqual([["a", "b", "c"], 3]);
  expect(logs({ hours: 2, limit: 1 })).toEqual([["c"], 3]);
  expect(call("getExecutionLogs", id, { hours: 1, limit: 1 }).body.logs[0].hostname).toBe("local-simulated");
});

test("metrics are of the time in which a run was active, or of the time that a client asks for", async () => {
  const id = start("{start: 1, run: 5}");
  const range = (query = {}) => call("getExecutionMetrics", id, query).body.timeRange;
  const at = (second: number) => `2030-01-01T00:00:0${second}.000Z`;
  expect([range(), range({ start: "s" })]).toEqual([
    { start: null, end: null },
    { start: "s", end: null },
  ]);
  await clock.advance(3_000);
  expect(range()).toEqual({ start: at(1), end: at(3) });
  await clock.advance(6_000);
  expect([range(), range({ end: "e" })]).toEqual([
    { start: at(1), end: at(6) },
    { start: at(1), end: "e" },
  ]);
});

test("credentials are for the bucket of this emulator, and are valid as long as its settings say", () => {
  const { body } = call("createStorageCredentials");
  expect(body).toMatchObject({ endpoint: "http://h:1", bucket_name: "local-bucket", region: "us-east-1" });
  expect(state.bucket.credentials.find(body.access_key)).toMatchObject({
    secretKey: body.secret_key,
    sessionToken: body.session_token,
    expiresAt: clock.now() + 60_000,
  });
});

test("the account has an organization, and its machines are those that can be chosen", () => {
  const hardware = call("getAvailableHardware").body.available_hardware_profiles;
  const { machine_types: types, count } = call("listMachineTypes").body;
  expect([hardware, count]).toEqual([types.map((type: { hardware_profile: string }) => type.hardware_profile), 4]);
  expect(call("getUserStatus").body).toMatchObject({
    org_id: call("getUserOrganisation").body.org_id,
    is_active: true,
    emulated_by: "simulated",
  });
  expect([call("listPrices").body.prices.length, call("ping").body]).toEqual([4, { status: "ok" }]);
});

test("the status of a run has all its errors in one text", async () => {
  const id = start("{start: 0, startError: no image}");
  expect(call("getStreamingStatus", id).body).toEqual({ status: "pending", errors: null });
  await clock.advance(1_000);
  expect(call("getStreamingStatus", id).body).toEqual({ status: "failed", errors: "no image" });
  expect(call("getExecutionTiming", id).body.timing.total).toBe(0);
});
