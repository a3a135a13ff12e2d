import { createExecution } from "../create/create";
import { createWorld, running, someInputs } from "../testing/world";
import { updateExecution } from "./update";

describe("update", () => {
  test("resumes the wait of the same run", async () => {
    const { context, outputs, service } = await running();
    const done = await updateExecution(context, outputs, someInputs({ waitFor: "completed" }));
    expect(done).toMatchObject({ executionId: "run-1", status: "completed" });
    expect(service.runs).toHaveLength(1);
  });
  test("a bad end that is kept warns once", async () => {
    const { context, outputs, reported } = await running();
    const ended = { ...outputs, status: "failed" };
    expect(await updateExecution(context, ended, someInputs())).toMatchObject({ status: "failed" });
    await updateExecution(context, ended, someInputs());
    expect(reported.filter((line) => line.startsWith("warning"))).toEqual([expect.stringContaining("It is kept")]);
  });
  test("a lost run is an error until it is found again", async () => {
    const { context, outputs, service } = await running();
    service.behaviour.forgotten.add("run-1");
    const lost = { ...outputs, missing: "lost" as const };
    await expect(updateExecution(context, lost, someInputs())).rejects.toMatchObject({
      id: "run-1",
      reasons: [expect.stringContaining("LYC3003")],
    });
    service.behaviour.forgotten.clear();
    const found = await updateExecution(context, lost, someInputs());
    expect(found).toMatchObject({ status: "running" });
    expect(found).not.toHaveProperty("missing");
  });
  test.each([
    ["failed", "whenFailed"],
    ["aborted", "whenAborted"],
  ])("ended %s with %s fail stops, with the id kept", async (status, argument) => {
    const { context, outputs } = await running();
    const work = updateExecution(context, { ...outputs, status }, someInputs({ [argument]: "fail" }));
    await expect(work).rejects.toMatchObject({
      id: "run-1",
      reasons: [expect.stringMatching(`LYC3011: .*${argument} is "fail"`)],
    });
  });
  test("a run that has failed since, as the diff saw, stops the up as announced", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.script = [
      { after: 1, status: "running" },
      { after: 5, status: "failed", returnCode: 3 },
    ];
    const outputs = await createExecution(context, someInputs());
    await clock.sleep(10);
    const { outputs: isObserved } = await context.drift.current(outputs);
    expect(isObserved.status).toBe("failed");
    service.calls.length = 0;
    await expect(updateExecution(context, outputs, someInputs({ whenFailed: "fail" }))).rejects.toMatchObject({
      id: "run-1",
      outputs: { status: "failed" },
      reasons: [expect.stringMatching('LYC3011: .*whenFailed is "fail"')],
    });
    // Only what explains the failure is read.
    expect(service.calls).toEqual(["record run-1", "logsTail"]);
  });
  test("a lost run that is kept warns", async () => {
    const { context, outputs, reported, service } = await running();
    service.behaviour.forgotten.add("run-1");
    const lost = { ...outputs, missing: "lost" as const };
    expect(await updateExecution(context, lost, someInputs({ whenLost: "keep" }))).toMatchObject({ missing: "lost" });
    expect(reported.at(-1)).toContain("is lost");
  });
  test("what concerns the delete is recorded, and taken back", async () => {
    const { context, outputs } = await running();
    const ended = { ...outputs, status: "completed" };
    const set = await updateExecution(
      context,
      ended,
      someInputs({ deleteRecord: true, onDelete: "leave", clocks: { delete: 9 } }),
    );
    expect(set).toMatchObject({ deleteRecord: true, onDelete: "leave", deleteClock: 9 });
    const back = await updateExecution(context, set, someInputs());
    expect(back).toEqual(ended);
  });
});
