import { cancelled, desired } from "../testing/cancelled-world";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import { createExecution } from "./create";
import { formatFileName, parseFileName, type StartKey } from "./start-key";

// A start that gets no clear answer, or none that holds: what is looked for, and for how long. Time is virtual.

type World = ReturnType<typeof createWorld>;

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });
const startsOf = ({ service }: World) => service.calls.filter((call) => call.startsWith("start ")).length;
const nothingCame: World["service"]["behaviour"]["starts"][number] = {
  commit: false,
  outcome: (error) => ({ kind: "unknown", error }),
};

/** How a create ended, after how many seconds and starts. */
async function ended(world: World, inputs = accepted()) {
  const begunAt = world.clock.now();
  const result = await createExecution(world.context, inputs).catch((error: Error) => error.message);
  return { result, seconds: (world.clock.now() - begunAt) / 1000, starts: startsOf(world) };
}

describe("the lookup after a start without a clear answer", () => {
  test("takes 30 s where lists can be read, and reads as far back as the one before the start", async () => {
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
    const [first, ...later] = snapshots;
    expect(later).toHaveLength(10);
    // An older snapshot would not show what the start has made.
    for (const snapshot of later) expect(snapshot).toEqual({ age: 0, reachBack: first?.reachBack });
  });

  test("takes 30 s where they can be read but prove nothing", async () => {
    const world = createWorld();
    world.service.behaviour.hideFileNames = true;
    world.service.behaviour.starts = [{ ...nothingCame, commit: true }];
    expect(await ended(world)).toEqual({ result: expect.stringMatching(/^LYC3004: /), seconds: 30, starts: 1 });
  });

  test.each([
    [{ queue: 10 }, 30],
    [{ queue: 60 }, 60],
    [{}, 120],
  ])("goes on while lists fail, within the queue clock, for 30 s to 120 s: %j", async (clocks, seconds) => {
    const world = createWorld();
    world.service.behaviour.starts = [nothingCame];
    world.clock.at(0.5, () => {
      world.service.behaviour.failing = { history: modelError(500) };
    });
    const result = expect.stringMatching(/^LYC3004: /);
    expect(await ended(world, accepted({ clocks }))).toEqual({ result, seconds, starts: 1 });
  });

  test.each([
    [403, undefined, 30],
    [429, 5, 120],
  ])(
    "proves nothing while one list is refused with %d, and is repeated as long as that may pass",
    async (status, wait, seconds) => {
      const world = createWorld();
      world.service.behaviour.starts = [nothingCame];
      world.clock.at(0.5, () => {
        world.service.behaviour.failing = { history: modelError(status, wait) };
      });
      expect(await ended(world)).toEqual({ result: expect.stringMatching(/^LYC3004: /), seconds, starts: 1 });
    },
  );

  test("does not count a run that this process has started meanwhile, whose name nobody sees", async () => {
    const world = createWorld();
    world.service.behaviour.hideFileNames = true;
    const { client, processCache } = world.context;
    let sent = 0;
    const start: typeof client.start = async (request, options) => {
      if (++sent > 1) return client.start(request, options);
      await client.start({ ...request, file_name: "another" });
      processCache.handled("run-1");
      return { kind: "unknown", error: modelError(500) };
    };
    const { result } = await ended({ ...world, context: { ...world.context, client: { ...client, start } } });
    expect(result).toMatchObject({ executionId: "run-2" });
  });

  test.each([
    ["no key was ever seen", false, false, false],
    ["keys are seen since", false, true, true],
    ["keys were seen before", true, false, true],
  ])("says whether the next command finds the run: %s", async (_name, before, since, isFindable) => {
    const world = createWorld();
    const { service, clock } = world;
    service.behaviour.script = [{ after: 1, status: "running" }];
    const other = formatFileName(
      { ...(parseFileName("ssssssaaaaaaabbbbbbba1") as StartKey), resource: "0000000" },
      "other",
    );
    await service.client.start({ compose_file_code: "", file_name: other });
    service.behaviour.hideFileNames = !before;
    service.behaviour.starts = [nothingCame];
    clock.at(0.5, () => {
      service.behaviour.failing = { history: modelError(403) };
      service.behaviour.hideFileNames = !since;
    });
    const { result } = await ended(world);
    expect(result).toMatch(isFindable ? /^LYC3004: .*finds the run by its key/ : /^LYC3004: .*`existingExecutionId`/);
  });

  test("waits 120 s for a list that hangs, and asks for one at a time", async () => {
    const world = createWorld();
    world.service.behaviour.starts = [nothingCame];
    const { sharedSnapshot } = world.context;
    let reads = 0;
    const read: typeof sharedSnapshot.read = (options) =>
      ++reads === 1 ? sharedSnapshot.read(options) : new Promise<never>(() => undefined);
    const { seconds, result } = await ended({ ...world, context: { ...world.context, sharedSnapshot: { read } } });
    expect([seconds, reads, result]).toEqual([120, 2, expect.stringMatching(/^LYC3004: /)]);
  });

  test.each<[string, (key: StartKey) => StartKey]>([
    ["of another resource", (key) => ({ ...key, resource: "0000000" })],
    ["with other inputs", (key) => ({ ...key, inputs: "0000000" })],
  ])("does not take a run %s that begins meanwhile for its own", async (_name, alter) => {
    const world = createWorld();
    const { client } = world.context;
    let sent = 0;
    const start: typeof client.start = async (request, options) => {
      if (++sent > 1) return client.start(request, options);
      const key = parseFileName(request.file_name) as StartKey;
      await client.start({ ...request, file_name: formatFileName(alter(key), "other") });
      return { kind: "unknown", error: modelError(500) };
    };
    const { result } = await ended({ ...world, context: { ...world.context, client: { ...client, start } } });
    expect(result).toMatchObject({ executionId: "run-2", attempt: 1 });
  });

  test.each([
    ["by its key", 24, false, 2],
    ["by its id, where names are cut before the attempt", 20, false, 1],
    ["by this process, where the first look did not show it", 20, true, 1],
  ])("does not take an earlier attempt for its own, which is known %s", async (_name, shown, isHidden, attempt) => {
    const first = createWorld();
    await createExecution(first.context, accepted());
    for (const run of first.service.runs) first.service.end(run, "aborted");
    const { behaviour } = first.service;
    behaviour.fileNames = { show: (name) => name.slice(0, shown), readable: true };
    behaviour.starts = [nothingCame];
    const second = createWorld(first);
    if (isHidden) {
      behaviour.lag = 3600;
      second.context.processCache.handled("run-1");
      second.clock.at(0.5, () => {
        behaviour.lag = 0;
      });
    }
    expect(await ended(second)).toMatchObject({ result: { executionId: "run-2", attempt } });
  });
});

