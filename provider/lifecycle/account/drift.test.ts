import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
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

  test("abandons a slow list after 2 s", async () => {
    const { recorded, service, clock } = await manyRunning(1);
    const hanging = { ...service.client, listActive: () => new Promise<never>(() => undefined) };
    const drift = createDriftCheck(() => hanging, clock);
    const begun = clock.now();
    for (const run of recorded) expect((await drift.current(run)).isObserved).toBe(false);
    expect(clock.now() - begun).toBeLessThanOrEqual(2000);
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

  /**
   * Returns the drift of a run that is recorded as pending. The list shows the end of this run only by a status word.
   */
  const bareEnd = async (failing: object) => {
    const { context, recorded, service } = await manyRunning(1);
    service.behaviour.listedAs = "failed";
    service.behaviour.failing = failing;
    const [run] = recorded;
    if (run === undefined) throw new Error("It was started.");
    return context.drift.current({ ...run, status: "pending" });
  };

  test.each([
    ["a read shows it as running", {}, { isObserved: true, outputs: { status: "running" } }],
    [
      "every read is refused",
      { record: modelError(403), olderStatus: modelError(403) },
      { isObserved: true, outputs: { status: "failed" } },
    ],
    [
      "no read succeeds",
      { record: modelError(500), olderStatus: modelError(500) },
      { isObserved: false, outputs: { status: "pending" } },
    ],
  ])("an end that only a word of the list shows: %s", async (_, failing, expected) => {
    expect(await bareEnd(failing)).toMatchObject(expected);
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
    const shownAs = (executionId: string) => async () => {
      const page = await service.client.listActive();
      return { ...page, executions: page.executions.map((entry) => ({ ...entry, executionId, status: "stopping" })) };
    };
    const current = (executionId: string, startKey = run.startKey) =>
      createDriftCheck(() => ({ ...service.client, listActive: shownAs(executionId) }), clock).current({
        ...run,
        startKey,
      });
    expect(await current("run-1")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    // A run that was adopted by its id has no start key.
    expect(await current("run-1", "")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    expect(await current("RUN-1")).toMatchObject({ isObserved: true, outputs: { status: "stopping" } });
    expect(await current("run-2")).toMatchObject({ outputs: { status: "running" } });
  });
});
