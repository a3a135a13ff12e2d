import { version } from "../../package.json";
import type { LyceumClient } from "./client";
import { OPERATIONS, type OperationName, pathOf } from "./operations";
import { clientFor, FULL_START, TOKEN } from "./testing/client";
import { json, serverForEachTest } from "./testing/server";

const server = serverForEachTest();

const STARTED = { execution_id: "e-1", status: "pending", streaming_url: "https://host/stream" };

const CALLS: Readonly<Record<OperationName, (client: LyceumClient) => Promise<unknown>>> = {
  startComposeExecution: (client) => client.start(FULL_START),
  abortWorkload: (client) => client.abort("e-1"),
  deleteExecutionRecord: (client) => client.deleteRecord("e-1"),
  getExecution: (client) => client.record("e-1"),
  getStreamingStatus: (client) => client.olderStatus("e-1"),
  getExecutionTiming: (client) => client.timing("e-1"),
  getExecutionMetrics: (client) => client.metrics("e-1", {}),
  listWorkloads: (client) => client.listActive(),
  getBillingHistory: (client) => client.history({ limit: 50, offset: 100 }),
  getExecutionLogs: (client) => client.logsTail("e-1", 20),
  listMachineTypes: (client) => client.machineTypes(),
  getAvailableHardware: (client) => client.machinesOfAccount(),
  getUserStatus: (client) => client.userStatus(),
  createStorageCredentials: (client) => client.storageCredentials(),
};

test.each(Object.entries(CALLS))("the client makes the call %s of operations.ts", async (name, call) => {
  server.answerWith(json(404, {}));
  await call(clientFor(server.url).client).catch(() => undefined);
  const { method, path } = OPERATIONS[name as OperationName];
  const sent = server.received.map((request) => `${request.method} ${request.url?.replace(/\?.*/, "")}`);
  expect(sent).toContain(`${method} /api/v2/external${path.replace("{execution_id}", "e-1")}`);
});

describe("what is sent", () => {
  test("a start has all fields by the API's names, and the token", async () => {
    server.answerWith(json(200, STARTED));
    const { client } = clientFor(server.url);
    await expect(client.start(FULL_START)).resolves.toEqual({
      kind: "started",
      executionId: "e-1",
      status: "pending",
      streamingUrl: "https://host/stream",
    });
    const [request] = server.received;
    expect(request).toMatchObject({ method: "POST", url: `/api/v2/external${pathOf("startComposeExecution")}` });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
      "user-agent": `pulumi-lyceum/${version}`,
    });
    expect(JSON.parse(request?.body ?? "")).toEqual(FULL_START);
  });

  test("the credentials of the bucket are redacted in each later error", async () => {
    const keys = { access_key: "canary-access", secret_key: "canary-secret", session_token: "canary-session" };
    server.answerWith(
      json(200, { ...keys, endpoint: "https://s3.example.org", bucket_name: "acc-1" }),
      json(403, { detail: "no access to e-1" }),
      json(403, { detail: `no access with ${Object.values(keys).join(" ")}` }),
    );
    const { client } = clientFor(server.url);
    await expect(client.storageCredentials()).resolves.toMatchObject({ secretKey: "canary-secret" });
    await expect(client.record("e-1")).rejects.toThrow("no access to e-1");
    await expect(client.record("e-1")).rejects.toThrow("no access with [redacted] [redacted] [redacted]");
  });

  test("each other call uses its own route", async () => {
    server.answerWith(
      json(200, { status: "running" }),
      json(200, { status: "running" }),
      json(200, { status: "aborting", message: "noted" }),
      json(200, []),
      json(200, { executions: [] }),
      json(200, { logs: [{ message: "line" }] }),
      json(200, { machine_types: [{ hardware_profile: "cpu", price_per_hour: "0.5" }] }),
      json(200, { email: "a@example.org" }),
    );
    const { client } = clientFor(server.url, {}, { organisation: "acme" });
    await client.record("a/b ?é");
    await client.olderStatus("e-1");
    await expect(client.abort("e-1")).resolves.toEqual({
      kind: "found",
      value: { status: "aborting", message: "noted" },
    });
    await client.listActive();
    await client.history({ limit: 50, offset: 100 });
    await client.logsTail("e-1", 20);
    await expect(client.machineTypes()).resolves.toEqual([{ hardwareProfile: "cpu", pricePerHour: 0.5 }]);
    await expect(client.userStatus()).resolves.toEqual({ email: "a@example.org" });
    const asked = (operation: OperationName, id = "", query = "") =>
      `${OPERATIONS[operation].method} /api/v2/external${OPERATIONS[operation].path.replace("{execution_id}", id)}${query}`;
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      asked("getExecution", "a%2Fb%20%3F%C3%A9"),
      asked("getStreamingStatus", "e-1"),
      asked("abortWorkload", "e-1"),
      asked("listWorkloads"),
      asked("getBillingHistory", "", "?limit=50&offset=100"),
      asked("getExecutionLogs", "e-1", "?limit=1000&hours=168"),
      asked("listMachineTypes"),
      asked("getUserStatus"),
    ]);
    expect(server.received.every(({ headers }) => headers["x-org-slug"] === "acme")).toBe(true);
    expect(server.received[2]?.body).toBe("");
    expect(server.connections()).toBeLessThan(4);
  });
});
