import { Agent } from "node:http";
import fc from "fast-check";
import { API_KEY, BASE_PATH, type EmulatorProcess, startEmulatorProcess } from "../stress/emulator-process";
import { amount, atMost, logFigures } from "./amount";
import { send } from "./http";
import { anyJson, anyText } from "./values";

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
let emulator: EmulatorProcess;
beforeAll(async () => {
  emulator = await startEmulatorProcess();
});
afterAll(async () => {
  agent.destroy();
  await emulator.end();
});

const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anyJson });

const fault = fc.record(
  {
    operation: mostly(fc.constantFrom("*", "getExecution", "listWorkloads", "startComposeExecution")),
    match: mostly(fc.record({ fileNamePrefix: anyText }, { requiredKeys: [] })),
    after: mostly(fc.nat(2)),
    times: mostly(fc.oneof(fc.integer({ min: 1, max: 2 }), fc.constant("always"))),
    fault: mostly(
      fc.record(
        {
          // No hold and no delay: what never answers by design is no finding.
          kind: mostly(fc.constantFrom("status", "garbage", "reset", "lagging-list", "forget")),
          status: mostly(fc.integer({ min: 200, max: 599 })),
          body: anyJson,
          headers: mostly(fc.dictionary(anyText, anyText, { maxKeys: 2 })),
          seconds: mostly(fc.double({ min: 0, max: 1e6, noNaN: true })),
          commit: mostly(fc.constantFrom("never", "before", "after")),
        },
        { requiredKeys: ["kind"] },
      ),
    ),
  },
  { requiredKeys: ["fault"] },
);

const control = fc.oneof(
  { weight: 4, arbitrary: fault.map((body) => ({ method: "POST", path: "/faults", body })) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        status: mostly(fc.constantFrom("failed", "completed")),
        returnCode: mostly(fc.nat(255)),
        errors: mostly(fc.array(anyText)),
      })
      .map((body) => ({ method: "POST", path: "/executions/ID/end", body })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("", "1", "-1", "NaN", "1e999", "99999999999999999999", "0.5")
      .map((from) => ({ method: "GET", path: `/page?run=ID&from=${from}`, body: undefined })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("", "/requests", "/faults", "/breaches")
      .map((path) => ({ method: "GET", path, body: undefined as unknown })),
  },
  { weight: 1, arbitrary: anyJson.map((body) => ({ method: "POST", path: "/faults", body })) },
);

/** What a client of the contract sees meanwhile; faults are in force, so any answer will do, and none at all. */
const reads = [
  "/workloads/list",
  "/billing/history?limit=5",
  "/execution/ID",
  "/execution/ID/timing",
  "/logs/execution/ID",
];

test(
  "whatever tests send to the control endpoint, it says yes or why not, and the emulator goes on",
  async () => {
    const counts = new Map<number, number>();
    const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
    let id = "none";
    await fc.assert(
      fc.asyncProperty(control, fc.constantFrom(...reads), async ({ method, path, body }, read) => {
        const answer = await send(emulator.port, agent, {
          method,
          path: `/_emulator${path.replace("ID", id)}`,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        expect([200, 400, 404, 409]).toContain(answer.status);
        expect(() => JSON.parse(answer.body)).not.toThrow();
        const start = JSON.stringify({ compose_file_code: "services: {a: {image: b}}\nx-lyceum-sim: {run: 50}" });
        const started = await send(emulator.port, agent, {
          method: "POST",
          path: `${BASE_PATH}/execution/compose/start`,
          headers,
          body: start,
        }).catch(() => undefined);
        id = /"execution_id":"(local-[\w-]+)"/.exec(started?.body ?? "")?.[1] ?? id;
        await send(emulator.port, agent, { method: "GET", path: BASE_PATH + read.replace("ID", id), headers }).catch(
          () => undefined,
        );
      }),
      amount(1_200),
    );
    logFigures("control requests", { statuses: Object.fromEntries([...counts].sort()) });
    expect(emulator.isAlive()).toBe(true);
    await emulator.control("DELETE", "/faults");
    expect(await emulator.control("GET", "/breaches")).toEqual([]);
    const list = await send(emulator.port, agent, { method: "GET", path: `${BASE_PATH}/workloads/list`, headers });
    expect(list.status).toBe(200);
  },
  atMost(120),
);
