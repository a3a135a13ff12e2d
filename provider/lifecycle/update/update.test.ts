import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { createWorld, running, someInputs } from "../testing/world";
import { updateExecution } from "./update";

test("resumes the wait of the same run", async () => {
  const { context, outputs, service } = await running();
  service.calls.length = 0;
  const knows: number[] = [];
  const client = { ...context.client, keepOut: () => void knows.push(service.calls.length) };
  const inputs = someInputs({ waitFor: "completed", whenLost: "keep" });
  const done = await updateExecution({ ...context, client }, outputs, inputs);
  expect(done).toMatchObject({ executionId: "run-1", status: "completed" });
  expect(service.runs).toHaveLength(1);
  // The client gets the secrets before the first request.
  expect(knows).toEqual([0]);
});

test("a failed run that is kept gives one warning", async () => {
  const { context, outputs, reported } = await running();
  const ended = { ...outputs, status: "failed" };
  expect(await updateExecution(context, ended, someInputs())).toMatchObject({ status: "failed" });
  await updateExecution(context, ended, someInputs());
  expect(reported.filter((line) => line.startsWith("warning"))).toEqual([
    'warning: Run run-1 failed. It is kept, because waitFor is "running"; change triggers to run it again.',
  ]);
});

test("a lost run is an error until a call shows it again", async () => {
  const { context, outputs, service } = await running();
  service.behaviour.forgotten.add("run-1");
  const lost = { ...outputs, missing: "lost" as const };
  for (const status of ["running", "completed"]) {
    const reason = new RegExp(`^LYC3003: Lyceum does not know run run-1 .* Its last status was ${status}\\.`);
    await expect(updateExecution(context, { ...lost, status }, someInputs())).rejects.toMatchObject({
      id: "run-1",
      reasons: [expect.stringMatching(reason)],
    });
  }
  service.behaviour.forgotten.clear();
  service.behaviour.failing = { listActive: modelError(500), history: modelError(500) };
  for (const status of ["running", "completed"]) {
    const found = await updateExecution(context, { ...lost, status }, someInputs());
    expect(found).toMatchObject({ status });
    expect(found).not.toHaveProperty("missing");
  }
});

test("a lost run is found by the list alone too", async () => {
  const { context, outputs } = await running();
  const missing = async () => ({ kind: "missing", error: modelError(404) }) as const;
  const client = { ...context.client, record: missing, olderStatus: missing };
  const found = await updateExecution({ ...context, client }, { ...outputs, missing: "lost" }, someInputs());
  expect(found).toMatchObject({ status: "running" });
  expect(found).not.toHaveProperty("missing");
});

test.each([
  [300, {}],
  [20, { $timeouts: { update: 20 } }],
])("the read of a lost run gets no answer for %d s", async (seconds, limits) => {
  const { context, outputs, clock } = await running({}, 1000);
  const record: typeof context.client.record = (_id, options) =>
    new Promise((_, reject) => options?.signal?.addEventListener("abort", () => reject(modelError(500))));
  const client = { ...context.client, record };
  const begun = clock.now();
  await updateExecution({ ...context, client }, { ...outputs, missing: "lost" }, someInputs(limits));
  expect((clock.now() - begun) / 1000).toBe(seconds);
});

test("a cancelled update names the run and its last status", async () => {
  const { context, outputs } = await running();
  const work = updateExecution(context, outputs, someInputs(), { signal: AbortSignal.abort() });
  const reason = /^LYC3021: .* read run run-1\. Its last status was running\./;
  await expect(work).rejects.toMatchObject({ id: "run-1", reasons: [expect.stringMatching(reason)] });
});

test.each([
  ["is recorded", {}, "a"],
  ["is not recorded for a run that was adopted by its id", { adopted: true }, undefined],
] as const)("a new job %s", async (_what, more, job) => {
  const { context, outputs } = await running();
  const composeFileCode = "services: {a: {image: i, depends_on: [b]}, b: {image: i}}";
  const updated = await updateExecution(context, { ...outputs, ...more }, someInputs({ composeFileCode, job: "a" }));
  expect(updated.job).toBe(job);
});

