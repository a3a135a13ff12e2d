import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { type Client, missing, page, refuse } from "../testing/ticking";
import { createWorld, someInputs } from "../testing/world";
import { createDriftCheck } from "./drift";

async function manyRunning(count: number) {
  const world = createWorld();
  world.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 100, status: "failed", returnCode: 3 },
  ];
  const make = (index: number) => createExecution(world.context, someInputs({ $urn: `urn:${index}` }));
  const recorded = await Promise.all(Array.from({ length: count }, (_, index) => make(index)));
  world.service.calls.length = 0;
  return { ...world, recorded };
}

describe("what has happened since the last command", () => {
  test("reads one list for 100 running runs", async () => {
    const { context, recorded, service } = await manyRunning(100);
    for (const run of recorded) expect((await context.drift.current(run)).isObserved).toBe(true);
    expect(service.calls).toEqual(["listActive"]);
  });

  test("sends no request for 100 ended, forgotten or lost runs", async () => {
    const { context, recorded, service } = await manyRunning(100);
    for (const run of recorded) {
      await context.drift.current({ ...run, status: "completed" });
      await context.drift.current({ ...run, missing: "lost" });
    }
    expect(service.calls).toEqual([]);
  });

  test("reads runs that have ended since from the history, with one call for all", async () => {
    const { context, recorded, service, clock } = await manyRunning(50);
    await clock.sleep(200);
    for (const run of recorded) {
      expect(await context.drift.current(run)).toMatchObject({ isObserved: true, outputs: { status: "failed" } });
    }
    expect(service.calls).toEqual(["listActive", "history"]);
  });

  test("reads the output of an ended run with a job, because the job may have ended before", async () => {
    const { context, recorded, service, clock } = await manyRunning(1);
    await clock.sleep(200);
    service.behaviour.output = ["train-1 exited with code 0"];
    for (const run of recorded) {
      const { outputs } = await context.drift.current({ ...run, job: "train" });
      expect(outputs).toMatchObject({ status: "completed", returnCode: 0 });
    }
    expect(service.calls).toEqual(["listActive", "history", "logsTail"]);
    service.behaviour.failing = { logsTail: modelError(500) };
    for (const run of recorded) {
      const withJob = { ...run, job: "train" };
      expect(await context.drift.current(withJob)).toMatchObject({ outputs: withJob, isObserved: false });
    }
  });

  test("does not accept a run of the same key with another id: a repeated request made it", async () => {
    const { context, recorded, service } = await manyRunning(1);
    const [own] = service.runs;
    const [run] = recorded;
    if (own === undefined || run === undefined) throw new Error("It was started.");
    await service.client.start(own.request);
    service.end(own, "failed", 3);
    expect(await context.drift.current(run)).toMatchObject({ outputs: { executionId: "run-1", status: "failed" } });
  });

  test.each([
    ["a failing list", { listActive: modelError(500) }],
    ["a failing history", { history: modelError(500) }],
  ])("%s leaves the record unchanged", async (_name, failing) => {
    const { context, recorded, service, clock } = await manyRunning(1);
    await clock.sleep(200);
    service.behaviour.failing = failing;
    for (const run of recorded)
      expect(await context.drift.current(run)).toEqual({ outputs: run, isObserved: false, gaps: [] });
  });

  test.each(["rerun", "fail"] as const)(
    "a refused list is a gap also where the credential is refused to reads of the run (whenLost %s)",
    async (whenLost) => {
      const { context, recorded, service } = await manyRunning(1);
      service.behaviour.failing = {
        listActive: modelError(403),
        history: modelError(403),
        record: modelError(401),
        olderStatus: modelError(401),
      };
      for (const run of recorded)
        expect(await context.drift.current(run, whenLost)).toMatchObject({
          outputs: run,
          isObserved: false,
          gaps: expect.arrayContaining([expect.objectContaining({ kind: "refused", call: "list" })]),
        });
    },
  );

  test.each(["listActive", "history", "record"])("abandons and ends a slow request after 2 s: %s", async (call) => {
    const { recorded, service, clock } = await manyRunning(1);
    const signals: unknown[] = [];
    const hangs = (...options: unknown[]) => {
      signals.push(options.at(-1));
      return new Promise<never>(() => undefined);
    };
    const none = async () => page();
    const drift = createDriftCheck(
      () => ({ ...service.client, listActive: none, history: none, [call]: hangs }),
      clock,
    );
    const begun = clock.now();
    for (const run of recorded) expect((await drift.current(run, "rerun")).isObserved).toBe(false);
    expect(clock.now() - begun).toBe(2000);
    expect(signals).toMatchObject([{ signal: { aborted: true } }]);
  });

  test("keeps the record and sends nothing without a credential or at another base URL", async () => {
    const { recorded, service, clock } = await manyRunning(1);
    const none = createDriftCheck(() => {
      throw new Error("no token");
    }, clock);
    const elsewhere = createDriftCheck(() => ({ ...service.client, baseUrl: "https://elsewhere" }), clock);
    for (const run of recorded) {
      expect(await none.current(run)).toEqual({ outputs: run, isObserved: false, gaps: [] });
      expect(await elsewhere.current(run)).toMatchObject({ isObserved: false, doubt: { code: "LYC3006" } });
    }
    expect(service.calls).toEqual([]);
  });

  test("warns of wrong settings if an API key shows none of the runs, after one read for all", async () => {
    const { context, recorded, service } = await manyRunning(20);
    for (const run of recorded) service.behaviour.forgotten.add(run.executionId);
    const [first, ...others] = await Promise.all(recorded.map((run) => context.drift.current(run)));
    expect(first).toMatchObject({ outputs: recorded[0], doubt: { code: "LYC3003" } });
    expect(others.every(({ doubt, isObserved }) => doubt === undefined && !isObserved)).toBe(true);
    expect(service.calls).toEqual(["listActive", "history", "record run-1", "olderStatus run-1"]);
  });

  test("does not warn of wrong settings if a run must have ended by its own clocks", async () => {
    const { context, recorded, service, clock } = await manyRunning(1);
    service.behaviour.forgotten.add("run-1");
    await clock.sleep(7 * 3600);
    for (const run of recorded) expect(await context.drift.current(run)).not.toHaveProperty("doubt");
    expect(service.calls).toEqual(["listActive", "history"]);
  });
});

