import { modelError } from "../testing/model-service";
import { afterUnclear, createWorld, running } from "../testing/world";
import { readExecution, refreshExecution } from "./read";

describe("read", () => {
  test("takes status and times, and clears the mark of a missing run", async () => {
    const { context, outputs, clock } = await running();
    await clock.sleep(2000);
    const read = await readExecution(context, { ...outputs, missing: "lost" });
    expect(read).toMatchObject({ status: "completed", returnCode: 0 });
    expect(read).not.toHaveProperty("missing");
  });
  test.each([
    ["completed", "forgotten"],
    ["failed", "forgotten"],
    ["running", "lost"],
    ["a new word", "lost"],
  ])("404 for a run recorded as %s marks it as %s and keeps it", async (status, missing) => {
    const { context, outputs, service } = await running();
    service.behaviour.forgotten.add("run-1");
    expect(await readExecution(context, { ...outputs, status })).toEqual({ ...outputs, status, missing });
  });
  test("a record that lags does not replace an observed end", async () => {
    const { context, outputs } = await running();
    const ended = { ...outputs, status: "failed", returnCode: 3 };
    expect(await readExecution(context, ended)).toEqual(ended);
  });
  test("takes the results that the record shows", async () => {
    const { context, outputs } = await running();
    const value = { status: "completed", returnCode: 0, errors: [], output: "lyceum-result version 7" };
    const client = { ...context.client, record: async () => ({ kind: "found", value }) as const };
    expect(await readExecution({ ...context, client }, outputs)).toMatchObject({ results: { version: 7 } });
  });
  test("if every call is refused, nothing changes, with one warning in a command", async () => {
    const { context, outputs, service, reported } = await running();
    const refused = modelError(403);
    service.behaviour.failing = { record: refused, olderStatus: refused, listActive: refused, history: refused };
    const before = reported.length;
    for (const _again of [1, 2]) {
      expect(await readExecution(context, outputs)).toEqual(outputs);
      expect(reported.slice(before)).toEqual([
        expect.stringMatching(/^warning: LYC3015: The service refuses every call that shows a run \(GET /),
      ]);
    }
  });
  test("the older status replaces a record that fails", async () => {
    const { context, outputs, service } = await running();
    service.behaviour.failing = { record: modelError(500) };
    expect(await readExecution(context, { ...outputs, status: "pending" })).toMatchObject({ status: "running" });
    service.behaviour.failing = { record: modelError(500), olderStatus: modelError(500) };
    await expect(readExecution(context, outputs)).rejects.toThrow("model 500");
  });
});

describe("refresh", () => {
  test.each([
    [true, { executionId: "run-1", status: "running" }],
    [false, { executionId: "" }],
  ])("of a start without a clear answer that made a run (%s) records what the lists show", async (exists, run) => {
    const { next, outputs } = await afterUnclear(exists);
    expect(await refreshExecution(next().context, outputs)).toMatchObject({ ...outputs, ...run });
  });

  test.each([{ status: "failed", returnCode: 3 }, { status: "completed" }, { missing: "forgotten" as const }])(
    "of a run that is over nothing is asked: %j",
    async (ended) => {
      const { context, outputs, service } = await running();
      service.calls.length = 0;
      expect(await refreshExecution(context, { ...outputs, ...ended })).toEqual({ ...outputs, ...ended });
      expect(service.calls).toEqual([]);
    },
  );

  describe("of a run that ended while its record could not be read", () => {
    const unread = async () => {
      const { outputs, clock, service, ...rest } = await running();
      await clock.sleep(200);
      service.calls.length = 0;
      return { ...rest, clock, service, ended: { ...outputs, status: "completed", endUnread: true as const } };
    };

    test("reads that record, once", async () => {
      const { context, ended, service } = await unread();
      const read = await refreshExecution(context, ended);
      expect(read).toMatchObject({ status: "completed", returnCode: 0, endedAt: expect.any(String) });
      expect(read).not.toHaveProperty("endUnread");
      expect(service.calls).toEqual(["record run-1"]);
      expect(await refreshExecution(context, read)).toBe(read);
      expect(service.calls).toHaveLength(1);
    });

    test("takes the results of that record", async () => {
      const { context, ended } = await unread();
      const value = { status: "completed", returnCode: 0, errors: [], output: "lyceum-result version 7" };
      const client = { ...context.client, record: async () => ({ kind: "found", value }) as const };
      expect(await refreshExecution({ ...context, client }, ended)).toMatchObject({ results: { version: 7 } });
    });

    test.each([
      ["the record cannot be read yet", { failing: { record: modelError(500) } }, { endUnread: true }],
      ["the record is refused", { failing: { record: modelError(403) } }, {}],
      ["the service has forgotten it", { forgotten: new Set(["run-1"]) }, {}],
    ])("keeps the known facts if %s", async (_, behaviour, kept) => {
      const { context, ended, service } = await unread();
      Object.assign(service.behaviour, behaviour);
      const { endUnread: _mark, ...known } = ended;
      expect(await refreshExecution(context, ended)).toEqual({ ...known, ...kept });
    });

    test("sends no request at another base URL, and needs no credential", async () => {
      const { context, ended, service } = await unread();
      const elsewhere = { ...ended, baseUrl: "https://elsewhere.example" };
      expect(await refreshExecution(context, elsewhere)).toBe(elsewhere);
      const none = Object.defineProperty({ ...context }, "client", {
        get: () => {
          throw new Error("no credential");
        },
      });
      expect(await refreshExecution(none, ended)).toBe(ended);
      expect(service.calls).toEqual([]);
    });
  });

  test("reads the record if the list shows an end or fails", async () => {
    const world = await running();
    const { outputs, service } = world;
    service.behaviour.listedAs = "failed";
    expect(await refreshExecution(createWorld(world).context, outputs)).toMatchObject({ status: "running" });
    service.behaviour.failing = { listActive: modelError(500) };
    expect(await refreshExecution(createWorld(world).context, outputs)).toMatchObject({ status: "running" });
  });
});