test.each([500, 403])("a lost run whose reads answer %d is an error for any lists", async (status) => {
  const { context, outputs, service } = await running();
  service.behaviour.failing = { record: modelError(status), olderStatus: modelError(status) };
  const work = updateExecution(context, { ...outputs, missing: "lost" }, someInputs());
  await expect(work).rejects.toThrow(`model ${status}`);
});

test.each([
  ["failed", "whenFailed"],
  ["aborted", "whenAborted"],
])("a run that ended %s with %s fail stops the update and keeps its id", async (status, argument) => {
  const { context, outputs } = await running();
  const work = updateExecution(context, { ...outputs, status }, someInputs({ [argument]: "fail" }));
  await expect(work).rejects.toMatchObject({
    id: "run-1",
    reasons: [expect.stringMatching(`LYC3011: .*${argument} is "fail"`)],
  });
});

test("a lost run that is kept gives a warning", async () => {
  const { context, outputs, reported, service } = await running();
  service.behaviour.forgotten.add("run-1");
  const lost = { ...outputs, missing: "lost" as const };
  expect(await updateExecution(context, lost, someInputs({ whenLost: "keep" }))).toMatchObject({ missing: "lost" });
  expect(reported.at(-1)).toContain("is lost");
});

test("inputs for the deletion are recorded, and removed again", async () => {
  const { context, outputs } = await running();
  const ended = { ...outputs, status: "completed" };
  const desired = someInputs({ deleteRecord: true, onDelete: "leave", clocks: { delete: 9 } });
  const set = await updateExecution(context, ended, desired);
  expect(set).toMatchObject({ deleteRecord: true, onDelete: "leave", deleteClock: 9 });
  const back = await updateExecution(context, set, someInputs());
  expect(back).toEqual(ended);
});

test("what the drift check has read of an active run is recorded", async () => {
  const { outputs, ...world } = await running();
  const next = createWorld(world);
  const early = { ...outputs, status: "pending" };
  const seen = await updateExecution(next.context, early, someInputs({ waitFor: "accepted", deleteRecord: true }));
  expect(seen).toMatchObject({ status: "running", createdAt: expect.any(String), deleteRecord: true });
  const refused = createWorld(world);
  world.service.behaviour.failing = { listActive: modelError(403), history: modelError(403) };
  expect(await updateExecution(refused.context, outputs, someInputs())).toMatchObject({ status: "running" });
  expect(refused.reported).toEqual([expect.stringContaining("warning: LYC3015: ")]);
});

/** Makes a run that had reached its desired state and ended later. A new command finds the end. */
async function endedSince(status: string, returnCode?: number) {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const outputs = await createExecution(first.context, someInputs());
  for (const run of first.service.runs) first.service.end(run, status, returnCode);
  const next = createWorld(first);
  const update = (more: Record<string, unknown> = {}, context = next.context) =>
    updateExecution(context, outputs, someInputs(more));
  return { ...next, update };
}

test("a run that has completed since is up to date, with its exit code, time and results", async () => {
  const { update, context } = await endedSince("completed", 0);
  const output = "lyceum-result rows 12";
  const client: typeof context.client = {
    ...context.client,
    record: async (id) => {
      const found = await context.client.record(id);
      return found.kind === "missing" ? found : { kind: "found", value: { ...found.value, output } };
    },
  };
  expect(await update({}, { ...context, client })).toMatchObject({ results: { rows: 12 } });
  expect(await update({ waitFor: "completed" })).toMatchObject({
    status: "completed",
    returnCode: 0,
    endedAt: expect.any(String),
  });
});

