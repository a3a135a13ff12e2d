import { getEventListeners } from "node:events";
import { createExecution } from "./create";
import { deleteExecution } from "./delete";
import { InitFailure } from "./errors";
import type { ExecutionOutputs } from "./outputs";
import { modelError } from "./testing/model-service";
import { createWorld, someInputs } from "./testing/world";
import { updateExecution } from "./update";

// Every wait of every operation ends within a second of its cancel, and never loses an id. Time is virtual.

type World = ReturnType<typeof createWorld>;
type Client = World["context"]["client"];

const GOING = [{ after: 1, status: "running" }];

/** A world with a cancel that fires after so many seconds, and a client of which some calls are replaced. */
function cancelled(afterSeconds: number, calls: (world: World) => Partial<Client> = () => ({})) {
  const world = createWorld();
  world.service.behaviour.script = GOING;
  const client = { ...world.context.client, ...calls(world) };
  const cancel = new AbortController();
  let firedAt = Number.NaN;
  void world.clock.sleep(afterSeconds).then(() => {
    firedAt = world.clock.now();
    cancel.abort();
  });
  /** How an operation ended, and how long after the cancel. Seconds. */
  async function ended(work: Promise<unknown>) {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const seconds = (world.clock.now() - firedAt) / 1000;
    const failure = error instanceof InitFailure ? (error as InitFailure<ExecutionOutputs>) : undefined;
    return { seconds, failure, message: failure?.reasons[0] ?? (error as Error | undefined)?.message };
  }
  return { ...world, context: { ...world.context, client }, signal: cancel.signal, ended };
}

/** Never answers, whatever becomes of its signal. */
const hangs = () => new Promise<never>(() => undefined);
const startsOf = ({ service }: World): number => service.calls.filter((call) => call.startsWith("start ")).length;
const desired = someInputs({ waitFor: "completed" });

/** A recorded run that goes on. */
async function recorded(world: Pick<World, "context">, inputs: Record<string, unknown> = {}) {
  return createExecution(world.context, someInputs(inputs));
}

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
      return { begunAt: 0, active: [], history: [], complete: true, gaps: [] };
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
    const world = cancelled(20, ({ service }) => ({
      abort: async (id, options) => {
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
    const { seconds, failure } = await world.ended(
      createExecution({ ...world.context, poller: shows(world, "failed") }, desired, { signal: world.signal }),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
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

describe("update", () => {
  test("while it waits for its run keeps the id", async () => {
    const world = cancelled(20);
    const outputs = await recorded(world);
    const { seconds, message, failure } = await world.ended(
      updateExecution(world.context, outputs, desired, { signal: world.signal }),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure).toMatchObject({ id: "run-1", outputs: { status: "running" } });
    expect(message).toMatch(/^LYC3021: /);
  });

  test.each([
    ["looks again for a lost run", { missing: "lost" as const }, { whenLost: "fail" }],
    ["reads why its run failed", { status: "failed" }, { whenFailed: "fail" }],
    ["sees what has happened since", {}, {}],
  ])("while it %s keeps the id", async (_name, state, inputs) => {
    const world = cancelled(30);
    const outputs = await recorded(world);
    const drift = { current: hangs };
    const client = { ...world.context.client, record: hangs, olderStatus: hangs, logsTail: hangs };
    const { seconds, message, failure } = await world.ended(
      updateExecution({ ...world.context, client, drift }, { ...outputs, ...state }, someInputs(inputs), {
        signal: world.signal,
      }),
    );
    expect(seconds).toBeLessThanOrEqual(1);
    expect(failure?.id).toBe("run-1");
    expect(message).toMatch(/^LYC3021: .*its id is saved\./);
  });

  test("leaves no listener behind", async () => {
    const world = createWorld();
    const outputs = await recorded(world);
    const { signal } = new AbortController();
    await updateExecution(world.context, outputs, desired, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("delete", () => {
  const ABORTED = "abort run-1";

  test("while its replacement is rehearsed aborts nothing", async () => {
    const world = cancelled(20);
    const outputs = await recorded(world);
    const replacement = { onDelete: "abort" as const, rehearse: hangs };
    const work = deleteExecution(world.context, outputs, replacement, world.signal);
    const { seconds, message } = await world.ended(work);
    expect(message).toMatch(/^LYC3021: .*run-1.*was not aborted.*stays in the state/);
    expect(seconds).toBeLessThanOrEqual(1);
    expect(world.service.calls).not.toContain(ABORTED);
  });

  test("that is cancelled by the end of the rehearsal aborts nothing", async () => {
    const world = cancelled(20);
    const outputs = await recorded(world);
    const rehearse = () => world.clock.sleep(25);
    const work = deleteExecution(world.context, outputs, { onDelete: "abort", rehearse }, world.signal);
    expect((await world.ended(work)).message).toMatch(/was not aborted/);
    await world.clock.sleep(60);
    expect(world.service.calls).not.toContain(ABORTED);
  });

  const waits: readonly (readonly [string, (world: World) => Partial<Client>, (world: World) => void])[] = [
    ["its abort is in flight", () => ({ abort: hangs }), () => undefined],
    [
      "its abort is proven",
      () => ({}),
      ({ service }) => {
        service.behaviour.stopTakes = 500;
      },
    ],
    [
      "a refused abort is settled by a read",
      () => ({ record: hangs, olderStatus: hangs }),
      ({ service }) => {
        service.behaviour.failing = { abort: modelError(409) };
      },
    ],
    [
      "nothing shows the run, and time passes",
      () => ({}),
      ({ service }) => {
        service.behaviour.stopTakes = 500;
        const calls = ["listActive", "history", "record", "olderStatus"];
        service.behaviour.failing = Object.fromEntries(calls.map((call) => [call, modelError(403)]));
      },
    ],
    ["its record is deleted", () => ({ deleteRecord: hangs }), () => undefined],
  ];

  test.each(waits)("while %s keeps the state", async (_name, calls, alter) => {
    const world = cancelled(20, calls);
    const outputs = await recorded(world, { deleteRecord: true });
    alter(world);
    const { seconds, message } = await world.ended(deleteExecution(world.context, outputs, undefined, world.signal));
    expect(message).toMatch(/^LYC3021: .*run-1.*stays in the state/);
    expect(seconds).toBeLessThanOrEqual(1);
    const before = world.service.calls.length;
    await world.clock.sleep(600);
    const later = world.service.calls.slice(before);
    expect(later.filter((call) => /^(abort|deleteRecord)/.test(call))).toEqual([]);
  });

  test("leaves no listener behind", async () => {
    const world = createWorld();
    const outputs = await recorded(world);
    const { signal } = new AbortController();
    await deleteExecution(world.context, outputs, undefined, signal);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

/** A poller that shows one status at once. */
function shows({ context }: World, status: string): World["context"]["poller"] {
  return { ...context.poller, watch: async (_id, see) => see({ kind: "status", status }) ?? "deadline" };
}
