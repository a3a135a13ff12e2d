import { UNKNOWN_MARKER } from "../../../compose";
import { check, create, type DiffAnswer, deleteResource, diff, InitFailure, type Runtime, read, update } from "..";
import { modelError, refusedStart } from "../testing/model-service";
import { inputs, never, nextCommand, recorded, startProcess, stateOf, URN } from "../testing/recorded-resource";
import { abortsOf } from "../testing/world";

// Tests that a deletion does not end a run that another resource of the command has. Each test calls the provider as
// the engine does.

type Recorded = Awaited<ReturnType<typeof nextCommand>>["old"];

/** Makes the calls of an `up` for a recorded resource: check and diff. */
async function upAsks(runtime: Runtime, { state, oldInputs }: Recorded, values = {}): Promise<DiffAnswer> {
  const { inputs: news } = await check(runtime, { oldInputs, news: inputs(values) });
  return diff(runtime, { state, news });
}

async function createAnew(runtime: Runtime, values = {}) {
  const { inputs: news } = await check(runtime, { news: inputs(values) });
  return stateOf(await create(runtime, { news, signal: never }));
}

const remove = (runtime: Runtime, { state }: Pick<Recorded, "state">) =>
  deleteResource(runtime, { state, signal: never });

/** Makes the calls of a replacement up to its create, including the abort. */
async function replacedSoFar() {
  const { process, old, runtime } = await nextCommand();
  await upAsks(runtime, old, { triggers: [1] });
  const { inputs: news } = await check(runtime, { news: inputs({ triggers: [1] }) });
  await remove(runtime, old);
  return { process, runtime, news };
}

test("the deletion of a second resource with a kept run aborts nothing", async () => {
  const { process, old: twin, runtime } = await nextCommand();
  expect(await upAsks(runtime, twin)).toMatchObject({ kind: "same" });
  await remove(runtime, twin);
  expect(abortsOf(process)).toEqual([]);
  expect(process.rows.at(-1)).toContain(
    "Run run-1 is not aborted, because another resource in the state still has it.",
  );
});

test.each([
  ["an active run with onDelete leave is left, whoever has it", "leave", "running", [/because onDelete is "leave"/]],
  ["a kept run that has ended needs no notice", "abort", "completed", []],
  ["a kept run that has ended keeps its record", "leave", "completed", []],
] as const)("%s", async (_what, onDelete, status, notices) => {
  const { process, old, runtime } = await nextCommand({ onDelete, deleteRecord: true });
  await upAsks(runtime, old, { onDelete, deleteRecord: true });
  const before = process.rows.length;
  const properties = { ...old.state.properties, status, ...(status === "completed" && { returnCode: 0 }) };
  await remove(runtime, { state: { ...old.state, properties } });
  expect(process.rows.slice(before)).toEqual(notices.map((notice) => expect.stringMatching(notice)));
  expect(process.service.calls.filter((call) => call.startsWith("deleteRecord"))).toEqual([]);
});

test("a refresh before the deletion does not hold the run: a removed resource's run is aborted", async () => {
  const { process, old: gone, runtime } = await nextCommand();
  const outputs = await read(runtime, { state: gone.state, signal: never });
  await diff(runtime, { state: stateOf(outputs), news: gone.oldInputs });
  await remove(runtime, gone);
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a replacement that deletes first aborts, whether diff or a resource option called for it", async () => {
  for (const values of [{ triggers: [1] }, {}]) {
    const { process, old, runtime } = await nextCommand();
    await upAsks(runtime, old, values);
    // If check receives no old inputs, the engine replaces the resource, and ignores the answer of the diff.
    await check(runtime, { news: inputs(values) });
    await remove(runtime, old);
    expect(abortsOf(process)).toEqual(["run-1"]);
  }
});

test("a replacement that adopts a run whose id is not known yet aborts the old run", async () => {
  const { process, old, runtime } = await nextCommand();
  const values = { ...old.oldInputs.values, existingExecutionId: UNKNOWN_MARKER };
  await diff(runtime, { state: old.state, news: { ...old.oldInputs, values } });
  await remove(runtime, old);
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a replacement that no call showed before its deletion fails, and aborts nothing", async () => {
  const { process, old, runtime } = await nextCommand();
  expect((await createAnew(runtime)).id).toBe("run-1");
  for (const stateUrn of [undefined, URN]) {
    const removed = deleteResource(runtime, { state: old.state, signal: never, ...(stateUrn && { stateUrn }) });
    await expect(removed).rejects.toMatchObject({ code: "LYC3022" });
  }
  expect(abortsOf(process)).toEqual([]);
});

