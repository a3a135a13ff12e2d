import { isPlaceholder, resourceId } from "../../schema/run-id";
import { deleteResource } from "../delete/delete";
import { read } from "../read/read";
import type { ExecutionOutputs } from "../run/record/record";
import { type Behaviour, modelError } from "../testing/model-service";
import {
  abortsOf,
  afterUnclear,
  NEVER,
  recordedAs,
  runtimeOf,
  someInputs,
  startsOf,
  type World,
} from "../testing/world";
import { updateExecution } from "../update/update";

// Tests that the state records a start without a clear answer, and that a later command finds its run or stops. Time is
// virtual.

const inputs = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "running", ...more });

test("is recorded with the key that was sent, under an id that is made from the key", async () => {
  const { id, outputs, reasons, service } = await afterUnclear(true);
  expect(outputs).toMatchObject({ executionId: "", status: "unknown", attempt: 1, timeout: 60, gracefulTimeout: 10 });
  expect(service.runs[0]?.request.file_name).toBe(`${outputs.startKey}-train`);
  expect([id, isPlaceholder(id), resourceId(outputs)]).toEqual([`unclear-start-${outputs.startKey}`, true, id]);
  expect(reasons).toEqual([
    expect.stringMatching(/^LYC3004: .*no other run is started for it\. Run `pulumi up` again/),
  ]);
});

describe("the next update", () => {
  test("finds its run by key and tag, and knows the inputs that were sent", async () => {
    const { next, outputs, service } = await afterUnclear(true);
    const world = next();
    const found = await updateExecution(world.context, outputs, inputs());
    expect(found).toMatchObject({ executionId: "run-1", status: "running", startKey: outputs.startKey, timeout: 60 });
    expect(startsOf({ service })).toBe(1);
    expect(world.reported).toContainEqual(expect.stringMatching(/^notice: Run run-1 .*is that of the start/));
  });

  test("finds its ended run, and reports how it ended", async () => {
    const { next, outputs, service } = await afterUnclear(true);
    const [run] = service.runs;
    if (run !== undefined) service.end(run, "failed", 3);
    await expect(updateExecution(next().context, outputs, inputs())).rejects.toMatchObject({
      id: "run-1",
      reasons: [expect.stringMatching(/^LYC3001: Run run-1 failed with exit code 3/)],
    });
    expect(startsOf({ service })).toBe(1);
  });

  test("finds its run although its resource was renamed", async () => {
    const { next, outputs, service } = await afterUnclear(true);
    const $urn = outputs.resourceUrn.replace("::train", "::renamed");
    expect(await updateExecution(next().context, outputs, inputs({ $urn }))).toMatchObject({ executionId: "run-1" });
    expect(startsOf({ service })).toBe(1);
  });

  test("adopts the ended run of an earlier request of the same start", async () => {
    const { next, outputs, service, clock } = await afterUnclear(false);
    await service.client.start({ compose_file_code: "", file_name: `${outputs.startKey.slice(0, 24)}aaaa-train` });
    const [run] = service.runs;
    if (run !== undefined) service.end(run, "completed", 0);
    await clock.sleep(60);
    const found = await updateExecution(next().context, outputs, inputs({ waitFor: "completed" }));
    expect(found).toMatchObject({ executionId: "run-1", status: "completed" });
    expect(service.runs).toHaveLength(1);
  });

  test("announces no new run if none may be started", async () => {
    const { next, outputs, service, clock } = await afterUnclear(false);
    await clock.sleep(100_000);
    service.behaviour.failing = { listActive: modelError(403) };
    const world = next();
    await expect(updateExecution(world.context, outputs, inputs({ whenUnverified: "fail" }))).rejects.toThrow(
      /^LYC3016: .*Nothing was started/,
    );
    expect(world.reported).toEqual([]);
  });

  test("starts a run if it is proved that there is none", async () => {
    const { next, outputs, service } = await afterUnclear(false);
    const world = next();
    expect(await updateExecution(world.context, outputs, inputs())).toMatchObject({ executionId: "run-1", attempt: 2 });
    expect(world.reported).toContainEqual(expect.stringMatching(/got no clear answer and created no run\. A new run/));
    expect(startsOf({ service })).toBe(2);
  });

  test.each<[string, Partial<Behaviour>]>([
    ["names are hidden", { hideFileNames: true }],
    ["the history is refused, and the list does not show it", { failing: { history: modelError(403) }, lag: 10_000 }],
  ])("refuses again if %s, and keeps the record", async (_what, altered) => {
    const { next, outputs, id, service } = await afterUnclear(true);
    Object.assign(service.behaviour, altered);
    const failing = updateExecution(next().context, outputs, inputs({ onDelete: "leave" }));
    await expect(failing).rejects.toMatchObject({
      id,
      outputs: { startKey: outputs.startKey, requestedAt: outputs.requestedAt, onDelete: "leave" },
      reasons: [expect.stringMatching(/^LYC3004: The start got no clear answer \(at an earlier command\)\. /)],
    });
    expect(startsOf({ service })).toBe(1);
  });

  test("starts a run when all time limits of the earlier run have passed", async () => {
    const { next, outputs, service, clock } = await afterUnclear(true);
    service.behaviour.hideFileNames = true;
    await clock.sleep(20 * 60 + 60 + 10 + 3600 + 1);
    const world = next();
    expect(await updateExecution(world.context, outputs, inputs())).toMatchObject({ executionId: "run-2", attempt: 2 });
    expect(world.reported).toContainEqual(expect.stringMatching(/Its time limits have passed, so its run/));
  });

  test("right after a cancel waits until the lists must show the run", async () => {
    const { next, outputs, service, clock } = await afterUnclear(true);
    service.behaviour.lag = 10_000;
    clock.at(25, () => {
      service.behaviour.lag = 0;
    });
    // The command was cancelled before it looked for the run.
    const cancelled = { ...outputs, requestedAt: new Date(clock.now()).toISOString() };
    expect(await updateExecution(next().context, cancelled, inputs())).toMatchObject({ executionId: "run-1" });
    expect(startsOf({ service })).toBe(1);
  });

  test("does not wait if the last command has looked up the run", async () => {
    const { next, outputs, clock } = await afterUnclear(true);
    const begun = clock.now();
    await updateExecution(next().context, outputs, inputs());
    expect((clock.now() - begun) / 1000).toBeLessThan(5);
  });
});

