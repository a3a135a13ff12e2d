import { deleteResource } from "../delete/delete";
import { foldersOf } from "../run/mounts";
import type { RunRemoval } from "../run/uploads";
import { modelError, refusedStart } from "../testing/model-service";
import { inputsWithMount as inputs, uploadsWith } from "../testing/uploads";
import { afterUnclear, createWorld, NEVER, recordedAs, runtimeOf, type World } from "../testing/world";
import { updateExecution } from "../update/update";
import { createExecution } from "./create";

// Tests what happens to the stored files of a start that has no run. Time is virtual.

/** A world whose bucket only records the calls that it gets, in order. */
function withBucket(world: World, failure?: Error) {
  const asked: string[] = [];
  const removed: RunRemoval[] = [];
  const note = async (what: string): Promise<void> => {
    asked.push(what);
    if (failure !== undefined) throw failure;
  };
  const uploads = uploadsWith({
    mountPath: () => "/bucket",
    folder: () => "r/",
    async store({ run }) {
      asked.push("store");
      return `r/runs/${run}/`;
    },
    likelyFolder: ({ run }) => `r/runs/${run}/`,
    find: async ({ run }) => `r/runs/${run}/`,
    release: ({ run }) => note(`release ${run.replace(/-.*/, "")}`),
    async remove(removal) {
      removed.push(removal);
      await note(`remove ${removal.folders.run}`);
    },
  });
  return { ...world, context: { ...world.context, uploads }, asked, removed };
}

describe("after a start that was refused", () => {
  const refused = () => {
    const world = createWorld();
    world.service.behaviour.starts = [refusedStart(422)];
    return world;
  };

  test("its files are released, and the error of the start is thrown", async () => {
    const world = withBucket(refused());
    await expect(createExecution(world.context, inputs())).rejects.toThrow("422");
    expect(world.asked).toEqual(["store", "release r/runs/1"]);
  });

  test("a bucket that does not answer is a warning", async () => {
    const world = withBucket(refused(), new Error("LYC6004: down."));
    await expect(createExecution(world.context, inputs())).rejects.toThrow("422");
    expect(world.reported).toContainEqual(expect.stringMatching(/^warning: Files of a start .* r\/runs\/1-.* LYC6004/));
  });

  test.each([
    [29, 0],
    [31, 1],
  ])("a bucket that answers after %i s causes %i warnings", async (seconds, warnings) => {
    const { context, clock, reported } = withBucket(refused());
    const release = async (_folders: unknown, signal: AbortSignal) => {
      await clock.sleep(seconds);
      signal.throwIfAborted();
    };
    const late = { ...context, uploads: { ...context.uploads, release } };
    await expect(createExecution(late, inputs())).rejects.toThrow("422");
    expect(reported.filter((line) => line.startsWith("warning: Files of a start"))).toHaveLength(warnings);
  });

  test("nothing is released if the engine is gone, because another command may use the files", async () => {
    const world = withBucket(createWorld());
    world.engine.alive = false;
    await expect(createExecution(world.context, inputs())).rejects.toThrow("LYC3008");
    expect(world.asked).toEqual(["store"]);
  });
});

test.each([
  ["are removed once the next run has started", [], ["store", "store", "remove 1"]],
  ["stay if the next start is refused", [refusedStart(422)], ["store", "store", "release 2"]],
])("the files of a failed attempt %s", async (_what, starts, expected) => {
  const world = withBucket(createWorld());
  const { behaviour } = world.service;
  behaviour.script = [{ after: 5, status: "system_failure" }];
  world.clock.at(3, () =>
    Object.assign(behaviour, { starts, script: [{ after: 5, status: "completed", returnCode: 0 }] }),
  );
  const given = inputs({ waitFor: "completed", retries: { attempts: 2 } });
  await createExecution(world.context, given).catch(() => undefined);
  expect(world.asked.map((call) => call.replace(/ r\/runs\/(\d).*/, " $1"))).toEqual(expected);
});

const filesPrefix = "r/runs/1-x/";

describe("after a start without a clear answer", () => {
  test("that made no run, its files are released before the next start", async () => {
    const { next, outputs } = await afterUnclear(false);
    const world = withBucket(next());
    await updateExecution(world.context, { ...outputs, filesPrefix }, inputs());
    expect(world.asked).toEqual(["release r/runs/1", "store"]);
  });

  test.each([
    ["r/", ["h1"]],
    ["renamed/", []],
  ])("whose run is over, what the run has not changed is removed (new folder: %s)", async (folder, planned) => {
    const { next, outputs, clock } = await afterUnclear(false);
    await clock.sleep(100_000);
    const world = withBucket(next());
    const context = {
      ...world.context,
      uploads: { ...world.context.uploads, folder: (urn: string) => (urn === inputs().urn ? folder : "") },
    };
    await updateExecution(context, { ...outputs, filesPrefix }, inputs());
    expect(world.asked).toEqual(["remove r/runs/1-x/", "store"]);
    expect(world.removed).toMatchObject([{ folders: foldersOf(filesPrefix), planned: new Set(planned) }]);
  });

  test("at another base URL, its files stay with a warning", async () => {
    const { next, outputs, clock } = await afterUnclear(false);
    await clock.sleep(100_000);
    const world = withBucket(next());
    await updateExecution(world.context, { ...outputs, filesPrefix, baseUrl: "https://other.example" }, inputs());
    expect(world.asked).toEqual(["store"]);
    expect(world.reported).toContainEqual(expect.stringMatching(/^warning: The files of the start .*other\.example/));
  });
});

describe("the deletion of a start without a clear answer", () => {
  const remove = ({ context }: World, id: string, outputs: Parameters<typeof recordedAs>[1]) =>
    deleteResource(runtimeOf(context), { state: recordedAs(id, { ...outputs, filesPrefix }), signal: NEVER });

  test("names the files as long as a run may use them", async () => {
    const { next, id, outputs } = await afterUnclear(false);
    const world = withBucket(next());
    await remove(world, id, outputs);
    expect(world.asked).toEqual([]);
    expect(world.reported).toContainEqual(
      expect.stringMatching(/^notice: The files of the start .* in r\/runs\/1-x\/\./),
    );
  });

  test("removes the files once the run must have ended, and a failure names the start key", async () => {
    const { next, id, outputs, clock } = await afterUnclear(false);
    await clock.sleep(100_000);
    const world = withBucket(next());
    await remove(world, id, outputs);
    expect(world.asked).toEqual(["remove r/runs/1-x/"]);
    const failing = withBucket(next(), modelError(500));
    await expect(remove(failing, id, outputs)).rejects.toThrow(`LYC3025: Run ${outputs.startKey} has ended`);
  });

  test("leaves the files with onDelete leave", async () => {
    const { next, id, outputs, clock } = await afterUnclear(false);
    await clock.sleep(100_000);
    const world = withBucket(next());
    await remove(world, id, { ...outputs, onDelete: "leave" });
    expect(world.asked).toEqual([]);
  });
});
