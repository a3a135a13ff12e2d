import { isUnclear } from "../../schema/run-id";
import type { SharedSnapshot } from "../account/shared-snapshot";
import { identify } from "../run/identity/identity";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs, startsOf, type World } from "../testing/world";
import { deadlineIn } from "../watch/deadline";
import { createExecution } from "./create";
import { lookUpRuns } from "./lookup";

// Tests what a lookup reads before a start, and when it prevents the start. Time is virtual.

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });

/** Makes a world in which an earlier command has started a run of the resource, and returns a new command in it. */
async function nextCommand(more: Record<string, unknown> = {}) {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const outputs = await createExecution(first.context, accepted(more));
  await first.clock.sleep(5);
  first.service.calls.length = 0;
  return { ...createWorld(first), outputs };
}

describe("an end that only a status word of a list shows", () => {
  const listedAsFailed = async (change: (world: World) => void = () => undefined, inputs = accepted()) => {
    const world = await nextCommand();
    world.service.behaviour.listedAs = "failed";
    change(world);
    const result = await createExecution(world.context, inputs).catch((error: Error) => error.message);
    return { result, starts: startsOf(world), calls: world.service.calls };
  };

  test("is read, and a run that is active is adopted", async () => {
    const { result, starts, calls } = await listedAsFailed();
    expect(result).toMatchObject({ executionId: "run-1", status: "running" });
    expect(starts).toBe(0);
    expect(calls).toContain("record run-1");
  });

  test("stops the create if no call answers clearly", async () => {
    const { result, starts } = await listedAsFailed(({ service }) => {
      service.behaviour.failing = { record: modelError(500), olderStatus: modelError(500) };
    });
    expect([result, starts]).toEqual(["model 500", 0]);
  });

  test("counts if every call that would show the run is refused", async () => {
    const { starts } = await listedAsFailed(
      ({ service }) => {
        service.behaviour.failing = { record: modelError(403), olderStatus: modelError(403) };
      },
      accepted({ whenFailed: "rerun" }),
    );
    expect(starts).toBe(1);
  });
});

describe("before a start whose run no list would show", () => {
  const started = async (record: number, olderStatus: number, change: (world: World) => void = () => undefined) => {
    const world = createWorld();
    world.service.behaviour.failing = {
      listActive: modelError(403),
      ...(record === 0 ? {} : { record: modelError(record) }),
      ...(olderStatus === 0 ? {} : { olderStatus: modelError(olderStatus) }),
    };
    change(world);
    const result = await createExecution(world.context, someInputs({ waitFor: "running", clocks: { total: 9 } })).catch(
      (error: Error) => error.message,
    );
    const reads = world.service.calls.filter((call) => /^(record|olderStatus)/.test(call)).slice(0, 2);
    return { starts: startsOf(world), result, reads };
  };
  const ofAnother = ({ service }: World) => {
    void service.client.start({ compose_file_code: "", file_name: "another" });
    for (const run of service.runs) service.end(run, "completed", 0);
    service.calls.length = 0;
  };

  test.each([
    ["both calls are refused", 403, 403, undefined, 0],
    ["the record is refused, and the older status fails", 403, 500, undefined, 1],
    ["the record fails", 500, 403, undefined, 1],
    ["the record is refused, and the older status does not know the id", 403, 404, undefined, 1],
    ["the record does not know the id", 404, 403, undefined, 1],
    ["the record of a known run is refused with 404", 404, 403, ofAnother, 0],
  ] as const)("%s (%d, %d)", async (_, record, olderStatus, change, starts) => {
    const found = await started(record, olderStatus, change);
    expect(found.starts).toBe(starts);
    if (starts === 0) expect(found.result).toMatch(/^LYC3017: No call would show whether the run is running: /);
  });

  test.each([
    ["of a known run, if there is one", ofAnother, "run-1"],
    ["that no run has, if none is known", undefined, "pulumi-lyceum-no-such-run"],
  ] as const)("the calls are tested with an id %s", async (_, change, id) => {
    expect((await started(403, 403, change)).reads).toEqual([`record ${id}`, `olderStatus ${id}`]);
  });

  test("waitFor accepted needs no such call", async () => {
    const world = createWorld();
    const refused = modelError(403);
    world.service.behaviour.failing = { listActive: refused, record: refused, olderStatus: refused };
    expect(isUnclear(await createExecution(world.context, accepted()))).toBe(false);
  });
});

/** The result of a lookup, and how far back it reached in seconds. */
async function lookedUp(world: World, more: Record<string, unknown>, unclear?: Partial<ExecutionOutputs>) {
  const inputs = accepted(more);
  const reached: number[] = [];
  const read: SharedSnapshot["read"] = (options) => {
    reached.push(options.reachBack);
    return world.context.sharedSnapshot.read(options);
  };
  const deadline = deadlineIn(world.clock, 60);
  const context = { ...world.context, sharedSnapshot: { read } };
  const lookup = await lookUpRuns(context, inputs, identify(inputs), deadline, unclear as ExecutionOutputs | undefined);
  return { ...lookup, reached };
}

