import { startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

describe("what is seen of the runs", () => {
  const listed = async () =>
    (await emulator.call("GET", "/workloads/list")).body.map((entry: { execution_id: string }) => entry.execution_id);
  const inHistory = async () =>
    (await emulator.call("GET", "/billing/history")).body.executions.map(
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

  test("a forgotten run is gone from everything, though it goes on", async () => {
    const id = await emulator.start("{run: 50}");
    const other = await emulator.start("{run: 50}");
    await emulator.fault({ match: { executionId: id }, fault: { kind: "forget" } });
    for (const [method, path] of [
      ["GET", `/execution/${id}`],
      ["GET", `/execution/streaming/${id}/status`],
      ["GET", `/logs/execution/${id}`],
      ["POST", `/workloads/abort/${id}`],
      ["DELETE", `/execution/${id}`],
    ] as const) {
      expect([path, (await emulator.call(method, path)).status]).toEqual([path, 404]);
    }
    expect(await listed()).toEqual([other]);
    expect(await inHistory()).toEqual([other]);
    expect((await emulator.control("GET", "/executions")).body).toHaveLength(2);
  });
});
