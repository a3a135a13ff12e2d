import { check, createRuntime, deleteResource, diff, read } from ".";
import { memoryPorts } from "./testing/projects";
import { inputs, never, nextCommand, recorded, SECRET, startProcess, stateOf, URN } from "./testing/recorded-resource";

// Tests what every host relies on: answers with a type, reasons, redaction, cancel, and the process cache of a command.

describe("check", () => {
  test("returns inputs that check accepts again, with defaults and marks", async () => {
    const { runtime } = startProcess();
    const secrets = ["variables.PASSWORD"];
    const given = inputs({ variables: { PASSWORD: SECRET } }, { secrets, program: { directory: "/p" } });
    const first = await check(runtime, { news: given });
    expect(first.failures).toEqual([]);
    expect(first.inputs).toMatchObject({ urn: URN, secrets, values: { timeout: 60, waitFor: "running" } });
    expect(first.inputs).not.toHaveProperty("program");
    const again = await check(runtime, { oldInputs: first.inputs, news: given });
    expect(again.inputs).toEqual(first.inputs);
  });

  test("returns each failure with its property, printable", async () => {
    const { runtime } = startProcess();
    const { failures } = await check(runtime, { news: inputs({ timeout: 0, "\u001b[31mtimeOut": 1 }) });
    expect(failures.map(({ property }) => property)).toEqual(["", "timeout"]);
    expect(failures[0]?.reason).toContain("timeOut is not an argument");
    expect(failures[0]?.reason).not.toContain("\u001b");
  });

  test("reports a warning once in a command", async () => {
    const { runtime, rows } = startProcess();
    const compose = {
      services: {
        a: { image: "busybox:1", depends_on: { b: { condition: "service_healthy" } } },
        b: { image: "busybox:1" },
      },
    };
    const news = inputs({ composeFileCode: JSON.stringify(compose) });
    await check(runtime, { news });
    await check(runtime, { news });
    const warnings = rows.filter((row) => row.startsWith("train warning"));
    expect(warnings).toEqual([expect.stringContaining("LYC2215")]);
  });
});

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

describe("the process cache of a command", () => {
  test("a renamed resource is reported under its name in the program", async () => {
    const { process, old, runtime } = await nextCommand({ onDelete: "leave" });
    const urn = URN.replace("::train", "::renamed");
    await check(runtime, { oldInputs: old.oldInputs, news: { ...inputs(), urn } });
    await deleteResource(runtime, { state: old.state, signal: never });
    expect(process.rows.at(-1)).toMatch(/^renamed notice: Run run-1/);
  });

  test("a program may read a run that it does not manage; an unknown run is an error", async () => {
    const { runtime } = await nextCommand();
    const foreign = (id: string) => read(runtime, { state: { id, urn: "", properties: {} }, signal: never });
    expect(await foreign("run-1")).toMatchObject({ executionId: "run-1", status: "running" });
    await expect(foreign("run-9")).rejects.toMatchObject({ code: "LYC3009" });
  });
});

test("a recorded resource is compared without a credential, and deleted where its run has ended", async () => {
  const process = startProcess();
  const { state, oldInputs } = await recorded(process);
  const newCommand = () =>
    createRuntime({
      clock: process.clock,
      engine: process.runtime.engine,
      open: () => {
        throw new Error("no API key");
      },
      project: memoryPorts(),
    });
  const runtime = newCommand();
  const { inputs: news } = await check(runtime, { oldInputs, news: inputs() });
  expect(await diff(runtime, { state, news })).toEqual({ kind: "same", changed: [] });
  const ended = { ...state, properties: { ...state.properties, status: "completed" } };
  await deleteResource(newCommand(), { state: ended, signal: never });
  await expect(deleteResource(newCommand(), { state, signal: never })).rejects.toThrow("no API key");
});

describe("without an API key", () => {
  const checked = async (hasTerminal: boolean, unusable?: string) => {
    const process = startProcess();
    const { oldInputs } = await recorded(process);
    const warnings: string[] = [];
    const report = {
      ...process.runtime.engine.report,
      warning: (urn: string, text: string) => warnings.push(`${urn}${text}`),
    };
    const runtime = createRuntime({
      clock: process.clock,
      engine: { ...process.runtime.engine, report },
      hasTerminal,
      open: () => process.service.client,
      project: memoryPorts(),
      unusable: () => unusable,
      missing: () => "LYC1001: no API key",
    });
    await check(runtime, { oldInputs, news: inputs() });
    const afterUpdate = [...warnings];
    for (const name of ["a", "b", "a"]) {
      const { failures } = await check(runtime, { news: { ...inputs(), urn: URN.replace("::train", `::${name}`) } });
      expect(failures).toHaveLength(unusable === undefined ? 0 : 1);
    }
    return { afterUpdate, afterCreate: warnings };
  };

  test("a person sees one warning at the preview of creates, and none of others", async () => {
    expect(await checked(true)).toEqual({ afterUpdate: [], afterCreate: ["LYC1001: no API key"] });
  });

  test("a pipeline, which previews without a key, gets no warning, and an error is not repeated", async () => {
    expect(await checked(false)).toEqual({ afterUpdate: [], afterCreate: [] });
    expect(await checked(true, "LYC1013: empty")).toEqual({ afterUpdate: [], afterCreate: [] });
  });
});

describe("a refresh of many", () => {
  test("reads one list for all, and prints a line for each run whose status has changed", async () => {
    const process = startProcess();
    const first = await recorded(process);
    const states = Array.from({ length: 50 }, (_, index) => ({
      ...first.state,
      urn: `urn:pulumi:dev::shop::x::${index}`,
    }));
    process.service.calls.length = 0;
    process.rows.length = 0;
    const idle = process.newCommand();
    await Promise.all(states.map((state) => read(idle, { state, signal: never })));
    expect([process.service.calls, process.rows]).toEqual([["listActive"], []]);
    for (const run of process.service.runs) process.service.end(run, "failed", 3);
    const runtime = process.newCommand();
    const outputs = await Promise.all(states.slice(0, 2).map((state) => read(runtime, { state, signal: never })));
    expect(outputs.map(({ status }) => status)).toEqual(["failed", "failed"]);
    expect(process.rows).toEqual(
      ["0", "1"].map((name) => `${name} notice: Run run-1: running → failed with exit code 3`),
    );
    expect(process.service.calls.slice(1)).toEqual(["listActive", "record run-1", "record run-1"]);
  });
});