describe("the calls that show a run", () => {
  const gapOf = (call: string) => expect.objectContaining({ kind: "refused", call });
  const credential = expect.objectContaining({ kind: "credential" });

  test.each([
    ["both refuse the credential", 401, 401, "fail", { isObserved: false, gaps: [credential] }],
    ["the list refuses the credential alone", 401, 403, "fail", { gaps: [gapOf("list"), gapOf("history")] }],
    ["the history refuses the credential alone", 403, 401, "fail", { gaps: [gapOf("list"), gapOf("history")] }],
    ["the list refuses the credential, and the history has the run", 401, 0, "fail", { isObserved: true }],
    ["the list is refused, and the history has the run", 403, 0, "fail", { isObserved: true, gaps: [gapOf("list")] }],
    ["both are refused", 403, 403, "rerun", { isObserved: false, gaps: [gapOf("list"), gapOf("history")] }],
    ["the history is refused", 0, 403, "fail", { isObserved: false, gaps: [gapOf("history")] }],
    ["the history is refused", 0, 403, "keep", { isObserved: false, gaps: [gapOf("history")] }],
    ["the record is read instead of the history", 0, 403, "rerun", { isObserved: true, gaps: [gapOf("history")] }],
    ["the list is refused, and the history fails", 403, 500, "rerun", { isObserved: false, gaps: [gapOf("list")] }],
    ["the history fails", 0, 500, "rerun", { isObserved: false, gaps: [] }],
  ] as const)("%s (%d, %d, whenLost %s)", async (_, list, history, whenLost, expected) => {
    const { context, recorded, service, clock } = await manyRunning(1);
    await clock.sleep(200);
    service.behaviour.failing = {
      ...(list === 0 ? {} : { listActive: modelError(list) }),
      ...(history === 0 ? {} : { history: modelError(history) }),
    };
    for (const run of recorded) expect(await context.drift.current(run, whenLost)).toMatchObject(expected);
  });

  test.each([
    ["both reads refuse the credential", { record: modelError(401), olderStatus: modelError(401) }],
    ["only the older status call shows the run", { record: modelError(500) }],
  ])("a refused history stays a gap if %s", async (_, failing) => {
    const { recorded, service, clock } = await manyRunning(1);
    service.behaviour.failing = { history: modelError(403), ...failing };
    const drift = createDriftCheck(() => ({ ...service.client, listActive: async () => page() }), clock);
    for (const run of recorded)
      expect(await drift.current(run, "rerun")).toMatchObject({ outputs: run, gaps: [gapOf("history")] });
  });

  /** Returns the drift of a run that is recorded as pending, after one list has shown this entry of the run. */
  const shownIn = async (list: "list" | "history", entry: object, calls: Partial<Client> = {}) => {
    const { recorded, service, clock } = await manyRunning(1);
    const shows = async () => page({ executionId: "run-1", status: "failed", ...entry });
    const client = { ...service.client, listActive: list === "list" ? shows : refuse(403), history: shows, ...calls };
    const [run] = recorded;
    if (run === undefined) throw new Error("It was started.");
    return createDriftCheck(() => client, clock).current({ ...run, status: "pending" });
  };

  test.each([
    ["a read shows it as running", {}, { isObserved: true, outputs: { status: "running" } }],
    [
      "every read is refused",
      { record: refuse(403), olderStatus: refuse(403) },
      { isObserved: true, outputs: { status: "failed" } },
    ],
    [
      "the run itself is missing",
      { record: missing, olderStatus: missing },
      { isObserved: true, outputs: { status: "failed" } },
    ],
    [
      "no read succeeds",
      { record: refuse(500), olderStatus: refuse(500) },
      { isObserved: false, outputs: { status: "pending" } },
    ],
  ])("an end that only a word of the list or of the history shows: %s", async (_, calls, expected) => {
    expect(await shownIn("list", {}, calls)).toMatchObject({ ...expected, gaps: [] });
    expect(await shownIn("history", {}, calls)).toMatchObject({ ...expected, gaps: [gapOf("list")] });
  });

  test("the exit code of an entry with an active status word counts in the history, but not in the list", async () => {
    const entry = { status: "running", returnCode: 3, endedAt: "2026-03-01T12:00:00Z" };
    expect((await shownIn("list", entry)).outputs).not.toHaveProperty("returnCode");
    expect((await shownIn("history", entry)).outputs).toMatchObject({ returnCode: 3 });
  });

  test("a run that neither list nor history shows is lost only if its record is missing", async () => {
    const { recorded, service, clock } = await manyRunning(1);
    const none = async () => ({ executions: [], unreadable: 0, hasMore: false });
    const drift = () => createDriftCheck(() => ({ ...service.client, listActive: none, history: none }), clock);
    const [run] = recorded;
    if (run === undefined) throw new Error("It was started.");
    for (const whenLost of ["rerun", "fail"] as const) {
      const shown = await drift().current({ ...run, status: "pending" }, whenLost);
      expect(shown).toMatchObject({ isObserved: true, outputs: { status: "running" } });
      expect(shown).not.toHaveProperty("doubt");
    }
    service.behaviour.failing = { record: modelError(500) };
    expect(await drift().current(run, "rerun")).toEqual({ outputs: run, isObserved: false, gaps: [] });
    service.behaviour.failing = {};
    service.behaviour.forgotten.add(run.executionId);
    expect(await drift().current(run, "rerun")).toMatchObject({ isObserved: true, outputs: { missing: "lost" } });
    expect(await drift().current(run, "keep")).toEqual({ outputs: run, isObserved: false, gaps: [] });
  });

  test("active runs are those of the list, or none if it fails", async () => {
    const { service, clock } = await manyRunning(2);
    const active = async () =>
      (await createDriftCheck(() => service.client, clock).activeRuns()).map((run) => run.executionId);
    expect(await active()).toEqual(["run-1", "run-2"]);
    service.behaviour.failing = { listActive: modelError(500) };
    expect(await active()).toEqual([]);
  });

  test("an entry belongs to a run by its id, or by its start key if the id has another form", async () => {
    const { recorded, service, clock } = await manyRunning(1);
    const [run] = recorded;
    if (run === undefined) throw new Error("It was started.");
    const current = (executionId: string, startKey = run.startKey) => {
      const listActive = async () => page({ executionId, status: "stopping", fileName: startKey || run.startKey });
      return createDriftCheck(() => ({ ...service.client, listActive }), clock).current({ ...run, startKey });
    };
    expect(await current("run-1")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    // A run that was adopted by its id has no start key.
    expect(await current("run-1", "")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    expect(await current("RUN-1")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    // The start keys of older versions have no tag.
    const untagged = run.startKey.slice(0, 24);
    expect(await current("RUN-1", untagged)).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    expect(await current("run-2")).toMatchObject({ outputs: { status: "running" } });
  });
});