describe("an end that a command is the first to observe", () => {
  const web = Array.from({ length: 30 }, (_, index) => ({ message: `GET /health ${index}`, service: "web" }));
  const worker = [{ message: "cannot open input", service: "worker" }];

  /** Makes a record that shows which service failed, and logs with the name of the service in each line. */
  function explained({ context }: Awaited<ReturnType<typeof endedSince>>) {
    const client: typeof context.client = {
      ...context.client,
      record: async (id, options) => {
        const found = await context.client.record(id, options);
        if (found.kind === "missing") return found;
        const errors = ['Service "worker" exited with code 7.', "cleaned up"];
        return { kind: "found", value: { ...found.value, errors } };
      },
      logsTail: async (_id, lines, options) =>
        (options?.service === "worker" ? worker : [...worker, ...web]).slice(-lines),
    };
    return { ...context, client };
  }

  test("gives a warning with exit code, service and last lines, and outputs with the end", async () => {
    const world = await endedSince("failed", 7);
    const kept = await world.update({ deleteRecord: true }, explained(world));
    const end = { status: "failed", returnCode: 7, endedAt: expect.any(String) };
    // The state records the end together with `onDelete` and `deleteRecord`.
    expect(kept).toMatchObject({ ...end, deleteRecord: true });
    expect(world.reported).toEqual([
      'warning: Run run-1 failed with exit code 7: service "worker" exited with code 7. It is kept, because waitFor is "running"; change triggers to run it again.\n  The service reports: cleaned up\n  Last lines of service "worker":\n    cannot open input',
    ]);
  });

  test("advises more than to run it again if the run took too long", async () => {
    const world = await endedSince("timeout");
    await world.update({}, explained(world));
    expect(world.reported.join()).toContain(
      "; raise `timeout` or make the run shorter, and change triggers to run it again.",
    );
  });

  test("gives one error with the same facts if it stops the up", async () => {
    const world = await endedSince("failed", 7);
    await expect(world.update({ whenFailed: "fail" }, explained(world))).rejects.toMatchObject({
      reasons: [
        expect.stringMatching(
          /^LYC3011: Run run-1 failed with exit code 7: service "worker" exited with code 7\. The provider does not start it again, because whenFailed is "fail"\.[^\n]*\n {2}The service reports: cleaned up\n {2}Last lines of service "worker":\n {4}cannot open input$/,
        ),
      ],
    });
  });

  test("reports refused logs in place of the lines", async () => {
    const world = await endedSince("failed", 7);
    world.service.behaviour.failing = { logsTail: modelError(403) };
    await world.update();
    expect(world.reported[0]).toContain("\n  Its output could not be read: GET /logs/execution/{id} answered 403.");
  });

  test("is a failure if a completed run has an exit code other than 0", async () => {
    const world = await endedSince("completed", 3);
    await world.update();
    expect(world.reported[0]).toContain("Run run-1 completed with exit code 3, which is a failure.");
  });
});

test.each([
  [
    "leave",
    "https://elsewhere.example",
    /is recorded at https:\/\/elsewhere\.example, but the configuration sets another/,
  ],
  ["leave", "", /^warning: Run run-1 is recorded, but the configuration sets another/],
  ["leave", undefined, undefined],
  ["abort", "https://elsewhere.example", "LYC3006"],
] as const)("with onDelete %s at the base URL %s", async (onDelete, baseUrl, expected) => {
  const { context, outputs, reported } = await running();
  const recorded = { ...outputs, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const work = updateExecution(context, recorded, someInputs({ onDelete }));
  if (expected === "LYC3006") return expect(work).rejects.toThrow("LYC3006");
  expect(await work).toMatchObject({ onDelete });
  const warnings = reported.filter((line) => line.startsWith("warning"));
  expect(warnings).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
});

test("the clocks of a resumed wait are those of the run, if they are recorded", async () => {
  const waited = async (recorded: object) => {
    const { context, outputs, clock } = await running({}, 100_000);
    const begun = clock.now();
    const inputs = someInputs({ waitFor: "completed", timeout: 600, gracefulTimeout: 300 });
    await expect(updateExecution(context, { ...outputs, ...recorded }, inputs)).rejects.toMatchObject({
      reasons: [expect.stringContaining("The run clock (")],
    });
    return Math.round((clock.now() - begun) / 1000);
  };
  expect(await waited({ timeout: 60, gracefulTimeout: 10 })).toBe(60 + 10 + 120);
  expect(await waited({ timeout: undefined, gracefulTimeout: undefined })).toBe(600 + 300 + 120);
});
