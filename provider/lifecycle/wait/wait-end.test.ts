import type { LyceumPort } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { missing } from "../testing/ticking";
import { type Shown, status, type WaitFacts, watchedWait } from "../testing/watched-wait";
import { createWorld } from "../testing/world";
import type { Observation } from "../watch/observe";

const NOW = "2026-03-01T12:00:00Z";
/** The facts of an end that both a list and a record show. */
const END = { returnCode: 0, endedAt: NOW };
const WHOLE = { ...END, errors: [], output: "" };
/** Returns the record of the run after its end. */
const recordOf = (more: object): Partial<LyceumPort> => ({
  record: async () => ({ kind: "found", value: { executionId: "r1", status: "completed", errors: [], ...more } }),
});

/** Waits for a run that is observed in this state after five seconds, and returns how the wait ended. */
const endedAs = (observed: ReturnType<typeof status>, facts: WaitFacts = {}) =>
  watchedWait({ shown: [[5, observed]], ...facts });

describe("a run whose status at the start decides", () => {
  test("has failed: the record explains it, and there is no wait", async () => {
    const failing = recordOf({ status: "failed", returnCode: 3, errors: ["no space left"] });
    const { reason, watched, outputs } = await watchedWait({ started: { status: "failed" }, client: failing });
    expect(reason).toMatch(/^LYC3001: .*no space left/s);
    expect([watched, outputs.returnCode]).toEqual([false, 3]);
  });

  test("has reached its desired state: no request is sent", async () => {
    const { asked, watched, outputs, reported } = await watchedWait({
      started: { status: "running" },
      inputs: { waitFor: "running" },
    });
    expect({ asked, watched, status: outputs.status, reported }).toEqual({
      asked: [],
      watched: false,
      status: "running",
      reported: [],
    });
  });

  test("has completed: its record has exit code and time, or shows that it failed", async () => {
    const started = { status: "completed" };
    const done = await watchedWait({ started, client: recordOf(END) });
    expect(done).toMatchObject({ watched: false, reason: undefined, outputs: END });
    const failed = await watchedWait({ started, client: recordOf({ returnCode: 5 }) });
    expect(failed).toMatchObject({ watched: false, outputs: { returnCode: 5 } });
    expect(failed.reason).toMatch(/^LYC3001: /);
  });
});

