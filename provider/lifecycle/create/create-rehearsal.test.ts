import { UNKNOWN_MARKER } from "../../../compose";
import type { Runtime } from "../process/engine";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import { createExecution, inputsOfStart, rehearseCreate } from "./create";

const listed = ({ service }: ReturnType<typeof createWorld>) =>
  service.calls.filter((call) => call === "listActive").length;

describe("the rehearsal of a create", () => {
  test("starts nothing, and the create reads the lists again", async () => {
    const world = createWorld();
    await rehearseCreate(world.context, someInputs());
    expect([world.service.runs, listed(world)]).toEqual([[], 1]);
    await createExecution(world.context, someInputs({ waitFor: "accepted" }));
    expect([world.service.runs.length, listed(world)]).toEqual([1, 2]);
  });

  test("without an engine stops before any request", async () => {
    const { context, engine, service } = createWorld();
    engine.alive = false;
    await expect(rehearseCreate(context, someInputs())).rejects.toThrow("LYC3008");
    expect(service.calls).toEqual([]);
  });

  test("of a run that is adopted by its id reads that run alone", async () => {
    const world = createWorld();
    await world.service.client.start({ compose_file_code: "", file_name: "another" });
    await rehearseCreate(world.context, someInputs({ existingExecutionId: "run-1" }));
    expect(world.service.calls.slice(1)).toEqual(["record run-1"]);
    await expect(rehearseCreate(world.context, someInputs({ existingExecutionId: "run-9" }))).rejects.toThrow(
      "LYC3009",
    );
  });

  test("needs a complete lookup if it would start a run, but not if it would adopt a run", async () => {
    const first = createWorld();
    const inputs = someInputs({ whenUnverified: "fail", waitFor: "accepted" });
    first.service.behaviour.failing = { history: modelError(403) };
    await expect(rehearseCreate(first.context, inputs)).rejects.toThrow(/^LYC3016: /);
    first.service.behaviour.failing = {};
    await createExecution(createWorld(first).context, inputs);
    first.service.behaviour.failing = { history: modelError(403) };
    await rehearseCreate(createWorld(first).context, inputs);
    expect(first.service.runs).toHaveLength(1);
  });
});

test("a start reads the files, and a run that is adopted by its id needs no text", () => {
  const projects: Pick<Runtime["projects"], "complete"> = {
    complete: (_news, inputs) => ({ ...inputs, composeText: "read" }),
  };
  const textOf = (inputs: ReturnType<typeof someInputs>) =>
    inputsOfStart({ projects } as Runtime, { urn: "", values: {} }, inputs).composeText;
  expect(textOf(someInputs())).toBe("read");
  const adopted = someInputs({ existingExecutionId: "run-1" });
  expect(textOf(adopted)).toBe(adopted.composeText);
});

test.each<[string, string, string, readonly string[], boolean]>([
  ["another that is not listed", "cpu", "gpu.a100", ["gpu.l40s"], true],
  ["another that is one of the listed", "cpu", "gpu.a100", ["gpu.l40s", "GPU.A100"], false],
  ["another, with an empty list", "cpu", "gpu.a100", [], false],
  ["the same, which is not listed any more", "gpu.a100", "gpu.a100", ["gpu.l40s"], false],
  ["the one that lists leave out", "gpu.a100", "cpu", ["gpu.l40s"], false],
  ["one that is not known yet", "cpu", UNKNOWN_MARKER, ["gpu.l40s"], false],
])("the machine of a replacement: %s", async (_name, from, to, machines, isRefused) => {
  const { context, service } = createWorld();
  const replaced = await createExecution(context, someInputs({ executionType: from, waitFor: "accepted" }));
  service.behaviour.machines = [...machines];
  const rehearsal = rehearseCreate(context, someInputs({ executionType: to, triggers: [1] }), replaced);
  if (isRefused) await expect(rehearsal).rejects.toThrow("LYC3023");
  else await rehearsal;
});

describe("a run that is adopted", () => {
  test("needs no complete lookup, warns of an incomplete lookup, and keeps the key of its start", async () => {
    const first = createWorld();
    const inputs = someInputs({ whenUnverified: "fail", waitFor: "accepted" });
    const started = await createExecution(first.context, inputs);
    first.service.behaviour.failing = { history: modelError(403) };
    const second = createWorld(first);
    const adopted = await createExecution(second.context, inputs);
    expect(adopted).toMatchObject({ executionId: "run-1", startKey: started.startKey });
    expect(started.startKey).toMatch(/^[a-z0-9]{28}$/);
    expect(second.reported).toContainEqual(expect.stringMatching(/^warning: LYC3015: GET \/billing\/history/));
  });

  test("by its id is recorded as such", async () => {
    const { context, service } = createWorld();
    await createExecution(context, someInputs({ waitFor: "accepted" }));
    const adopt = (more: object = {}) =>
      createExecution(context, someInputs({ waitFor: "accepted", existingExecutionId: "run-1", ...more }));
    expect(await adopt()).toMatchObject({ executionId: "run-1", adopted: true, startKey: "" });
    expect(await adopt({ deleteRecord: true })).toMatchObject({ deleteRecord: true });
    expect(service.runs).toHaveLength(1);
  });

  test.each([403, 500])("by its id does not count as unknown if its reads answer %d", async (status) => {
    const { context, service } = createWorld();
    service.behaviour.failing = { record: modelError(status), olderStatus: modelError(status) };
    const work = createExecution(context, someInputs({ existingExecutionId: "run-1" }));
    await expect(work).rejects.toThrow(`model ${status}`);
  });

  test("by its id is read within the total clock", async () => {
    const { context, service, clock } = createWorld();
    service.behaviour.hangs = true;
    const begunAt = clock.now();
    const inputs = someInputs({ existingExecutionId: "run-1", clocks: { total: 30 } });
    await expect(createExecution(context, inputs)).rejects.toThrow("model 500");
    expect((clock.now() - begunAt) / 1000).toBe(30);
  });
});
