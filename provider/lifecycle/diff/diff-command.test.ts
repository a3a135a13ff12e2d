import { check, createRuntime, deleteResource, diff, read } from "..";
import { memoryPorts } from "../testing/projects";
import { inputs, never, nextCommand, recorded, startProcess, stateOf } from "../testing/recorded-resource";

// Tests what every host relies on: typed answers, reasons, and the process cache of a command.

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