test.each([
  ["a deletion reports", false, 1],
  ["a replacement leaves to its create", true, 0],
])("%s an active run of the resource that no state has", async (_what, isReplaced, count) => {
  const { process, old, runtime } = await nextCommand();
  const name = `${String(old.state.properties.startKey).slice(0, 24)}else-train`;
  await process.service.client.start({ compose_file_code: "", file_name: name });
  await upAsks(runtime, old, { triggers: [1] });
  if (isReplaced) await check(runtime, { news: inputs({ triggers: [1] }) });
  await deleteResource(runtime, { state: old.state, signal: never, reportsAbandonedRuns: true });
  expect(process.rows.filter((row) => row.includes("pulumi-lyceum abort run-2"))).toHaveLength(count);
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a replacement that adopts the resource's own run aborts nothing, even if its wait fails", async () => {
  const { process, old, runtime } = await nextCommand();
  const news = inputs({ waitFor: "completed", clocks: { run: 5 } });
  const failure = await create(runtime, { news, signal: never }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ id: "run-1" });
  await expect(remove(runtime, old)).rejects.toMatchObject({ code: "LYC3022" });
  expect(abortsOf(process)).toEqual([]);
});

test.each([
  ["", {}],
  [", even if its wait fails", { waitFor: "completed", clocks: { run: 5 } }],
])(
  "a run that an update finds for a start without a clear answer belongs to the updated resource%s",
  async (_how, values) => {
    const { process, old: twin, runtime } = await nextCommand();
    const { state } = twin;
    const requestedAt = String(state.properties.createdAt ?? new Date(process.clock.now()).toISOString());
    const properties = { ...state.properties, executionId: "", status: "unknown", requestedAt };
    const { inputs: news } = await check(runtime, { oldInputs: twin.oldInputs, news: inputs(values) });
    const found = await update(runtime, {
      state: { ...state, id: `unclear-start-${String(state.properties.startKey)}`, properties },
      news,
      signal: never,
    }).catch((error: InitFailure<{ executionId: string }>) => error.outputs);
    expect(found.executionId).toBe("run-1");
    await remove(runtime, twin);
    expect(abortsOf(process)).toEqual([]);
    expect(process.rows.at(-1)).toContain("another resource in the state still has it");
  },
);

test("a run that another resource adopts by its id belongs to that resource", async () => {
  const { process, old, runtime } = await nextCommand();
  await createAnew(runtime, { existingExecutionId: "run-1" });
  await remove(runtime, old);
  expect(abortsOf(process)).toEqual([]);
});

test("a forced replacement that deletes last starts a run, and adopts it if the command is repeated", async () => {
  const { process, old, runtime: forced } = await nextCommand();
  await check(forced, { oldInputs: old.oldInputs, news: inputs() });
  expect((await createAnew(forced)).id).toBe("run-2");

  // The command is killed before its create is recorded, and the user repeats the command.
  const again = process.newCommand();
  await check(again, { oldInputs: old.oldInputs, news: inputs() });
  expect((await createAnew(again)).id).toBe("run-2");
  await remove(again, old);
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a diff before the program declares the resource does not hold the run", async () => {
  const { process, old, runtime } = await nextCommand();
  await diff(runtime, { state: old.state, news: old.oldInputs });
  await remove(runtime, old);
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a replacement of a run that had ended does not say that it was aborted", async () => {
  const { process, old, runtime } = await nextCommand();
  for (const run of process.service.runs) process.service.end(run, "completed", 0);
  const outputs = await read(runtime, { state: old.state, signal: never });
  const ended = { ...old, state: stateOf(outputs) };
  await upAsks(runtime, ended, { triggers: [1] });
  const { inputs: news } = await check(runtime, { news: inputs({ triggers: [1] }) });
  await remove(runtime, ended);
  process.service.behaviour.starts = [refusedStart()];
  const failure = await create(runtime, { news, signal: never }).catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(InitFailure);
  expect(abortsOf(process)).toEqual([]);
});

test("a cancel during the checks of a replacement aborts nothing", async () => {
  const isSlow = { now: false };
  const process = startProcess(({ listActive }) => ({
    listActive: (...given) => (isSlow.now ? new Promise(() => undefined) : listActive(...given)),
  }));
  const old = await recorded(process);
  const runtime = process.newCommand();
  await upAsks(runtime, old, { triggers: [1] });
  await check(runtime, { news: inputs({ triggers: [1] }) });
  isSlow.now = true;
  const cancel = new AbortController();
  process.clock.at(2, () => cancel.abort());
  await expect(deleteResource(runtime, { state: old.state, signal: cancel.signal })).rejects.toThrow(
    /run run-1\. Its last status was running\. It was not aborted\. It stays/,
  );
  expect(abortsOf(process)).toEqual([]);
});

