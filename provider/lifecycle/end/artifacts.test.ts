import { createExecution } from "../create/create";
import { deleteExecution } from "../delete/delete";
import { decideDiff } from "../diff/diff-decision";
import { refreshExecution } from "../read/read";
import { InitFailure } from "../run/errors";
import type { ExecutionOutputs } from "../run/record/record";
import { createWorld, someInputs, startsOf, type World } from "../testing/world";
import { updateExecution } from "../update/update";
import { withShownArtifacts } from "./artifacts";

const declared = { enableS3Mount: true, artifacts: { model: "out/model.pt", metrics: "out/metrics.json" } };
const completed = { waitFor: "completed", ...declared };

/** A world in which a run ends after 10 s. The files are in the bucket from the given second on. */
function worldWith(files: Readonly<Record<string, number>>, returnCode = 0): World {
  const world = createWorld();
  world.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 10, status: returnCode === 0 ? "completed" : "failed", returnCode },
  ];
  for (const [key, second] of Object.entries(files)) {
    const store = () => put(world, key);
    if (second < 0) put(world, key, second);
    else world.clock.at(second, store);
  }
  return world;
}

function put({ bucket, clock }: World, key: string, seconds = 0, etag = `e-${key}`): void {
  const modified = new Date(clock.now() + seconds * 1000).toISOString();
  bucket.stored.set(key, { key, bytes: 3, etag, modified });
}

async function failureOf(work: Promise<unknown>): Promise<InitFailure<ExecutionOutputs>> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof InitFailure)) throw new Error(`no failure, but ${failure}`);
  return failure as InitFailure<ExecutionOutputs>;
}

const BOTH = { "out/model.pt": 9, "out/metrics.json": 9 };

test("a completed run has its artifacts, after one list", async () => {
  const world = worldWith({ ...BOTH, "out/other": 1 });
  const outputs = await createExecution(world.context, someInputs(completed));
  expect(outputs.artifacts).toEqual({
    model: { key: "out/model.pt", bytes: 3, etag: "e-out/model.pt", modified: expect.any(String) },
    metrics: expect.objectContaining({ key: "out/metrics.json" }),
  });
  expect(world.bucket.calls).toEqual(["list out/"]);
  const facts = {
    recorded: outputs,
    news: someInputs(completed),
    olds: someInputs(completed),
    unknown: [],
    scopeUnknown: false,
  };
  expect(decideDiff(facts).kind).toBe("same");
});

test("a file that arrives shortly after the end is found, even in place of a file of an earlier run", async () => {
  const world = worldWith({ "out/model.pt": -600, "out/metrics.json": 12 });
  world.clock.at(13, () => put(world, "out/model.pt"));
  const outputs = await createExecution(world.context, someInputs(completed));
  expect(Object.keys(outputs.artifacts ?? {})).toEqual(["model", "metrics"]);
  expect(world.reported.filter((line) => line.includes("LYC3028"))).toEqual([]);
});

test("a missing file fails the command and keeps the run; the next update looks once, and passes when the file is there", async () => {
  const world = worldWith({ "out/model.pt": 9, "output/metrics.json": 1 });
  const { id, outputs, reasons } = await failureOf(createExecution(world.context, someInputs(completed)));
  expect(reasons[0]).toMatch(
    /^LYC3026: Run \S+ completed, but the bucket does not have out\/metrics\.json \(artifacts\.metrics\)\. The bucket has output\/metrics\.json\./,
  );
  expect([id, outputs.status, Object.keys(outputs.artifacts ?? {})]).toEqual([
    outputs.executionId,
    "completed",
    ["model"],
  ]);
  const news = someInputs(completed);
  const facts = { recorded: outputs, news, olds: news, unknown: [], scopeUnknown: false };
  expect(decideDiff(facts)).toMatchObject({
    kind: "update",
    why: expect.stringMatching(/^looks for the artifacts of run .*: metrics$/),
  });
  world.bucket.calls.length = 0;
  const again = await failureOf(updateExecution(world.context, outputs, news));
  expect(again.reasons[0]).toContain("LYC3026");
  expect(world.bucket.calls).toEqual(["list out/", "list "]);
  put(world, "out/metrics.json");
  const found = await updateExecution(world.context, outputs, news);
  expect(Object.keys(found.artifacts ?? {})).toEqual(["model", "metrics"]);
  expect(decideDiff({ ...facts, recorded: found }).kind).toBe("same");
  expect(startsOf(world)).toBe(1);
});

