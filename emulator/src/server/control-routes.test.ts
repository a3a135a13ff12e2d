import { AdjustableClock } from "../clock/adjustable-clock";
import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await startTestEmulator();
});
afterEach(() => emulator.close());

describe("the control endpoint", () => {
  test("reports all errors of a fault at once", async () => {
    const answer = await emulator.control("POST", "/faults", {
      operation: "sing",
      match: { name: "x" },
      times: 0,
      after: -1,
      fault: { kind: "status", status: 99, commit: "maybe" },
    });
    expect(answer.status).toBe(400);
    for (const word of [
      "operation must be",
      "match.name",
      "times must",
      "after must",
      "fault.status",
      "fault.commit",
    ]) {
      expect(answer.body.detail).toContain(word);
    }
  });

  test("ends a simulated run by hand", async () => {
    const id = await emulator.start("{start: 0, run: 50}");
    await emulator.advance(1);
    const end = { status: "system_failure", returnCode: null, errors: ["node lost"] };
    expect((await emulator.control("POST", `/executions/${id}/end`, end)).status).toBe(200);
    expect((await emulator.call(...route("getExecution", id))).body).toMatchObject({
      status: "system_failure",
      return_code: null,
      errors: "node lost",
      system_errors: ["node lost"],
    });
    expect((await emulator.control("POST", `/executions/${id}/end`, end)).status).toBe(404);
    expect((await emulator.control("POST", `/executions/${id}/end`, { status: "running" })).status).toBe(400);
  });

  test("moves the clock of an emulator forward, if no test controls that clock", async () => {
    const move = { advanceSeconds: 40 };
    expect((await emulator.control("POST", "/clock", move)).status).toBe(409);
    await emulator.close();
    emulator = await startTestEmulator({ clock: new AdjustableClock() });
    const id = await emulator.start("{start: 0, run: 30}");
    expect((await emulator.control("POST", "/clock", { advanceSeconds: -1 })).status).toBe(400);
    expect((await emulator.control("POST", "/clock", move)).status).toBe(200);
    expect(await emulator.status(id)).toBe("completed");
  });

  test("records every start, with its text, its body and its statuses", async () => {
    const id = await emulator.start("{start: 1, run: 1}", { docker_username: "u", docker_password: "p" });
    await emulator.advance(5);
    expect((await emulator.control("GET", "/executions?credentials=shown")).body).toMatchObject([
      {
        executionId: id,
        sequence: 1,
        composeFileCode: expect.stringContaining("x-lyceum-sim"),
        body: { docker_password: "p" },
        status: "completed",
        timeline: [{ status: "pending" }, { status: "starting" }, { status: "running" }, { status: "completed" }],
      },
    ]);
  });

  test("reports its engine, and 501 for an unknown path", async () => {
    expect((await emulator.control("GET", "")).body).toMatchObject({ engine: "simulated" });
    expect((await emulator.control("GET", "/nothing")).status).toBe(501);
  });
});
