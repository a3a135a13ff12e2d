import { modelError } from "../testing/model-service";
import { createWorld, running } from "../testing/world";
import { readExecution, refreshExecution } from "./read";

describe("read", () => {
  test("takes status and times, and clears a mark", async () => {
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
  ])("404 of a run recorded %s marks it %s and keeps it", async (status, missing) => {
    const { context, outputs, service } = await running();
    service.behaviour.forgotten.add("run-1");
    expect(await readExecution(context, { ...outputs, status })).toEqual({ ...outputs, status, missing });
  });
  test("a record that lags does not take back an end that was seen", async () => {
    const { context, outputs } = await running();
    const ended = { ...outputs, status: "failed", returnCode: 3 };
    expect(await readExecution(context, ended)).toEqual(ended);
  });
  test("the older status read stands in for a record that fails", async () => {
    const { context, outputs, service } = await running();
    service.behaviour.failing = { record: modelError(500) };
    expect(await readExecution(context, { ...outputs, status: "pending" })).toMatchObject({ status: "running" });
    service.behaviour.failing = { record: modelError(500), olderStatus: modelError(500) };
    await expect(readExecution(context, outputs)).rejects.toThrow("model 500");
  });
});

describe("refresh", () => {
  test.each([{ status: "failed", returnCode: 3 }, { status: "completed" }, { missing: "forgotten" as const }])(
    "of a run that is over nothing is asked: %j",
    async (ended) => {
      const { context, outputs, service } = await running();
      service.calls.length = 0;
      expect(await refreshExecution(context, { ...outputs, ...ended })).toEqual({ ...outputs, ...ended });
      expect(service.calls).toEqual([]);
    },
  );

  test("an entry of the list whose word is an end, and a list that fails, leave it to the record", async () => {
    const world = await running();
    const { outputs, service } = world;
    service.behaviour.listedAs = "failed";
    expect(await refreshExecution(createWorld(world).context, outputs)).toMatchObject({ status: "running" });
    service.behaviour.failing = { listActive: modelError(500) };
    expect(await refreshExecution(createWorld(world).context, outputs)).toMatchObject({ status: "running" });
  });
});
