import { UNKNOWN_MARKER } from "../../../compose";
import { check, createRuntime, deleteResource, diff, read } from "..";
import { noBucket } from "../testing/memory-bucket";
import { memoryPorts } from "../testing/projects";
import { inputs, never, nextCommand, recorded, startProcess, stateOf } from "../testing/recorded-resource";

// Tests what every host relies on: the types of answers, the reasons, and the process cache of a command.

describe("diff", () => {
  test("returns kind, reason and changed properties, and reports the reason once", async () => {
    const { process, old, runtime } = await nextCommand();
    const { inputs: news } = await check(runtime, {
      oldInputs: old.oldInputs,
      news: inputs({ executionType: "gpu.a100" }),
    });
    const answer = await diff(runtime, { state: old.state, news });
    expect(answer).toEqual({
      kind: "replace",
      why: expect.stringMatching(
        /^aborts run run-1 .* and starts a new run: executionType changed from cpu to gpu.a100$/,
      ),
      changed: [{ path: "executionType", kind: "add", replaces: true, of: "inputs" }],
    });
    await diff(runtime, { state: old.state, news });
    expect(process.rows.filter((row) => row === `train notice: ${answer.why}`)).toHaveLength(1);
  });

  test("accepts the old inputs from a host that has them", async () => {
    const { old, runtime } = await nextCommand();
    const { inputs: news } = await check(runtime, { news: inputs({ triggers: [1] }) });
    const answer = await diff(runtime, { ...old, news });
    expect(answer.changed).toEqual([{ path: "triggers", kind: "add", replaces: true, of: "inputs" }]);
  });

  test("changes and announces nothing in a refresh", async () => {
    const { process, old, runtime } = await nextCommand();
    for (const run of process.service.runs) process.service.end(run, "failed", 3);
    const outputs = await read(runtime, { state: old.state, signal: never });
    const before = process.rows.length;
    const answer = await diff(runtime, {
      state: stateOf(outputs),
      news: { ...old.oldInputs, values: { ...old.oldInputs.values, waitFor: "completed" } },
    });
    expect(answer).toMatchObject({
      kind: "replace",
      changed: [{ path: "executionId", replaces: true, of: "outputs" }],
    });
    expect(process.rows.slice(before)).toEqual([]);
  });
});

test("without a credential, a recorded resource is compared, and is deleted if its run has ended", async () => {
  const process = startProcess();
  const { state, oldInputs } = await recorded(process);
  const newCommand = () =>
    createRuntime({
      clock: process.clock,
      engine: process.runtime.engine,
      open: () => {
        throw new Error("no API key");
      },
      openBucket: noBucket,
      project: memoryPorts(),
    });
  const runtime = newCommand();
  const { inputs: news } = await check(runtime, { oldInputs, news: inputs() });
  expect(await diff(runtime, { state, news })).toEqual({ kind: "same", changed: [] });
  const ended = { ...state, properties: { ...state.properties, status: "completed" } };
  await deleteResource(newCommand(), { state: ended, signal: never });
  await expect(deleteResource(newCommand(), { state, signal: never })).rejects.toThrow("no API key");
});

test("the first command that observes the end of a run records it, also if the state lacks its record", async () => {
  const { process, old, runtime } = await nextCommand({ whenFailed: "keep" });
  const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: old.oldInputs });
  for (const run of process.service.runs) process.service.end(run, "failed", 3);
  const records = { kind: "update", why: expect.stringContaining("records that run run-1") };
  expect(await diff(runtime, { state: old.state, news })).toMatchObject(records);
  const ended = (more: object) => ({
    ...old.state,
    properties: { ...old.state.properties, status: "failed", ...more },
  });
  expect(await diff(runtime, { state: ended({ endUnread: true }), news })).toMatchObject(records);
  expect(await diff(runtime, { state: ended({}), news })).toMatchObject({ kind: "same" });
});

test("a resource that the program has not declared yet is replaced with another one, and its create is planned", async () => {
  const { old, runtime } = await nextCommand();
  const values = { ...old.oldInputs.values, triggers: [UNKNOWN_MARKER] };
  const news = { ...old.oldInputs, values };
  expect((await diff(runtime, { state: old.state, news })).why).toContain("until another resource is replaced");
  expect(runtime.processCache.plannedCreate(news.urn)).toBe(news);
});

test("a resource that stays plans no create, and its row shows nothing", async () => {
  const { process, old, runtime } = await nextCommand();
  const before = process.rows.length;
  expect(await diff(runtime, { state: old.state, news: old.oldInputs })).toMatchObject({ kind: "same" });
  expect(runtime.processCache.plannedCreate(old.oldInputs.urn)).toBeUndefined();
  expect(process.rows.slice(before)).toEqual([]);
});

test("the old inputs, if they are known, show what changed in the text", async () => {
  const { old, runtime } = await nextCommand();
  const composeFileCode = "services:\n  train:\n    image: alpine\n";
  const { inputs: news } = await check(runtime, { news: inputs({ composeFileCode }) });
  expect((await diff(runtime, { state: old.state, news })).why).toMatch(/: the compose document changed$/);
  expect((await diff(runtime, { ...old, news })).why).toMatch(/: image changed in services\.train$/);
});

