import { getEventListeners } from "node:events";
import type { ExecutionOutputs } from "../run/record";
import { type Altered, cancelled, desired, hangs, recorded } from "../testing/cancelled-world";
import { modelError, refusedStart, unclearStart } from "../testing/model-service";
import { abortsOf, createWorld, someInputs, startsOf, type World } from "../testing/world";
import { updateExecution } from "../update/update";
import { createExecution } from "./create";

// After a cancel, every wait must end within a second, and no id may be lost. Time is virtual.

describe("create", () => {
  test("that was cancelled before it began sends nothing", async () => {
    const world = createWorld();
    const work = createExecution(world.context, desired, { signal: AbortSignal.abort() });
    await expect(work).rejects.toThrow(/^LYC3021: .*Nothing was started\./);
    expect(world.service.calls).toEqual([]);
  });

  const adoption = someInputs({ existingExecutionId: "run-9" });
  /** A lookup that takes longer than the cancel. */
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
  ])("cancelled while it %s starts nothing, then or later (%d sent before)", async (_name, sent, inputs, alter) => {
    const world = cancelled(20, alter);
    const { seconds, message, failure } = await world.created(inputs);
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
    expect(failure).toBeUndefined();
    expect(seconds).toBeLessThanOrEqual(1);
    await world.clock.sleep(300);
    expect(startsOf(world)).toBe(sent);
  });

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
    expect(seconds).toBeGreaterThan(5);
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

  test("that is cancelled while it waits for its run returns the id, and the run continues", async () => {
    const world = cancelled(20);
    const { seconds, message, failure } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(message).toMatch(/^LYC3021: .*run-1.*last status was running.*The run continues and its id is saved\./);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(abortsOf(world)).toEqual([]);
    // The next command resumes the wait.
    const next = createWorld(world);
    const resumed = await updateExecution(next.context, failure?.outputs as ExecutionOutputs, someInputs());
    expect(resumed).toMatchObject({ executionId: "run-1", status: "running" });
    expect(world.service.runs).toHaveLength(1);
  });

  test.each([
    ["answered", false, "Its abort was sent and its id is saved."],
    ["never answered", true, "Its abort was sent, but Lyceum has not answered it yet. Its id is saved."],
  ])("aborts the run where that is asked for; the abort is %s", async (_name, isLost, text) => {
    let sent: AbortSignal | undefined;
    const world = cancelled(20, ({ service }) => ({
      client: {
        abort: async (id, options) => {
          sent = options?.signal;
          await service.client.abort(id, options);
          return isLost ? hangs() : { kind: "found", value: {} };
        },
      },
    }));
    const { seconds, message, failure } = await world.created(desired, "abort");
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect(message).toContain(`${text} \`whenAborted\` decides`);
    expect(failure?.outputs.abortSent).toBe(true);
    expect(abortsOf(world)).toEqual(["run-1"]);
    // The client aborts the unanswered request. Otherwise its connection would keep the process alive.
    await world.clock.sleep(1);
    expect(sent?.aborted).toBe(true);
  });

  test.each([
    [500, "Its abort got no clear answer (POST /workloads/abort/{id} answered 500), so the run may continue."],
    [409, "Its abort got no clear answer (POST /workloads/abort/{id} answered 409), so the run may continue."],
    [403, "It was not aborted (POST /workloads/abort/{id} answered 403), so the run continues."],
  ])("reports an abort that was answered %d as unclear or refused", async (status, text) => {
    const world = cancelled(20);
    world.service.behaviour.failing = { abort: modelError(status) };
    const { message, failure } = await world.created(desired, "abort");
    expect(message).toMatch(/^LYC3021: .*run-1/);
    expect(failure?.outputs.abortSent === true).toBe(status !== 403);
    expect(message).toContain(`${text} Its id is saved. Run the command again`);
  });

  test("reports an abort that was answered 404 as unclear", async () => {
    const world = cancelled(20);
    world.clock.at(19, () => world.service.behaviour.forgotten.add("run-1"));
    const { message } = await world.created(desired, "abort");
    expect(message).toContain(
      "Its abort got no clear answer (POST /workloads/abort/{id} answered 404), so the run may",
    );
  });

  test.each([{}, { existingExecutionId: "run-1" }])("never aborts a run that is to be left alone: %p", async (more) => {
    const world = cancelled(20);
    if ("existingExecutionId" in more) await recorded(createWorld(world));
    const { message } = await world.created(someInputs({ waitFor: "completed", onDelete: "leave", ...more }), "abort");
    expect(message).toMatch(/^LYC3021: .*The run continues and its id is saved\./);
    expect(abortsOf(world)).toEqual([]);
  });

  test("that is cancelled while it reads why a run failed returns the id", async () => {
    const world = cancelled(5, ({ context }) => ({
      client: { record: hangs, logsTail: hangs },
      poller: { ...context.poller, watch: async (_id, see) => see({ kind: "status", status: "failed" }) ?? "deadline" },
    }));
    const { seconds, failure, message } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    // The status was observed before the cancel.
    expect(message).toMatch(/^LYC3021: .*run-1\. Its last status was failed, 5 s ago\./);
  });

  test("that is cancelled while a duplicate run is ended returns the id", async () => {
    const world = cancelled(20, ({ context }) => ({ duplicates: { ...context.duplicates, settled: hangs } }));
    const { seconds, failure } = await world.created();
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
  });

  test("that has reached its desired state does not fail, and removes its listener", async () => {
    const world = createWorld();
    const { signal } = new AbortController();
    expect(await createExecution(world.context, someInputs(), { signal })).toMatchObject({ status: "running" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
