import type { ExecutionOutputs } from "../run/record/record";
import { type Altered, cancelled, desired, hangs } from "../testing/cancelled-world";
import { modelError, refusedStart, unclearStart } from "../testing/model-service";
import { createWorld, someInputs, startsOf, type World } from "../testing/world";
import { updateExecution } from "../update/update";
import { createExecution } from "./create";

// After a cancel, every wait must end within a second, and the provider must not lose the id of a run. Time is virtual.

describe("create", () => {
  test("that was cancelled before it began sends nothing", async () => {
    const world = createWorld();
    const work = createExecution(world.context, desired, { signal: AbortSignal.abort() });
    await expect(work).rejects.toThrow(/^LYC3021: .*Nothing was started\./);
    expect(world.service.calls).toEqual([]);
  });

  const adoption = someInputs({ existingExecutionId: "run-9" });
  /** Makes a lookup that takes longer than the time until the cancel. */
  const slowLook = async ({ clock }: World) => {
    await clock.sleep(40);
    return { active: [], history: [], gaps: [] };
  };
  test.each<readonly [string, number, typeof desired, (world: World) => Altered]>([
    ["looks for runs", 0, desired, (world) => ({ sharedSnapshot: { read: () => slowLook(world) } })],
    [
      "asks whether anything would show the run",
      0,
      desired,
      ({ service }) => {
        service.behaviour.failing = { listActive: modelError(403) };
        return { client: { record: hangs } };
      },
    ],
    [
      "waits to try a refused start again",
      1,
      desired,
      ({ service }) => {
        service.behaviour.starts = [refusedStart(429, 60), refusedStart(429, 60)];
        return {};
      },
    ],
    ["asks whether the engine is there", 0, desired, () => ({ engine: { isAlive: hangs } })],
    ["reads the run that it is to adopt", 0, adoption, () => ({ client: { record: hangs, olderStatus: hangs } })],
  ])(
    "that is cancelled while it %s starts nothing, at once or later (%d sent before)",
    async (_name, sent, inputs, alter) => {
      const world = cancelled(20, alter);
      const { seconds, message, failure } = await world.created(inputs);
      expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
      expect(failure).toBeUndefined();
      expect(seconds).toBeLessThanOrEqual(1);
      await world.clock.sleep(300);
      expect(startsOf(world)).toBe(sent);
    },
  );

  test("that is cancelled during its start returns the id as soon as the service answers", async () => {
    let answeredAt = 0;
    const world = cancelled(2, ({ clock, service }) => ({
      client: {
        start: async (request) => {
          await clock.sleep(7);
          answeredAt = clock.now();
          return service.client.start(request);
        },
      },
    }));
    const { failure, message } = await world.created();
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect((world.clock.now() - answeredAt) / 1000).toBeLessThanOrEqual(1);
  });

  test("that is cancelled during a start without an answer waits ten seconds; the next command finds the run", async () => {
    const world = cancelled(2, ({ service }) => ({
      client: {
        start: async (request, options) => {
          await service.client.start(request);
          return new Promise((resolve) => {
            options?.signal?.addEventListener("abort", () => resolve({ kind: "unknown", error: modelError(0) }));
          });
        },
      },
    }));
    const { seconds, message, failure } = await world.created();
    expect(message).toMatch(/^LYC3004: .*was cancelled/);
    expect(failure).toMatchObject({ id: expect.stringMatching(/^unclear-start-/), outputs: { executionId: "" } });
    expect(seconds).toBeGreaterThanOrEqual(10);
    expect(seconds).toBeLessThanOrEqual(11);
    const next = createWorld(world);
    const found = await updateExecution(next.context, failure?.outputs as ExecutionOutputs, someInputs());
    expect(found).toMatchObject({ executionId: "run-1", startKey: failure?.outputs.startKey });
    expect(world.service.runs).toHaveLength(1);
  });

  test("that is cancelled during the lookup of an unclear start stops it, and does not start again", async () => {
    const world = cancelled(5);
    world.service.behaviour.starts = [unclearStart(false)];
    const { seconds, message } = await world.created();
    expect(message).toMatch(/^LYC3004: .*was cancelled/);
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(120);
    expect(startsOf(world)).toBe(1);
  });
});