describe("a lookup", () => {
  const HOUR = 3600;
  test.each([
    ["the ended runs that may be adopted", 600, undefined, 600],
    ["a recorded start that is older", 600, 900, 900],
    ["no further than for ended runs if the recorded start is younger", 600, 60, 600],
  ])("reaches back an hour more than to %s", async (_, adoptEndedWithin, secondsAgo, seconds) => {
    const world = createWorld();
    const requestedAt = new Date(world.clock.now() - (secondsAgo ?? 0) * 1000).toISOString();
    const unclear = secondsAgo === undefined ? undefined : { requestedAt };
    expect((await lookedUp(world, { adoptEndedWithin }, unclear)).reached).toEqual([seconds + HOUR]);
  });

  test("does not decide about a recorded start whose key cannot be read", async () => {
    const { outputs, ...world } = await nextCommand();
    expect(await lookedUp(world, {}, { ...outputs, startKey: "other" })).not.toHaveProperty("unclear");
    const key = `${outputs.startKey.slice(0, 24)}zzzz`;
    expect(await lookedUp(world, { triggers: ["edited"] }, { ...outputs, startKey: key })).toHaveProperty("unclear");
  });

  test("shows when a run ended, if a list shows only that it has ended", async () => {
    const { outputs, ...world } = await nextCommand();
    const endedAt = new Date(world.clock.now()).toISOString();
    for (const run of world.service.runs) world.service.end(run, "failed", 3);
    const { listActive } = world.service.client;
    const bare = { executionId: "run-1", status: "failed", fileName: outputs.startKey };
    world.service.client.listActive = async () => ({ ...(await listActive()), executions: [bare] });
    world.service.client.history = async () => ({ executions: [], unreadable: 0, hasMore: false });
    expect((await lookedUp(world, {})).snapshot.active).toEqual([{ ...bare, endedAt }]);
    expect(world.service.calls).not.toContain("logsTail");
  });

  test.each([
    [
      "a stopped run by the end of its job, which has ended with 0",
      "timeout",
      ["worker-1 exited with code 0"],
      "completed",
    ],
    [
      "a stopped run by the end of its job, which has ended with 3",
      "timeout",
      ["worker-1 exited with code 3"],
      "failed",
    ],
    ["a stopped run whose job has not ended as it is", "timeout", [], "timeout"],
    ["a completed run as it is", "completed", ["worker-1 exited with code 3"], "completed"],
    ["an active run as it is", undefined, ["worker-1 exited with code 0"], "running"],
  ])("shows %s", async (_, ended, output, status) => {
    const given = {
      job: "worker",
      composeFileCode: "services: {worker: {image: i, depends_on: [db]}, db: {image: i}}",
    };
    const world = await nextCommand(given);
    for (const run of world.service.runs) if (ended !== undefined) world.service.end(run, ended);
    world.service.behaviour.output = output;
    const { active, history } = (await lookedUp(world, given)).snapshot;
    expect([...active, ...history][0]).toMatchObject({ status });
  });
});

describe("a run of the resource that is active when another one is started", () => {
  const startedNext = async (change: (world: World) => void, more: Record<string, unknown>) => {
    const world = await nextCommand();
    await world.service.client.start({ compose_file_code: "", file_name: "another" });
    change(world);
    await createExecution(world.context, accepted(more));
    const isKnown = (executionId: string) => world.context.processCache.isKnownById({ executionId });
    return { started: startsOf(world) - 1, known: ["run-1", "run-2"].filter(isKnown) };
  };

  test("counts as known in a forced replacement, after which the engine deletes the run", async () => {
    const force = ({ context }: World) => {
      const { urn } = accepted();
      context.processCache.rememberOldInputs(urn, { urn, values: {} });
    };
    expect(await startedNext(force, {})).toEqual({ started: 1, known: ["run-1"] });
  });

  test("stays unknown if the inputs have changed", async () => {
    expect(await startedNext(() => undefined, { triggers: ["edited"] })).toEqual({ started: 1, known: [] });
  });
});

test("a start that has to be verified stops if the lists show active runs without any name", async () => {
  const world = await nextCommand();
  world.service.behaviour.hideFileNames = true;
  const work = createExecution(world.context, accepted({ whenUnverified: "fail" }));
  await expect(work).rejects.toThrow("The service does not show file names, and 1 run is active");
  expect(startsOf(world)).toBe(0);
});

test("a start whose lookup is incomplete warns once of each call that failed", async () => {
  const world = createWorld();
  world.service.behaviour.failing = { history: modelError(403) };
  await createExecution(world.context, accepted());
  await createExecution(world.context, accepted({ $urn: "urn:pulumi:dev::shop::t::other" }));
  expect(world.reported.filter((line) => line.startsWith("warning"))).toEqual([
    expect.stringMatching(/^warning: LYC3015: GET \/billing\/history answered 403/),
  ]);
});