describe("an end that is observed", () => {
  test("in the record, with exit code and time, needs no further read", async () => {
    const { asked, outputs } = await endedAs(status("completed", WHOLE));
    expect([asked, outputs.status]).toEqual([[], "completed"]);
  });

  test("in a list needs the record too, and otherwise the log: a list has no results", async () => {
    const entry = status("completed", END);
    const result = "lyceum-result version 7";
    const read = await endedAs(entry, { client: recordOf({ ...END, output: result }) });
    expect([read.asked, read.outputs.results]).toEqual([["record"], { version: 7 }]);
    const logged = await endedAs(entry, { client: { logsTail: async () => [{ message: result }] } });
    expect([logged.asked, logged.outputs.results]).toEqual([["record", "logsTail"], { version: 7 }]);
    const failed = await endedAs(status("failed", { ...END, returnCode: 2 }));
    expect(failed.outputs.results).toBeUndefined();
  });

  test("has results only where the wait was for the end", async () => {
    const { asked, outputs } = await endedAs(status("completed", END), {
      inputs: { waitFor: "running" },
      started: { status: "pending" },
      client: recordOf({ ...END, output: "lyceum-result version 7" }),
    });
    expect([asked, outputs.status, outputs.results]).toEqual([[], "completed", undefined]);
  });

  test("does not finish the wait before a duplicate run has ended", async () => {
    const world = createWorld();
    const duplicates = { ...world.context.duplicates, settled: () => world.clock.sleep(30) };
    const settling = { ...world, context: { ...world.context, duplicates } };
    const { seconds } = await endedAs(status("completed", WHOLE), { world: settling });
    expect(seconds).toBe(35);
  });

  test.each([
    ["exit code", { endedAt: NOW }],
    ["time", { returnCode: 0 }],
    ["exit code, in a record", { endedAt: NOW, errors: [] }],
    ["time, in a record", { returnCode: 0, errors: [] }],
  ])("without its %s is completed by the record", async (_name, observed) => {
    const { outputs, asked } = await endedAs(status("completed", observed), { client: recordOf(END) });
    expect(asked).toContain("record");
    expect(outputs).toMatchObject({ status: "completed", ...END });
  });

  test("is not replaced by a record that lags", async () => {
    const { outputs, reason } = await endedAs(status("completed"), { client: { record: missing } });
    expect([outputs.status, reason]).toEqual(["completed", undefined]);
    const running = await endedAs(status("failed", { returnCode: 2 }), { client: recordOf({ status: "running" }) });
    expect(running.reason).toMatch(/^LYC3001: .*2/);
    expect(running.outputs.status).toBe("failed");
  });

  test("is read once more if its record does not explain the failure, and later facts are recorded", async () => {
    const failed = { returnCode: 3, endedAt: NOW, errors: [] };
    const named = recordOf({ status: "failed", ...failed, errors: ['service "web" exited with code 3'], cost: 0.5 });
    const later = await endedAs(status("failed", failed), { client: named });
    expect(later.asked).toEqual(["record", "logsTail"]);
    expect(later.reason).toContain('service "web" exited with code 3');
    expect(later.outputs).toMatchObject({ failedService: "web", services: { web: 3 }, cost: 0.5 });
    const known = await endedAs(status("failed", { ...failed, errors: ['service "web" exited with code 3'] }));
    expect(known.asked).toEqual(["logsTail"]);
    expect(known.outputs).toMatchObject({ failedService: "web", services: { web: 3 } });
    // Somebody else aborted the run, so its end needs no explanation.
    expect((await endedAs(status("aborted", { ...failed, returnCode: 143 }))).asked).toEqual(["logsTail"]);
  });

  test("that two records showed by a word alone is not read a third time", async () => {
    const { asked, outputs } = await endedAs(status("completed", { errors: [], output: "" }));
    expect([asked, outputs.status]).toEqual([[], "completed"]);
    const failed = await endedAs(status("failed", { errors: [] }));
    expect([failed.asked, failed.reason]).toEqual([["logsTail"], expect.stringMatching(/^LYC3001: /)]);
  });

  test("whose record lags is marked to be read again while exit code or time is unknown", async () => {
    const lagging = { client: recordOf({ status: "running" }) };
    expect((await endedAs(status("completed", { endedAt: NOW }), lagging)).outputs.endUnread).toBe(true);
    expect((await endedAs(status("failed", { ...END, returnCode: 3 }), lagging)).outputs.endUnread).toBeUndefined();
  });

  test("is explained within the time of a read, for any service", async () => {
    const hangs = (_id: string, options?: { readonly signal?: AbortSignal | undefined }) =>
      new Promise<never>((_resolve, reject) => options?.signal?.addEventListener("abort", () => reject(new Error())));
    const { seconds, outputs } = await endedAs(status("completed"), { client: { record: hangs } });
    expect([seconds, outputs.status]).toEqual([35, "completed"]);
    const logsTail: LyceumPort["logsTail"] = (id, _lines, options) => hangs(id, options);
    const failed = await endedAs(status("failed", { returnCode: 2 }), { client: { logsTail } });
    expect([failed.seconds, failed.reason]).toEqual([35, expect.stringMatching(/^LYC3001: .*2/)]);
  });

  test("counts although the service refuses the record, with one warning", async () => {
    const world = createWorld();
    world.service.behaviour.failing = { record: modelError(403) };
    for (const _again of [1, 2]) {
      const { outputs } = await endedAs(status("completed"), { world });
      expect(outputs.status).toBe("completed");
    }
    expect(world.reported.filter((line) => line.startsWith("warning"))).toEqual([
      expect.stringMatching(/^warning: LYC3015: GET \/execution\/\{id\} answered 403/),
    ]);
  });

  test.each([
    ["the end was seen whole", { waitFor: "running" }, END],
    ["the record is read after all", { waitFor: "completed" }, {}],
  ])("causes no warning of an earlier refusal of the record if %s", async (_name, inputs, observed) => {
    const world = createWorld();
    world.service.behaviour.failing = { record: modelError(403) };
    await world.context.client.record("another").catch(() => undefined);
    const started = { status: "pending" };
    const facts = { world, inputs, started, client: recordOf(END) };
    const { reported, outputs } = await endedAs(status("completed", observed), facts);
    expect(outputs).toMatchObject({ status: "completed", returnCode: 0 });
    expect(reported.filter((line) => line.startsWith("warning"))).toEqual([]);
  });
});

