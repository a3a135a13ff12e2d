import type { LyceumPort } from "../../lyceum/port";
import type { RunUpload, Uploads } from "../run/uploads";
import { inputsWithMount as inputs, uploadsWith } from "../testing/uploads";
import { createWorld, startsOf, type World } from "../testing/world";
import { createExecution, rehearseCreate } from "./create";

/** A world whose bucket only records the calls that it gets. */
function worldWithBucket(
  shared?: World,
  store: (upload: RunUpload, signal: AbortSignal) => Promise<void> = async () => undefined,
) {
  const world = createWorld(shared);
  const asked: RunUpload[] = [];
  const released: string[] = [];
  const uploads = uploadsWith({
    mountPath: () => "/bucket",
    folder: (_urn, scope) => `r-${scope}/`,
    async store(upload, signal) {
      asked.push(upload);
      await store(upload, signal);
      return `${upload.resource}runs/${upload.run}/`;
    },
    likelyFolder: ({ resource, run }) => `${resource}runs/${run}/`,
    release: async ({ run }) => void released.push(run.replace(/^.*(runs\/\d).*$/, "$1")),
    find: async ({ resource, run }) => `${resource}runs/${run}-2/`,
  });
  return { ...world, context: { ...world.context, uploads }, asked, released };
}

test("files are stored before the start, and the text of the start has their paths", async () => {
  const starts: number[] = [];
  const world = worldWithBucket(undefined, async () => void starts.push(startsOf(world)));
  const sent: unknown[] = [];
  const client: LyceumPort = {
    ...world.context.client,
    start: (request, options) => {
      sent.push(request);
      return world.service.client.start(request, options);
    },
  };
  const { filesPrefix = "" } = await createExecution({ ...world.context, client }, inputs());
  expect(starts).toEqual([0]);
  expect(filesPrefix).toMatch(/^r-[a-z0-9]{6}\/runs\/1-[a-z0-9]{7}\/$/);
  const text = expect.stringContaining(`'/bucket/${filesPrefix}out:/out'`);
  expect(sent).toMatchObject([{ compose_file_code: text, enable_s3_mount: true }]);
});

test("if a file cannot be stored, one error says so, and nothing is started", async () => {
  const world = worldWithBucket(undefined, () => Promise.reject(new Error("LYC6003: The bucket is full.")));
  await expect(createExecution(world.context, inputs())).rejects.toThrow(/^LYC3024: .* LYC6003: The bucket is full/);
  expect(startsOf(world)).toBe(0);
});

test("a text with a path of other files is not sent", async () => {
  const world = worldWithBucket();
  const other = `/mnt/s3/FILES/${"h2".repeat(12)}`;
  const composeText = `services: {a: {image: i, volumes: ['${other}/deep:/in']}}`;
  await expect(createExecution(world.context, { ...inputs(), composeText })).rejects.toThrow(
    `LYC3024: Not all files of mounts are in the bucket, so nothing was started. The text mounts ${other}, which`,
  );
  expect([startsOf(world), world.asked]).toEqual([0, []]);
});

test("a run that an interrupted command started is adopted with its folder, and nothing is stored again", async () => {
  const first = worldWithBucket();
  const { filesPrefix, executionId } = await createExecution(first.context, inputs());
  const second = worldWithBucket(first);
  const found = filesPrefix?.replace(/\/$/, "-2/");
  expect(await createExecution(second.context, inputs())).toMatchObject({ executionId, filesPrefix: found });
  expect(second.asked).toEqual([]);
});

test.each([
  ["fails", () => Promise.reject(new Error("LYC6004: The bucket did not answer."))],
  [
    "hangs",
    (signal: AbortSignal) =>
      new Promise<string>((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason))),
  ],
])("a run is adopted even if the bucket %s: with its likely folder, and a warning", async (_how, answer) => {
  const first = worldWithBucket();
  const { filesPrefix = "", executionId } = await createExecution(first.context, inputs());
  const second = worldWithBucket(first);
  const find: Uploads["find"] = (_names, signal) => answer(signal);
  const context = { ...second.context, uploads: { ...second.context.uploads, find } };
  expect(await createExecution(context, inputs())).toMatchObject({ executionId, filesPrefix });
  expect(second.reported).toContainEqual(expect.stringMatching(`^warning: The bucket does not show .* ${filesPrefix}`));
});