test("a replacement that fails because no call works keeps the old run as aborted", async () => {
  const { process, runtime, news } = await replacedSoFar();
  const refusal = modelError(401);
  process.service.behaviour.failing = { record: refusal, olderStatus: refusal, listActive: refusal, history: refusal };
  const failure = await create(runtime, { news, signal: never }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ id: "run-1", outputs: { status: "aborted", awaitsStart: true } });
});

test("a replacement whose new run fails keeps the id of the new run", async () => {
  const { process, runtime, news } = await replacedSoFar();
  process.service.behaviour.script = [{ after: 1, status: "failed", returnCode: 3 }];
  const failure = await create(runtime, { news, signal: never }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ id: "run-2", outputs: { status: "failed" } });
});

test("a replacement that is refused after the abort keeps the old run as aborted, and the next up starts", async () => {
  const { process, runtime, news } = await replacedSoFar();
  process.service.behaviour.starts = [refusedStart()];
  const failure = await create(runtime, { news, signal: never }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(InitFailure);
  const { id, outputs, reasons } = failure as InitFailure<Parameters<typeof stateOf>[0]>;
  expect([id, outputs.status, outputs.awaitsStart]).toEqual(["run-1", "aborted", true]);
  expect(reasons.join()).toContain("Run run-1 was aborted before, for the new run.");

  const next = process.newCommand();
  // The first `up` replaces the run with new inputs. The second one uses the former inputs again.
  for (const values of [{ triggers: [1] }, {}])
    expect(await upAsks(next, { state: stateOf(outputs), oldInputs: news }, values)).toMatchObject({ kind: "replace" });
  await deleteResource(next, { state: stateOf(outputs), signal: never });
  expect(await createAnew(next, { triggers: [1] })).toMatchObject({ id: "run-2" });
  expect(abortsOf(process)).toEqual(["run-1"]);
});

test("a machine that the account does not have is refused before the abort", async () => {
  for (const [machines, isRefused] of [
    [["gpu.l40s"], true],
    [["GPU.A100"], false],
  ] as const) {
    const { process, old, runtime } = await nextCommand();
    process.service.behaviour.machines = [...machines];
    await upAsks(runtime, old, { executionType: "gpu.a100" });
    await check(runtime, { news: inputs({ executionType: "gpu.a100" }) });
    const removed = remove(runtime, old);
    if (isRefused) await expect(removed).rejects.toMatchObject({ code: "LYC3023" });
    else await removed;
    expect(abortsOf(process)).toEqual(isRefused ? [] : ["run-1"]);
  }
});

test("the deletion of a renamed resource aborts nothing if its old name adopts the run", async () => {
  const { process, old, runtime } = await nextCommand();
  await createAnew(runtime);
  await deleteResource(runtime, { state: old.state, stateUrn: `${URN}-renamed`, signal: never });
  expect(abortsOf(process)).toEqual([]);
  expect(process.rows.at(-1)).toContain(
    "Run run-1 is not aborted, because another resource in the state still has it.",
  );
});

test("the deletion of a resource that the program has renamed reports on its present row", async () => {
  const { process, old: twin, runtime } = await nextCommand();
  const { inputs: news } = await check(runtime, { oldInputs: twin.oldInputs, news: inputs({}, { urn: `${URN}-new` }) });
  await diff(runtime, { state: twin.state, news });
  await remove(runtime, twin);
  expect(process.rows).toEqual([expect.stringMatching(/^train-new notice: Run run-1 is not aborted/)]);
});

test("before and after the abort, a replacement reports on its own row what it cannot read", async () => {
  const { process, old, runtime } = await nextCommand();
  await upAsks(runtime, old, { triggers: [1] });
  const { inputs: news } = await check(runtime, { news: inputs({ triggers: [1] }) });
  const refusal = modelError(403);
  process.service.behaviour.failing = { history: refusal };
  await remove(runtime, old);
  expect(process.rows.at(-1)).toMatch(/^train warning: LYC3015: .*billing.history answered 403/);
  process.service.behaviour.failing = { history: refusal, record: refusal, olderStatus: refusal };
  process.service.behaviour.starts = [refusedStart()];
  await expect(create(runtime, { news, signal: never })).rejects.toBeInstanceOf(InitFailure);
  expect(process.rows.at(-1)).toMatch(/^train warning: LYC3015: .*execution.\{id\} answered 403/);
});
