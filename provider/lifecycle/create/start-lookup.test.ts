import { formatFileName, parseFileName, type StartKey } from "../run/identity/start-key";
import { cancelled } from "../testing/cancelled-world";
import { modelError, refusedStart, unclearStart } from "../testing/model-service";
import { createWorld, someInputs, startsOf, type World } from "../testing/world";
import { createExecution } from "./create";

// Tests what the provider looks up after an unclear or refused start, and for how long. Time is virtual.

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });
const nothingCame = unclearStart(false);

/** Returns how a create ended, the seconds that it took, and the starts that it sent. */
async function ended(world: Pick<World, "clock" | "context" | "service">, inputs = accepted()) {
  const begunAt = world.clock.now();
  const result = await createExecution(world.context, inputs).catch((error: Error) => error.message);
  return { result, seconds: (world.clock.now() - begunAt) / 1000, starts: startsOf(world) };
}
const unknownStart = expect.stringMatching(/^LYC3004: .*[a-z0-9]{28}/);

/** Makes a world whose first start has this answer. */
function withFirstStart(first: (world: World, request: Parameters<World["context"]["client"]["start"]>[0]) => unknown) {
  const world = createWorld();
  const { client } = world.context;
  let sent = 0;
  const start: typeof client.start = async (request, options) => {
    if (++sent > 1) return client.start(request, options);
    await first(world, request);
    return { kind: "unknown", error: modelError(500) };
  };
  return { ...world, context: { ...world.context, client: { ...client, start } } };
}

describe("the lookup after a start without a clear answer", () => {
  test("takes 30 s if lists can be read, and reaches as far back as the lookup before the start", async () => {
    const world = createWorld();
    world.service.behaviour.starts = [nothingCame];
    const { sharedSnapshot } = world.context;
    const snapshots: { readonly age: number; readonly reachBack: number }[] = [];
    const read: typeof sharedSnapshot.read = (options) => {
      snapshots.push({ age: world.clock.now() - options.notBefore, reachBack: options.reachBack });
      return sharedSnapshot.read(options);
    };
    const context = { ...world.context, sharedSnapshot: { read } };
    expect(await ended({ ...world, context })).toMatchObject({ result: { attempt: 1 }, seconds: 30, starts: 2 });
    expect(world.reported.join()).toMatch(/progress: the start got no clear answer \(LYC\d+\); looking for the run/);
    expect(world.reported.join()).toContain("created no run. The provider tries again");
    const [first, ...later] = snapshots;
    expect(later).toHaveLength(10);
    // A snapshot from before the start would not show the run of this start.
    for (const snapshot of later) expect(snapshot).toEqual({ age: 0, reachBack: first?.reachBack });
  });

  test("takes 30 s if lists can be read but prove nothing", async () => {
    const world = createWorld();
    world.service.behaviour.hideFileNames = true;
    world.service.behaviour.starts = [unclearStart(true)];
    expect(await ended(world)).toEqual({ result: unknownStart, seconds: 30, starts: 1 });
  });

  test.each([
    [{ queue: 10 }, "history", modelError(500), 30],
    [{ queue: 60 }, "listActive", modelError(500), 60],
    [{}, "history", modelError(500), 120],
    // A refused list proves nothing. The provider reads the list again as long as the refusal may be temporary.
    [{}, "history", modelError(403), 30],
    [{}, "history", modelError(429, 5), 120],
  ])("goes on while lists fail, within the queue clock: %j, %s, %s, %d s", async (clocks, call, error, seconds) => {
    const world = createWorld();
    world.service.behaviour.starts = [nothingCame];
    world.clock.at(0.5, () => {
      world.service.behaviour.failing = { [call]: error };
    });
    expect(await ended(world, accepted({ clocks }))).toEqual({ result: unknownStart, seconds, starts: 1 });
  });

  test.each([24, 20])("adopts the run of the start if the service shows %i letters of its name", async (shown) => {
    const world = createWorld();
    world.service.behaviour.fileNames = { show: (name) => name.slice(0, shown), readable: true };
    world.service.behaviour.starts = [unclearStart(true)];
    expect(await ended(world)).toMatchObject({ result: { executionId: "run-1" }, starts: 1 });
  });

  test("does not count a run without a visible name that this process has started meanwhile", async () => {
    const world = withFirstStart(async ({ context }, request) => {
      await context.client.start({ ...request, file_name: "another" });
      context.processCache.handled({ executionId: "run-1" });
    });
    world.service.behaviour.hideFileNames = true;
    expect(await ended(world)).toMatchObject({ result: { executionId: "run-2" } });
  });

  test("waits 120 s for a list that hangs, and reads one at a time", async () => {
    const world = createWorld();
    world.service.behaviour.starts = [nothingCame];
    const { sharedSnapshot } = world.context;
    let reads = 0;
    const read: typeof sharedSnapshot.read = (options) =>
      ++reads === 1 ? sharedSnapshot.read(options) : new Promise<never>(() => undefined);
    const { seconds, result } = await ended({ ...world, context: { ...world.context, sharedSnapshot: { read } } });
    expect([seconds, reads, result]).toEqual([120, 2, unknownStart]);
  });

  test.each<[string, Partial<StartKey>]>([
    ["of another resource", { resource: "0000000" }],
    ["with other inputs", { inputs: "0000000" }],
  ])("does not adopt a run %s that begins meanwhile", async (_name, other) => {
    const world = withFirstStart(({ context }, request) => {
      const key = { ...(parseFileName(request.file_name) as StartKey), ...other };
      return context.client.start({ ...request, file_name: formatFileName(key, "other") });
    });
    expect(await ended(world)).toMatchObject({ result: { executionId: "run-2", attempt: 1 } });
  });

  test.each([
    ["by its key", 24, false, 2],
    ["by its id, where names are cut before the attempt", 20, false, 1],
    ["by this process, where the first look did not show it", 20, true, 1],
  ])("does not adopt an earlier attempt that is known %s", async (_name, shown, isHidden, attempt) => {
    const first = createWorld();
    await createExecution(first.context, accepted());
    for (const run of first.service.runs) first.service.end(run, "aborted");
    const { behaviour } = first.service;
    behaviour.fileNames = { show: (name) => name.slice(0, shown), readable: true };
    behaviour.starts = [nothingCame];
    const second = createWorld(first);
    if (isHidden) {
      behaviour.lag = 3600;
      second.context.processCache.handled({ executionId: "run-1" });
      second.clock.at(0.5, () => {
        behaviour.lag = 0;
      });
    }
    expect(await ended(second)).toMatchObject({ result: { executionId: "run-2", attempt } });
  });
});