test("that was sent to another base URL is neither looked up nor started again, and a deletion reports its key", async () => {
  const { next, outputs, id, service } = await afterUnclear(true);
  const elsewhere = { ...outputs, baseUrl: "https://elsewhere.example" };
  const world = next();
  await expect(updateExecution(world.context, elsewhere, inputs())).rejects.toMatchObject({
    id,
    reasons: [expect.stringMatching(/^LYC3004: .*It was sent to https:\/\/elsewhere\.example.*Set LYCEUM_BASE_URL/)],
  });
  await expect(updateExecution(world.context, elsewhere, inputs())).rejects.toMatchObject({
    reasons: [expect.stringContaining(`the run with the key ${outputs.startKey}.`)],
  });
  await deleteResource(runtimeOf(world.context), { state: recordedAs(id, elsewhere), signal: NEVER });
  expect([startsOf({ service }), abortsOf({ service })]).toEqual([1, []]);
  expect(world.reported.join()).toContain(
    `The start with the key ${outputs.startKey} got no clear answer. It was sent to https://elsewhere.example`,
  );
});

test("that was sent to another base URL allows a new start once its time limits have passed", async () => {
  const { next, outputs, service, clock } = await afterUnclear(false);
  await clock.sleep(100_000);
  const elsewhere = { ...outputs, baseUrl: "https://elsewhere.example" };
  expect(await updateExecution(next().context, elsewhere, inputs())).toMatchObject({ executionId: "run-1" });
  expect(startsOf({ service })).toBe(2);
});

describe("a read", () => {
  const readAgain = ({ context }: World, id: string, outputs: ExecutionOutputs) =>
    read(runtimeOf(context), { state: recordedAs(id, outputs), signal: NEVER });

  test("returns the run's own id, once a list shows it", async () => {
    const { next, id, outputs } = await afterUnclear(true);
    const world = next();
    const found = await readAgain(world, id, outputs);
    expect([resourceId(found), found.status]).toEqual(["run-1", "running"]);
  });

  test("changes nothing if no list shows the run", async () => {
    const { next, id, outputs } = await afterUnclear(false);
    const found = await readAgain(next(), id, outputs);
    expect(found).toEqual(outputs);
    expect(resourceId(found)).toBe(id);
  });
});
