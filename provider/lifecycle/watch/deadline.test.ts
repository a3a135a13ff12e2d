import { getEventListeners } from "node:events";
import { deleteExecution } from "../delete/delete";
import { type Altered, cancelled, desired, hangs, recorded } from "../testing/cancelled-world";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { abortsOf, createWorld, someInputs, type World } from "../testing/world";
import { updateExecution } from "../update/update";
import { beforeDeadline, bounded, deadlineIn } from "./deadline";

// After a cancel, every wait of every operation must end within a second, and the provider must not lose the id of a
// run. Time is virtual.

/** Makes a clock, and returns the seconds since then. */
function measured() {
  const clock = createVirtualClock();
  const begunAt = clock.now();
  return { clock, seconds: () => (clock.now() - begunAt) / 1000 };
}

test.each([
  ["its own limit", 20, undefined, undefined, 5],
  ["the deadline", 3, undefined, undefined, 3],
  ["one second, if the deadline is over", 0, undefined, undefined, 1],
  ["a cancel", 20, 2, 0, 2],
  ["some seconds after a cancel", 20, 2, 1, 3],
  ["some seconds after a cancel that came before it", 20, -1, 1, 1],
])("a call is cut off at %s", async (_what, deadline, cancelledAt, secondsAfterCancel, expected) => {
  const { clock, seconds } = measured();
  const cancel = new AbortController();
  if (cancelledAt !== undefined && cancelledAt < 0) cancel.abort();
  else if (cancelledAt !== undefined) clock.at(cancelledAt, () => cancel.abort());
  const call = (signal: AbortSignal) =>
    new Promise<number>((resolve) => signal.addEventListener("abort", () => resolve(seconds())));
  const limit = deadlineIn(clock, deadline, { signal: cancel.signal });
  expect(await bounded(clock, 5, call, limit, secondsAfterCancel)).toBe(expected);
  expect(getEventListeners(cancel.signal, "abort")).toEqual([]);
});

test("a wait for work of others ends with the deadline, or after one second if this is over", async () => {
  for (const [deadline, expected] of [
    [3, 3],
    [-3, 1],
  ] as const) {
    const { clock, seconds } = measured();
    const late = () => new Error(`${seconds()} s`);
    const work = beforeDeadline(clock, deadlineIn(clock, deadline), new Promise(() => undefined), late);
    await expect(work).rejects.toThrow(`${expected} s`);
  }
});

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
