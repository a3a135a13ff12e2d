import { createExecution } from "../create/create";
import type { InitFailure } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError, unclearStart } from "../testing/model-service";
import {
  abortsOf,
  afterUnclear,
  createWorld,
  NEVER,
  recordedAs,
  runtimeOf,
  someInputs,
  type World,
} from "../testing/world";
import { deleteResource } from "./delete";

// Tests the deletion of a resource whose start got no clear answer. Time is virtual.

const inputs = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "running", ...more });

describe("a deletion", () => {
  const remove = ({ context }: World, id: string, outputs: ExecutionOutputs) =>
    deleteResource(runtimeOf(context), { state: recordedAs(id, outputs), signal: NEVER });

  test("aborts the run that carries its key and tag", async () => {
    const { next, id, outputs, service } = await afterUnclear(true);
    await remove(next(), id, outputs);
    expect(abortsOf({ service })).toEqual(["run-1"]);
  });

  test("leaves the run with onDelete leave", async () => {
    const { next, id, outputs, service } = await afterUnclear(true, { onDelete: "leave" });
    await remove(next(), id, outputs);
    expect(abortsOf({ service })).toEqual([]);
  });

  test("does not abort another start of the same attempt, and names the key", async () => {
    const { next, id, outputs, service } = await afterUnclear(true);
    service.behaviour.fileNames = { show: (name) => `${name.slice(0, 24)}copy${name.slice(28)}`, readable: true };
    const world = next();
    await remove(world, id, outputs);
    expect(abortsOf({ service })).toEqual([]);
    expect(world.reported).toEqual([
      expect.stringContaining(
        `The start with the key ${outputs.startKey} got no clear answer. Lyceum shows no run with this key. If there is one, Lyceum ends it`,
      ),
    ]);
  });

  test("reports the key if the program now names a run, which may be another run", async () => {
    const { next, id, outputs, service } = await afterUnclear(true);
    service.behaviour.hideFileNames = true;
    const world = next();
    const values = { existingExecutionId: "run-1" };
    world.context.processCache.planCreate(outputs.resourceUrn, { urn: outputs.resourceUrn, values });
    await remove(world, id, outputs);
    expect(abortsOf({ service })).toEqual([]);
    expect(world.reported).toEqual([
      expect.stringMatching(
        /got no clear answer.*If there is one, and `existingExecutionId` names another run, Lyceum/,
      ),
    ]);
  });

  test("removes the records of the runs before it, although its own start made no run", async () => {
    const { next, id, outputs, service } = await afterUnclear(false);
    const world = next();
    await remove(world, id, { ...outputs, retriedExecutionIds: ["run-kept"] });
    await remove(world, id, { ...outputs, deleteRecord: true, retriedExecutionIds: ["run-a", "run-b"] });
    expect(service.calls.filter((call) => call.startsWith("deleteRecord"))).toEqual([
      "deleteRecord run-a",
      "deleteRecord run-b",
    ]);
  });

  test("does not abort the run that the program now names", async () => {
    const { next, id, outputs, service } = await afterUnclear(true);
    const world = next();
    world.context.processCache.planCreate(outputs.resourceUrn, {
      urn: outputs.resourceUrn,
      values: { existingExecutionId: "run-1" },
    });
    await remove(world, id, outputs);
    expect(abortsOf({ service })).toEqual([]);
    expect(world.reported.join()).toContain("Run run-1 is not aborted, because existingExecutionId names it.");
  });

  test("right after a cancel waits until the lists must show the run", async () => {
    const first = createWorld();
    first.service.behaviour.starts = [unclearStart(true)];
    first.service.behaviour.lag = 10;
    first.service.behaviour.script = [{ after: 1, status: "running" }];
    const cancel = new AbortController();
    first.clock.at(1, () => cancel.abort());
    const failure: unknown = await createExecution(first.context, inputs(), { signal: cancel.signal }).catch(
      (error: unknown) => error,
    );
    const { id, outputs } = failure as InitFailure<ExecutionOutputs>;
    await remove(createWorld(first), id, outputs);
    expect(abortsOf(first)).toEqual(["run-1"]);
  });

  const both = (status: number) => ({ listActive: modelError(status), history: modelError(status) });
  test.each([
    ["list and history cannot be asked", both(500), {}, /500/],
    ["the list alone cannot be asked", { listActive: modelError(429) }, {}, /429/],
    ["the credential is refused", both(401), {}, /401/],
    ["one call alone refuses the credential", { listActive: modelError(401) }, {}, undefined],
    ["the account has no such calls", both(404), {}, undefined],
    ["they cannot be asked, and the run is to be left", both(500), { onDelete: "leave" }, undefined],
  ])("keeps the row while a later call may show the run: %s", async (_what, failing, more, kept) => {
    const { next, id, outputs, service } = await afterUnclear(true, more);
    service.behaviour.failing = failing;
    service.behaviour.lag = 10_000;
    const world = next();
    const deletion = remove(world, id, outputs);
    if (kept === undefined) {
      await deletion;
      expect(world.reported.join()).toMatch(
        /It cannot be looked for \(.*Lyceum ends it by its `timeout` of 60 s\. `npx pulumi-lyceum list` shows the active runs/,
      );
    } else await expect(deletion).rejects.toThrow(kept);
  });

  test("reports the other active runs of the resource in a plugin, which has no scope to delete", async () => {
    const { next, id, outputs, service } = await afterUnclear(false);
    await service.client.start({ compose_file_code: "", file_name: `${outputs.startKey.slice(0, 24)}copy-train` });
    const world = next();
    const { context } = world;
    await deleteResource(runtimeOf(context), {
      state: recordedAs(id, outputs),
      signal: NEVER,
      reportsAbandonedRuns: true,
    });
    expect(world.reported.join()).toContain("npx pulumi-lyceum abort run-1");
  });
});

test("whose time limits have passed is deleted without a message", async () => {
  const { next, id, outputs, service, clock } = await afterUnclear(false);
  await clock.sleep(10_000);
  const world = next();
  await deleteResource(runtimeOf(world.context), { state: recordedAs(id, outputs), signal: NEVER });
  expect([world.reported, abortsOf({ service })]).toEqual([[], []]);
});