test("a bucket that does not answer fails the command with another code, and the run is kept", async () => {
  const world = worldWith(BOTH);
  world.bucket.behaviour.failing = new Error("LYC6002: Listing the bucket failed: 403.");
  const { outputs, reasons } = await failureOf(createExecution(world.context, someInputs(completed)));
  expect(reasons[0]).toMatch(/^LYC3027: .*\(LYC6002: Listing the bucket failed: 403\.\)/);
  world.bucket.behaviour.failing = undefined;
  expect((await updateExecution(world.context, outputs, someInputs(completed))).artifacts).toHaveProperty("model");
  expect(startsOf(world)).toBe(1);
});

test("a failed run has no artifacts, and its bucket is not read", async () => {
  const world = worldWith(BOTH, 3);
  const { outputs, reasons } = await failureOf(createExecution(world.context, someInputs(completed)));
  expect([reasons[0]?.slice(0, 7), outputs.artifacts, world.bucket.calls]).toEqual(["LYC3001", undefined, []]);
});

test("a file is found by its own name, behind more files than the provider lists of a folder", async () => {
  const world = worldWith({ ...BOTH, "out/metrics.jsonl": 1 });
  for (let number = 0; number < 2000; number += 1) put(world, `out/a${number}`);
  const outputs = await createExecution(world.context, someInputs(completed));
  expect(Object.keys(outputs.artifacts ?? {})).toEqual(["model", "metrics"]);
  expect(world.bucket.calls).toEqual(["list out/", "list out/model.pt", "list out/metrics.json"]);
});

test("a file from before the run is an artifact, with a warning", async () => {
  const world = worldWith({ ...BOTH, "out/model.pt": -600 });
  const outputs = await createExecution(world.context, someInputs(completed));
  expect(outputs.artifacts).toHaveProperty("model");
  expect(world.reported.filter((line) => line.startsWith("warning"))).toEqual([
    expect.stringMatching(
      /LYC3028: Run \S+ has not written out\/model\.pt \(artifacts\.model\): the file is from .*, before the run started\./,
    ),
  ]);
});

describe("with waitFor running", () => {
  const news = someInputs({ waitFor: "running", ...declared });

  test("a refresh after the end adds the artifacts, and only warns of a missing one", async () => {
    const world = worldWith({ "out/model.pt": 9 });
    const outputs = await createExecution(world.context, news);
    expect([outputs.artifacts, outputs.declaredArtifacts]).toEqual([undefined, expect.any(Object)]);
    await world.clock.sleep(30);
    const refreshed = await refreshExecution(world.context, outputs).then((shown) =>
      withShownArtifacts(world.context, shown),
    );
    expect(Object.keys(refreshed.artifacts ?? {})).toEqual(["model"]);
    expect(world.reported.filter((line) => line.startsWith("warning: LYC3026"))).toHaveLength(1);
  });

  test("an update after the end adds them too", async () => {
    const world = worldWith({ "out/model.pt": 9 });
    const outputs = await createExecution(world.context, news);
    // One file arrives while the update looks for the files.
    void world.clock.sleep(31).then(() => put(world, "out/metrics.json"));
    await world.clock.sleep(30);
    const updated = await updateExecution(world.context, outputs, news);
    expect(Object.keys(updated.artifacts ?? {})).toEqual(["model", "metrics"]);
  });
});

test("a change of artifacts is an update that starts nothing, and looks up only the new artifacts", async () => {
  const world = worldWith({ ...BOTH, "log.txt": 9 });
  const outputs = await createExecution(world.context, someInputs(completed));
  const news = someInputs({ ...completed, artifacts: { model: "out/model.pt", log: "log.txt" } });
  const facts = { recorded: outputs, news, olds: someInputs(completed), unknown: [], scopeUnknown: false };
  expect(decideDiff(facts)).toMatchObject({ kind: "update", why: expect.stringMatching(/^artifacts changed for run/) });
  world.bucket.calls.length = 0;
  const updated = await updateExecution(world.context, outputs, news);
  expect(Object.keys(updated.artifacts ?? {})).toEqual(["model", "log"]);
  expect([world.bucket.calls, startsOf(world)]).toEqual([["list log.txt"], 1]);
});

