import { getEventListeners } from "node:events";
import { deleteExecution } from "../delete/delete";
import { type Altered, cancelled, desired, hangs, recorded } from "../testing/cancelled-world";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, someInputs, type World } from "../testing/world";
import { updateExecution } from "../update/update";

// After a cancel, every wait of every operation must end within a second, and the provider must not lose the id of a
// run. Time is virtual.

describe("update", () => {
  test.each([
    ["waits for its run", {}, { waitFor: "completed" }],
    ["looks again for a lost run", { missing: "lost" as const }, { whenLost: "fail" }],
    ["reads why its run failed", { status: "failed" }, { whenFailed: "fail" }],
    ["sees what has happened since", {}, {}],
  ])("while it %s keeps the id", async (_name, state, inputs) => {
    const world = cancelled(30);
    const outputs = await recorded(world);
    const drift = { current: hangs, activeRuns: hangs };
    const client = { ...world.context.client, record: hangs, olderStatus: hangs, logsTail: hangs };
    const context = { ...world.context, client, drift };
    const cancel = { signal: world.signal };
    const { seconds, message, failure } = await world.ended(
      updateExecution(context, { ...outputs, ...state }, someInputs(inputs), cancel),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*its id is saved\./);
  });

  test("removes its listener", async () => {
    const world = createWorld();
    const outputs = await recorded(world);
    const { signal } = new AbortController();
    await updateExecution(world.context, outputs, desired, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("delete", () => {
  test("that is cancelled while its replacement is rehearsed aborts nothing", async () => {
    const world = cancelled(20);
    const outputs = await recorded(world);
    const replacement = { onDelete: "abort" as const, rehearse: hangs };
    const work = deleteExecution(world.context, outputs, replacement, world.signal);
    const { seconds, message } = await world.ended(work);
    expect(message).toMatch(/^LYC3021: .*run-1.*was not aborted.*stays in the state/);
    expect(seconds).toBeLessThanOrEqual(1);
    expect(abortsOf(world)).toEqual([]);
  });

  test("that is cancelled when the rehearsal ends aborts nothing", async () => {
    const world = cancelled(20);
    const outputs = await recorded(world);
    const rehearse = async () => {
      await world.clock.sleep(25);
      return undefined;
    };
    const work = deleteExecution(world.context, outputs, { onDelete: "abort", rehearse }, world.signal);
    expect((await world.ended(work)).message).toMatch(/was not aborted/);
    await world.clock.sleep(60);
    expect(abortsOf(world)).toEqual([]);
  });

  const asItIs = () => undefined;
  const endsLate = ({ service }: World) => {
    service.behaviour.stopTakes = 500;
  };
  test.each<readonly [string, NonNullable<Altered["client"]>, (world: World) => void]>([
    ["its abort is in flight", { abort: hangs }, asItIs],
    ["its abort is proven", {}, endsLate],
    [
      "a refused abort is settled by a read",
      { record: hangs, olderStatus: hangs },
      ({ service }) => {
        service.behaviour.failing = { abort: modelError(409) };
      },
    ],
    [
      "nothing shows the run, and time passes",
      {},
      (world) => {
        endsLate(world);
        const calls = ["listActive", "history", "record", "olderStatus"];
        world.service.behaviour.failing = Object.fromEntries(calls.map((call) => [call, modelError(403)]));
      },
    ],
    ["its record is deleted", { deleteRecord: hangs }, asItIs],
  ])("that is cancelled while %s keeps the state", async (_name, client, arrange) => {
    const world = cancelled(20, () => ({ client }));
    const outputs = await recorded(world, { deleteRecord: true });
    arrange(world);
    const { seconds, message } = await world.ended(deleteExecution(world.context, outputs, undefined, world.signal));
    expect(message).toMatch(/^LYC3021: .*run-1.*stays in the state/);
    expect(seconds).toBeLessThanOrEqual(1);
    const before = world.service.calls.length;
    await world.clock.sleep(600);
    const later = world.service.calls.slice(before);
    expect(later.filter((call) => /^(abort|deleteRecord)/.test(call))).toEqual([]);
  });

  test("removes its listener", async () => {
    const world = createWorld();
    const outputs = await recorded(world);
    const { signal } = new AbortController();
    await deleteExecution(world.context, outputs, undefined, signal);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