describe("a run that no call shows", () => {
  const error = modelError(403);
  const forAMinute = (observation: Observation): readonly Shown[] => [0, 60].map((at) => [at, observation]);
  test.each([
    [{ kind: "missing" } as const, "LYC3003", { missing: "lost" }],
    [{ kind: "refused", error } as const, "LYC3019", {}],
    [{ kind: "unlisted", error } as const, "LYC3019", {}],
  ])("for a minute ends the wait: %j", async (observation, code, outputs) => {
    const { reason, ...rest } = await watchedWait({
      started: { status: "running" },
      shown: [
        [10, observation],
        [69.9, observation],
        [70, observation],
        [71, status("completed")],
      ],
    });
    expect(reason).toMatch(new RegExp(`^${code}: .* run r1 \\(.*last status(?:: | was )running\\b`));
    expect(rest.seconds).toBe(70);
    expect(rest.outputs).toMatchObject({ status: "running", ...outputs });
    expect("missing" in rest.outputs).toBe("missing" in outputs);
  });

  test("for less than a minute, or twice with an observation between, does not end the wait", async () => {
    const { outputs, reason } = await watchedWait({
      started: { status: "running" },
      shown: [
        [0, { kind: "missing" }],
        [50, status("running")],
        [70, { kind: "missing" }],
        [75, { kind: "unreachable", error: modelError(500) }],
        [129, { kind: "missing" }],
        [140, status("completed", END)],
      ],
    });
    expect([outputs.status, reason]).toEqual(["completed", undefined]);
  });

  test("because the service cannot be reached does not end the wait, for any time", async () => {
    const unreachable = { kind: "unreachable", error: modelError(500) } as const;
    const { outputs, reason } = await watchedWait({
      shown: [
        [0, unreachable],
        [90, unreachable],
        [95, status("completed", END)],
      ],
    });
    expect([outputs.status, reason]).toEqual(["completed", undefined]);
  });

  test.each([
    [["record"] as const, "(GET /execution/{id} answered 403)"],
    [["listActive", "record"] as const, "(GET /workloads/list answered 403, GET /execution/{id} answered 403)"],
  ])("ends the wait with the names of the refused calls: %j", async (calls, named) => {
    const world = createWorld();
    world.service.behaviour.failing = Object.fromEntries(calls.map((call) => [call, error]));
    for (const call of calls) await world.context.client[call]("r1" as never).catch(() => undefined);
    const { reason } = await watchedWait({ world, shown: forAMinute({ kind: "refused", error }) });
    expect(reason).toContain(named);
  });

  test("has different reasons if the service refuses it and if only a list works", async () => {
    const of = async (kind: "refused" | "unlisted") =>
      (await watchedWait({ shown: forAMinute({ kind, error }) })).reason;
    expect(await of("refused")).toContain("the service refuses every call that shows it");
    expect(await of("unlisted")).toContain("no longer in the list of active runs");
  });
});

describe("an error of the wait", () => {
  test.each([
    [modelError(401), "LYC3007"],
    [modelError(403), "LYC3007"],
    [modelError(500), "LYC3010"],
    [new Error("broken"), "LYC3010"],
  ])("keeps the id and the last observation: %s", async (error, code) => {
    const { reason, outputs } = await watchedWait({
      started: { status: "pending" },
      shown: [
        [1, status("running")],
        [2, error],
      ],
    });
    expect(reason).toMatch(new RegExp(`^${code}: .*${error.message}`));
    expect(outputs).toMatchObject({ executionId: "r1", status: "running" });
  });
});
