import { getEventListeners } from "node:events";
import type { ExecutionOutputs } from "../state/record";
import { cancelled, desired, hangs, recorded, shows, startsOf } from "../testing/cancelled-world";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import { updateExecution } from "../update/update";
import { createExecution } from "./create";

// Every wait of every operation ends within a second of its cancel, and never loses an id. Time is virtual.

describe("create", () => {
  test("that was cancelled before it began sends nothing", async () => {
    const world = createWorld();
    const work = createExecution(world.context, desired, { signal: AbortSignal.abort() });
    await expect(work).rejects.toThrow(/^LYC3021: .*Nothing was started\./);
    expect(world.service.calls).toEqual([]);
  });

  test("while it looks for runs starts nothing, then or later", async () => {
    const world = cancelled(2, ({ clock, service }) => ({
      listActive: async () => {
        await clock.sleep(10);
        return service.client.listActive();
      },
    }));
    world.context.sharedSnapshot.read = async () => {
      await world.clock.sleep(10);
      return { begunAt: 0, active: [], history: [], gaps: [] };
    };
    const { seconds, message, failure } = await world.ended(
      createExecution(world.context, desired, { signal: world.signal }),
    );
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(failure).toBeUndefined();
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(60);
    expect(startsOf(world)).toBe(0);
  });

  test("while it asks whether anything would show the run starts nothing", async () => {
    const world = cancelled(2, () => ({ record: hangs }));
    world.service.behaviour.failing = { listActive: modelError(403) };
    const { seconds, message } = await world.ended(createExecution(world.context, desired, { signal: world.signal }));
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(60);
    expect(startsOf(world)).toBe(0);
  });

  test("while it ends runs of an interrupted command starts nothing", async () => {
    const world = cancelled(30);
    const before = createWorld(world);
    await recorded(before);
    world.service.behaviour.stopTakes = 200;
    const { seconds, message } = await world.ended(
      createExecution(world.context, someInputs({ triggers: [1] }), { signal: world.signal }),
    );
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(300);
    expect(startsOf(world)).toBe(1);
  });

  test("while it waits to try a refused start again starts nothing more", async () => {
    const world = cancelled(5);
    const busy = {
      commit: false,
      outcome: () => ({ kind: "refused" as const, error: modelError(429), retryAfterSeconds: 60 }),
    };
    world.service.behaviour.starts = [busy, busy];
    const { seconds, message } = await world.ended(createExecution(world.context, desired, { signal: world.signal }));
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(seconds).toBeLessThanOrEqual(1);
    expect(startsOf(world)).toBe(1);
  });

  test("while the engine is asked whether it is there starts nothing", async () => {
    const world = cancelled(2);
    const context = { ...world.context, engine: { isAlive: hangs } };
    const { seconds, message } = await world.ended(createExecution(context, desired, { signal: world.signal }));
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(seconds).toBeLessThanOrEqual(1);
  });

  test("with its start in flight answers the id as soon as the service does", async () => {
    let answeredAt = 0;
    const world = cancelled(2, ({ clock, service }) => ({
      start: async (request) => {
        await clock.sleep(7);
        answeredAt = clock.now();
        return service.client.start(request);
      },
    }));
    const { failure, message } = await world.ended(createExecution(world.context, desired, { signal: world.signal }));
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect((world.clock.now() - answeredAt) / 1000).toBeLessThanOrEqual(1);
  });

  test("with a start that gets no answer gives the service ten seconds; the next command finds the run", async () => {
    const world = cancelled(2, ({ service }) => ({
      start: async (request, options) => {
        await service.client.start(request);
        return new Promise((resolve) => {
          options?.signal?.addEventListener("abort", () => resolve({ kind: "unknown", error: modelError(0) }));
        });
      },
    }));
    const { seconds, message, failure } = await world.ended(
      createExecution(world.context, desired, { signal: world.signal }),
    );
    expect(message).toMatch(/^LYC3004: .*was cancelled/);
    expect(failure).toBeUndefined();
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThanOrEqual(11);
    const next = createWorld(world);
    expect(await recorded(next)).toMatchObject({ executionId: "run-1" });
    expect(world.service.runs).toHaveLength(1);
  });

  test("while it looks for a start without a clear answer stops looking, and does not start again", async () => {
    const world = cancelled(5);
    world.service.behaviour.starts = [{ commit: false, outcome: (error) => ({ kind: "unknown", error }) }];
    const { seconds, message } = await world.ended(createExecution(world.context, desired, { signal: world.signal }));
    expect(message).toMatch(/^LYC3004: .*was cancelled/);
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(120);
    expect(startsOf(world)).toBe(1);
  });

  test("while it waits for its run answers the id, and leaves the run going", async () => {
    const world = cancelled(20);
    const { seconds, message, failure } = await world.ended(
      createExecution(world.context, desired, { signal: world.signal }),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(message).toMatch(/^LYC3021: .*run-1.*last status was running.*The run continues and its id is saved\./);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(world.service.calls).not.toContain("abort run-1");
    // The next command resumes it.
    const next = createWorld(world);
    const resumed = await updateExecution(next.context, failure?.outputs as ExecutionOutputs, someInputs());
    expect(resumed).toMatchObject({ executionId: "run-1", status: "running" });
    expect(world.service.runs).toHaveLength(1);
  });

  test.each([
    ["answered", false],
    ["never answered", true],
  ])("aborts the run where that is asked for; the abort is %s", async (_name, isLost) => {
    let sent: AbortSignal | undefined;
    const world = cancelled(20, ({ service }) => ({
      abort: async (id, options) => {
        sent = options?.signal;
        await service.client.abort(id, options);
        return isLost ? hangs() : { kind: "found", value: {} };
      },
    }));
    const cancel = { signal: world.signal, run: "abort" } as const;
    const { seconds, message, failure } = await world.ended(createExecution(world.context, desired, cancel));
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*run-1.*Its abort was sent and its id is saved\./);
    expect(world.service.calls.filter((call) => call === "abort run-1")).toHaveLength(1);
    // What is not answered is cut off, so that no connection holds the process.
    await world.clock.sleep(1);
    expect(sent?.aborted).toBe(true);
  });

  test("does not report an abort that failed as sent", async () => {
    const world = cancelled(20);
    world.service.behaviour.failing = { abort: modelError(500) };
    const cancel = { signal: world.signal, run: "abort" } as const;
    const { message } = await world.ended(createExecution(world.context, desired, cancel));
    expect(message).toMatch(/^LYC3021: .*run-1.*The run continues and its id is saved\./);
  });

  test.each([{ onDelete: "leave" }, { existingExecutionId: "run-1" }])(
    "never aborts a run that is to be left alone: %p",
    async (more) => {
      const world = cancelled(20);
      if ("existingExecutionId" in more) await recorded(createWorld(world));
      const cancel = { signal: world.signal, run: "abort" } as const;
      const inputs = someInputs({ waitFor: "completed", onDelete: "leave", ...more });
      const { message } = await world.ended(createExecution(world.context, inputs, cancel));
      expect(message).toMatch(/^LYC3021: .*The run continues and its id is saved\./);
      expect(world.service.calls).not.toContain("abort run-1");
    },
  );

  test("while it reads why a run failed answers the id", async () => {
    const world = cancelled(5, () => ({ record: hangs, logsTail: hangs }));
    world.service.behaviour.script = [{ after: 2, status: "failed", returnCode: 3 }];
    const { seconds, failure, message } = await world.ended(
      createExecution({ ...world.context, poller: shows(world, "failed") }, desired, { signal: world.signal }),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    // It was seen when the wait began.
    expect(message).toMatch(/^LYC3021: .*run-1\. Its last status was failed, 5 s ago\./);
  });

  test("while a duplicate run is ended answers the id", async () => {
    const world = cancelled(20);
    const context = { ...world.context, duplicates: { ...world.context.duplicates, settled: hangs } };
    const { seconds, failure } = await world.ended(createExecution(context, desired, { signal: world.signal }));
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
  });

  test("of a run that is adopted by its id, while it is read, adopts nothing", async () => {
    const world = cancelled(5, () => ({ record: hangs, olderStatus: hangs }));
    const inputs = someInputs({ existingExecutionId: "run-9" });
    const { seconds, message } = await world.ended(createExecution(world.context, inputs, { signal: world.signal }));
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(seconds).toBeLessThanOrEqual(1);
  });

  test("that has reached its desired state is no failure, and leaves no listener behind", async () => {
    const world = createWorld();
    const { signal } = new AbortController();
    expect(await createExecution(world.context, someInputs(), { signal })).toMatchObject({ status: "running" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