describe("starts without a clear answer of which nothing came", () => {
  test.each([
    ["after the fourth", {}, 4],
    ["when the queue clock has run out", { queue: 30 }, 1],
    ["when the queue clock has run out later", { queue: 45 }, 2],
  ])("end the create %s", async (_name, clocks, starts) => {
    const world = createWorld();
    world.service.behaviour.starts = Array.from({ length: 6 }, () => nothingCame);
    expect(await ended(world, accepted({ clocks }))).toEqual({
      result: expect.stringMatching(new RegExp(`^LYC3012: The start got no clear answer ${starts} times`)),
      seconds: starts * 30,
      starts,
    });
  });
});

describe("a refused start", () => {
  test.each([
    [5, 30, 7],
    [7, 28, 5],
  ])(
    "is tried again every %d s as the service asks, within the queue clock",
    async (retryAfterSeconds, seconds, starts) => {
      const world = createWorld();
      world.service.behaviour.starts = Array.from({ length: 20 }, () => ({
        commit: false,
        outcome: (error) => ({ kind: "refused" as const, error, retryAfterSeconds }),
      }));
      const inputs = accepted({ clocks: { queue: 30 } });
      expect(await ended(world, inputs)).toEqual({ result: "model 500", seconds, starts });
    },
  );

  test("that was cancelled meanwhile is reported as cancelled", async () => {
    const world = cancelled(2, ({ clock }) => ({
      start: async () => {
        await clock.sleep(7);
        return { kind: "refused", error: modelError(402) };
      },
    }));
    const { message } = await world.ended(createExecution(world.context, desired, { signal: world.signal }));
    expect(message).toMatch(/^LYC3021: .*Nothing was started\./);
  });
});

test.each([
  [{}, /^[a-z0-9]+-train$/],
  [{ fileName: "nightly" }, /^[a-z0-9]+-nightly$/],
])("a start sends the compose text, and a label behind its key: %j", async (more, fileName) => {
  const world = createWorld();
  await createExecution(world.context, accepted(more));
  expect(world.service.runs[0]?.request).toMatchObject({
    compose_file_code: "services:\n  worker:\n    image: busybox\n",
    file_name: expect.stringMatching(fileName),
  });
});