test.each([
  ["after the fourth", {}, 4],
  ["when the queue clock has run out", { queue: 30 }, 1],
  ["when the queue clock has run out later", { queue: 45 }, 2],
])("a create whose starts got no clear answer and made no run ends %s", async (_name, clocks, starts) => {
  const world = createWorld();
  world.service.behaviour.starts = Array.from({ length: 6 }, () => nothingCame);
  expect(await ended(world, accepted({ clocks }))).toEqual({
    result: expect.stringMatching(new RegExp(`^LYC3012: The start got no clear answer ${starts} times`)),
    seconds: starts * 30,
    starts,
  });
});

test.each([
  [{}, 20, { result: expect.anything(), seconds: 30, starts: 2 }],
  [{}, 50, { result: expect.anything(), seconds: 50, starts: 2 }],
  [{ queue: 45 }, 50, { result: expect.stringMatching(/^LYC3012: .* 1 times/), seconds: 30, starts: 1 }],
])("a start that made no run is sent again after its Retry-After: %j, %d s", async (clocks, retryAfterSeconds, end) => {
  const world = createWorld();
  const error = modelError(503, retryAfterSeconds);
  world.service.behaviour.starts = [{ commit: false, outcome: () => ({ kind: "unknown", error }) }];
  expect(await ended(world, accepted({ clocks }))).toEqual(end);
});

describe("a refused start", () => {
  test.each([
    [5, { queue: 30 }, 30, 7],
    [7, { queue: 30 }, 28, 5],
    [5, { total: 20 }, 20, 5],
  ])(
    "is sent again every %p s as the service asks, within queue and total clock: %j",
    async (retryAfterSeconds, clocks, seconds, starts) => {
      const world = createWorld();
      world.service.behaviour.starts = Array.from({ length: 20 }, () => refusedStart(429, retryAfterSeconds));
      expect(await ended(world, accepted({ clocks }))).toEqual({ result: "model 429", seconds, starts });
    },
  );

  test("is not sent again if the service does not ask for it", async () => {
    const world = createWorld();
    world.service.behaviour.starts = [refusedStart()];
    expect(await ended(world, accepted({}))).toEqual({ result: "model 400", seconds: 0, starts: 1 });
  });

  test("that was cancelled meanwhile is reported as cancelled", async () => {
    const world = cancelled(2, ({ clock }) => ({
      client: {
        start: async () => {
          await clock.sleep(7);
          return { kind: "refused", error: modelError(402) };
        },
      },
    }));
    expect((await world.created()).message).toMatch(/^LYC3021: .*Nothing was started\./);
  });
});
