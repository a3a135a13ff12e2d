import { InitFailure } from "../run/errors";
import { parseOutputs } from "../run/record/record";
import { inputs, never, recorded, startProcess, URN } from "../testing/recorded-resource";
import { createWorld, someInputs, startsOf } from "../testing/world";
import { create, createExecution } from "./create";

test.each([
  ["accepted", "pending"],
  ["running", "running"],
  ["completed", "completed"],
])("waitFor %s is reached with the status %s, after one start", async (waitFor, status) => {
  const world = createWorld();
  const outputs = await createExecution(world.context, someInputs({ waitFor }));
  expect(outputs).toMatchObject({ executionId: "run-1", status, attempt: 1, timeout: 60, gracefulTimeout: 10 });
  expect(startsOf(world)).toBe(1);
  if (status === "completed") expect(outputs).toMatchObject({ returnCode: 0, endedAt: expect.any(String) });
});

test("outputs stay under 1 KB, and never contain the text or the scope", async () => {
  const { context } = createWorld();
  const text = JSON.stringify(await createExecution(context, someInputs({ waitFor: "completed" })));
  expect(Buffer.byteLength(text)).toBeLessThan(1000);
  expect(text).not.toMatch(/busybox|scope-secret/);
});

test.each([
  ["queue", { clocks: { queue: 30 } }, [] as const],
  ["run", { clocks: { run: 30 } }, [{ after: 1, status: "running" }] as const],
  ["total", { clocks: { total: 20 } }, [{ after: 1, status: "running" }] as const],
  ["total", { $timeouts: { create: 20 } }, [{ after: 1, status: "running" }] as const],
])("the error of the %s clock names the clock, the status and the id: %j", async (clock, more, script) => {
  const { context, service, clock: time } = createWorld();
  service.behaviour.script = script;
  const begun = time.now();
  const work = createExecution(context, someInputs({ waitFor: "completed", ...more }));
  const failure = (await work.catch((error: unknown) => error)) as InitFailure<unknown>;
  expect(failure).toBeInstanceOf(InitFailure);
  expect(failure.id).toBe("run-1");
  expect(failure.reasons[0]).toMatch(
    new RegExp(`LYC3002: The ${clock} clock .* run run-1. Its last status was (pending|running)`),
  );
  expect((time.now() - begun) / 1000).toBeLessThan(40);
});

test("without file names, a run of this command does not count as the run of another resource", async () => {
  const { context, service, clock } = createWorld();
  service.behaviour.hideFileNames = true;
  const create = (urn: string) => createExecution(context, someInputs({ $urn: urn, whenUnverified: "fail" }));
  expect(await create("urn:a")).toMatchObject({ executionId: "run-1" });
  // After this time, the snapshot of the first create is too old, so the second create reads the lists again. The first
  // run is still active.
  await clock.sleep(4);
  expect(await create("urn:b")).toMatchObject({ executionId: "run-2" });
});

describe("the process notes how a resource got its run", () => {
  test.each([
    ["started", {}, "created"],
    ["adopted by its id", { existingExecutionId: "run-1" }, "kept"],
  ])("the run was %s", async (_, values, since) => {
    const { runtime, service } = startProcess();
    if (since === "kept") await service.client.start({ compose_file_code: "", file_name: "another" });
    await create(runtime, { news: inputs({ waitFor: "accepted", ...values }), signal: never });
    expect(runtime.processCache.holder("run-1")).toBe(since);
  });

  test("even if the wait for it failed", async () => {
    const { runtime, service } = startProcess();
    service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
    const failure = await create(runtime, { news: inputs(), signal: never }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InitFailure);
    expect(runtime.processCache.holder("run-1")).toBe("created");
  });
});

describe("a create that starts nothing", () => {
  const failedCreate = async (isReplacement: boolean) => {
    const process = startProcess();
    const { state } = await recorded(process);
    for (const run of process.service.runs) process.service.end(run, "aborted", 143);
    const runtime = process.newCommand();
    const outputs = parseOutputs(state);
    if (isReplacement) runtime.processCache.aborted(URN, outputs);
    const context = (urn: string) => ({ ...runtime.context(urn), engine: { isAlive: async () => false } });
    const dead = { ...runtime, context };
    const news = inputs({ triggers: ["edited"] });
    return create(dead, { news, signal: never }).catch((error: unknown) => error);
  };

  test("records the run that was aborted for it, and that the new run has not started yet", async () => {
    const failure = await failedCreate(true);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "aborted", awaitsStart: true } });
    expect((failure as InitFailure<unknown>).reasons.join()).toMatch(/LYC3008.*Run run-1 was aborted before/);
  });

  test("returns the error itself if no run was aborted for it", async () => {
    const failure = await failedCreate(false);
    expect(failure).not.toBeInstanceOf(InitFailure);
    expect(`${failure}`).toContain("LYC3008");
  });
});