test("the clocks of the run begin after the files are stored", async () => {
  const world = worldWithBucket(undefined, () => world.clock.sleep(90));
  expect(await createExecution(world.context, inputs({ clocks: { total: 30 } }))).toMatchObject({
    executionId: "run-1",
  });
});

test.each([
  ["the upload takes longer", 40, 30, "LYC3024"],
  ["the run takes longer than the rest", 20, 30, "LYC3002: The total clock (30 s)"],
])("customTimeouts limits the upload too: %s", async (_what, seconds, create, code) => {
  const world = worldWithBucket(undefined, async (_upload, signal) => {
    await world.clock.sleep(seconds, signal);
    signal.throwIfAborted();
  });
  world.service.behaviour.script = [{ after: 15, status: "running" }];
  const given = inputs({ waitFor: "running", $timeouts: { create } });
  await expect(createExecution(world.context, given)).rejects.toThrow(code);
  expect(startsOf(world)).toBe(seconds < create ? 1 : 0);
});

test("after a cancel, nothing is started", async () => {
  const cancel = new AbortController();
  const world = worldWithBucket(undefined, async () => cancel.abort());
  await expect(createExecution(world.context, inputs(), { signal: cancel.signal })).rejects.toThrow("LYC3021");
  expect(startsOf(world)).toBe(0);
});

test("a run that another command starts during a long upload is adopted, and no second one is started", async () => {
  const world = worldWithBucket(undefined, async () => {
    await world.clock.sleep(600);
    if (startsOf(world) === 0) await createExecution(worldWithBucket(world).context, inputs());
    await world.clock.sleep(60);
  });
  expect(await createExecution(world.context, inputs())).toMatchObject({ executionId: "run-1" });
  expect([startsOf(world), world.released]).toEqual([1, []]);
});

test("if a run that another command started fails during a long upload, the files are stored for the next attempt", async () => {
  const world = worldWithBucket(undefined, async () => {
    await world.clock.sleep(600);
    if (startsOf(world) > 0) return;
    await createExecution(worldWithBucket(world).context, inputs());
    world.service.end(world.service.runs[0] as never, "failed", 3);
    await world.clock.sleep(60);
  });
  const awaited = inputs({ waitFor: "completed" });
  expect(await createExecution(world.context, awaited)).toMatchObject({ executionId: "run-2", attempt: 2 });
  expect([world.asked.length, world.released]).toEqual([2, ["runs/1"]]);
});

test.each([
  [2, 1],
  [2.001, 2],
])("after an upload of %d s, the lists of active runs were read %d times", async (seconds, reads) => {
  const world = worldWithBucket(undefined, () => world.clock.sleep(seconds));
  await createExecution(world.context, inputs({ waitFor: "accepted" }));
  expect(world.service.calls.filter((call) => call === "listActive")).toHaveLength(reads);
});

test("a long upload without another command is followed by one start", async () => {
  const world = worldWithBucket(undefined, () => world.clock.sleep(600));
  expect(await createExecution(world.context, inputs())).toMatchObject({ executionId: "run-1", attempt: 1 });
  expect([startsOf(world), world.asked.length]).toEqual([1, 1]);
});

test("the rehearsal of a replacement stores its files, and fails if they cannot be stored", async () => {
  const world = worldWithBucket();
  await rehearseCreate(world.context, inputs());
  expect([world.asked.length, startsOf(world)]).toEqual([1, 0]);
  const full = worldWithBucket(undefined, () => Promise.reject(new Error("LYC6003: The bucket is full.")));
  await expect(rehearseCreate(full.context, inputs())).rejects.toThrow(/^LYC3024: /);
});