test("a doubt about a run at another address is one warning", async () => {
  const { process, old, runtime } = await nextCommand();
  const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: old.oldInputs });
  const state = { ...old.state, properties: { ...old.state.properties, baseUrl: "https://elsewhere.example" } };
  for (const _again of [1, 2]) await diff(runtime, { state, news });
  expect(process.rows.filter((row) => row.startsWith("train warning"))).toEqual([expect.stringContaining("LYC3006")]);
});

describe("what a preview does not know yet", () => {
  const why = async (compose: unknown) => {
    const { old, runtime } = await nextCommand();
    const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: inputs() });
    const { composeFileCode: _code, ...values } = news.values;
    const answer = await diff(runtime, {
      state: old.state,
      news: { ...news, values: { ...values, composeFile: "compose.yaml", compose } },
    });
    return answer.why ?? "";
  };
  const services = (...names: readonly string[]) => ({
    services: Object.fromEntries(names.map((name) => [name, { image: UNKNOWN_MARKER, tty: true, dns: ["a"] }])),
  });

  test.each([
    ["a whole project", UNKNOWN_MARKER, /variables or images of the compose project/],
    ["one value", services("a"), /services\.a\.image(?!.*more)/],
    ["an item of a list", { services: { a: { dns: ["x", UNKNOWN_MARKER] } } }, /services\.a\.dns\[1\]/],
    ["four values, which are named", services("aa", "bb", "cc", "dd"), /services\.dd\.image(?!.*more)/],
    [
      "five values, of which three are named",
      services("aa", "bb", "cc", "dd", "ee"),
      /services\.cc\.image.*2 more values/,
    ],
  ])("is named: %s", async (_, compose, expected) => expect(await why(compose)).toMatch(expected));
});

test("a new run at a service that may bill it, after a run in an emulator, is a warning of the preview", async () => {
  const { process, old, runtime } = await nextCommand();
  const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: inputs({ triggers: [1] }) });
  const baseUrl = "http://127.0.0.1:4010/api/v2/external";
  const state = { ...old.state, properties: { ...old.state.properties, status: "completed", baseUrl } };
  for (const starts of [{}, { existingExecutionId: "run-0" }]) {
    const { inputs: without } = await check(runtime, { oldInputs: old.oldInputs, news: inputs(starts) });
    await diff(runtime, { state, news: without });
  }
  expect(process.rows.filter((row) => row.startsWith("train warning"))).toEqual([]);
  for (const _again of [1, 2]) await diff(runtime, { state, news });
  expect(process.rows.filter((row) => row.startsWith("train warning"))).toEqual([
    expect.stringMatching(
      /starts at https:\/\/model\.example.*may be billed.*Run run-1 was at http:\/\/127\.0\.0\.1:4010/,
    ),
  ]);
  const { inputs: kept } = await check(runtime, { oldInputs: old.oldInputs, news: inputs() });
  expect(await diff(runtime, { state, news: kept })).toMatchObject({ kind: "same" });
});

test("a warning is shown once in a command", async () => {
  const { process, old, runtime } = await nextCommand();
  const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: inputs({ whenFailed: "keep" }) });
  const state = { ...old.state, properties: { ...old.state.properties, status: "failed" } };
  for (const _again of [1, 2]) await diff(runtime, { state, news });
  const warnings = process.rows.filter((row) => row.startsWith("train warning"));
  expect(warnings).toEqual([expect.stringContaining("It is kept")]);
});

test("the loss of a run is accepted only if it is the reason of the replacement", async () => {
  const accepted = async (values: Record<string, unknown>, isLost: boolean) => {
    const { process, old, runtime } = await nextCommand();
    if (isLost) process.service.behaviour.forgotten.add("run-1");
    const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: inputs(values) });
    await diff(runtime, { state: old.state, news });
    return runtime.processCache.isLossAccepted("run-1");
  };
  expect(await accepted({ whenLost: "rerun" }, true)).toBe(true);
  expect(await accepted({ whenLost: "keep" }, true)).toBe(false);
  expect(await accepted({ triggers: [1] }, false)).toBe(false);
  expect(await accepted({ whenLost: "rerun" }, false)).toBe(false);
});

test("a diff passes its secrets to the client, but not in a refresh, where a diff sends no request", async () => {
  const { process, old, runtime } = await nextCommand();
  const { keepOut } = process.service.client;
  let kept = 0;
  process.service.client.keepOut = (...given) => {
    kept += 1;
    return keepOut(...given);
  };
  const outputs = await read(runtime, { state: old.state, signal: never });
  const before = kept;
  await diff(runtime, { state: stateOf(outputs), news: old.oldInputs });
  expect(kept).toBe(before);
  const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: inputs() });
  await diff(runtime, { state: old.state, news });
  expect(kept).toBeGreaterThan(before);
});