describe("a deletion", () => {
  const deleted = (onDelete: string) => ({
    ...completed,
    artifacts: { model: { path: "out/model.pt", onDelete }, metrics: "out/metrics.json" },
  });

  test.each([
    ["leaves results", "leave", undefined, ["out/metrics.json", "out/model.pt"], []],
    ["removes a result that the program gives up", "delete", undefined, ["out/metrics.json"], []],
    [
      "leaves a result that somebody has changed",
      "delete",
      "other",
      ["out/metrics.json", "out/model.pt"],
      [expect.stringContaining("somebody has changed the file since the run")],
    ],
  ])("%s", async (_what, onDelete, etag, left, warnings) => {
    const world = worldWith(BOTH);
    const outputs = await createExecution(world.context, someInputs(deleted(onDelete)));
    if (etag !== undefined) put(world, "out/model.pt", 0, etag);
    await deleteExecution(world.context, outputs);
    expect([...world.bucket.stored.keys()].sort()).toEqual(left);
    expect(world.reported.filter((line) => line.startsWith("warning"))).toEqual(warnings);
  });

  test("leaves a result that another run has written again with the same bytes", async () => {
    const world = worldWith(BOTH);
    const outputs = await createExecution(world.context, someInputs(deleted("delete")));
    put(world, "out/model.pt");
    await deleteExecution(world.context, outputs);
    expect([...world.bucket.stored.keys()].sort()).toEqual(["out/metrics.json", "out/model.pt"]);
    expect(world.reported.at(-1)).toMatch(/out\/model\.pt of run run-1: somebody has written the file again/);
  });

  test.each([
    ["leaves a result that another resource of the program has recorded", true, ["out/metrics.json", "out/model.pt"]],
    ["removes a result that another resource of the program no longer has", false, ["out/metrics.json"]],
  ])("%s", async (_what, isHeld, left) => {
    const world = worldWith(BOTH);
    const outputs = await createExecution(world.context, someInputs(deleted("delete")));
    const { processCache } = world.context;
    const executionId = isHeld ? "run-2" : "";
    processCache.sawRecorded({ ...outputs, executionId: "run-2", resourceUrn: "urn:other" });
    processCache.holds("urn:other", { executionId, since: "kept", onDelete: "abort" });
    await deleteExecution(world.context, outputs);
    expect([...world.bucket.stored.keys()].sort()).toEqual(left);
    if (isHeld) expect(world.reported.at(-1)).toContain("another resource of the program has the file too");
  });

  test("of the old resource of a replacement leaves the result of the new resource", async () => {
    const world = worldWith({ "out/model.pt": 9 });
    const news = (triggers: string[]) =>
      someInputs({ ...completed, artifacts: { model: { path: "out/model.pt", onDelete: "delete" } }, triggers });
    const old = await createExecution(world.context, news(["1"]));
    void world.clock.sleep(5).then(() => put(world, "out/model.pt"));
    const { artifacts } = await createExecution(world.context, news(["2"]));
    expect(artifacts?.model?.etag).toBe(old.artifacts?.model?.etag);
    await deleteExecution(world.context, old);
    expect([...world.bucket.stored.keys()]).toEqual(["out/model.pt"]);
  });

  test("fails if the bucket does not answer, and works at another base URL", async () => {
    const world = worldWith(BOTH);
    const outputs = await createExecution(world.context, someInputs(deleted("delete")));
    world.bucket.behaviour.failing = new Error("down");
    await expect(deleteExecution(world.context, outputs)).rejects.toThrow("LYC3027");
    await deleteExecution(world.context, { ...outputs, baseUrl: "https://other.example" });
    expect(world.reported.at(-1)).toContain("the configuration sets another base URL");
  });
});
