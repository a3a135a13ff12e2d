import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../storage/errors";
import { folderWith, removeFolders } from "../storage/testing/folder";
import { etagOfText, type MemoryBucket, memoryBucket } from "../storage/testing/memory-bucket";
import type { StoredRecord } from "./record";
import { readSource } from "./source";
import { applySync, type DesiredFiles, planSync, SyncFailure, type SyncPlan } from "./sync";

afterEach(removeFolders);

const WRITER = "files-own";

async function desired(
  folder: string,
  recorded: StoredRecord = new Map(),
  more: Partial<DesiredFiles> = {},
): Promise<DesiredFiles> {
  const { files } = await readSource({ folder, source: ".", exclude: [], known: [], now: 0 });
  const wanted = files.map((file) => ({ key: `p/${file.path}`, file }));
  return { writer: WRITER, wanted, recorded, prefixes: ["p/"], mayHaveUnrecorded: false, ...more };
}

async function sync(bucket: MemoryBucket, files: DesiredFiles): Promise<{ plan: SyncPlan; record: StoredRecord }> {
  const plan = await planSync(bucket, files);
  return { plan, record: await applySync(bucket, files, plan) };
}

const keys = (plan: SyncPlan): readonly string[] => plan.puts.map(({ key }) => key);

test("files are stored with the writer's name, and a second time, no request is sent", async () => {
  const folder = folderWith({ "a.txt": "a", "sub/b.txt": "b" });
  const bucket = memoryBucket();
  const { record } = await sync(bucket, await desired(folder));
  expect([...bucket.contents.keys()].sort()).toEqual(["p/a.txt", "p/sub/b.txt"]);
  expect([...bucket.writers.values()]).toEqual([WRITER, WRITER]);
  expect(record.get("p/a.txt")).toMatchObject({ etag: etagOfText("a"), isOwn: true });

  const again = await sync(bucket, await desired(folder, record));
  expect([keys(again.plan), bucket.asked, bucket.uploaded.length]).toEqual([[], [], 2]);
  expect(again.record).toEqual(record);
});

test("before a large file is sent, the parts that a killed command has left are removed, and no other parts", async () => {
  const folder = folderWith({ "large.bin": Buffer.alloc(8 * 1024 * 1024), "small.txt": "s" });
  const bucket = memoryBucket();
  const removed: string[] = [];
  const left = ["p/large.bin", "p/small.txt", "p/theirs.bin"];
  const removeUnfinished: MemoryBucket["removeUnfinished"] = async (prefix, isOwn) =>
    void removed.push(...left.filter((key) => key.startsWith(prefix) && isOwn(key)));
  const files = await desired(folder);
  await applySync({ ...bucket, removeUnfinished }, files, await planSync(bucket, files));
  expect(removed).toEqual(["p/large.bin"]);
});

test("a changed file is sent, and a file that the source no longer has is removed", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  const bucket = memoryBucket();
  const first = await sync(bucket, await desired(folder));
  const next = folderWith({ "a.txt": "changed" });
  const second = await sync(bucket, await desired(next, first.record));
  expect([keys(second.plan), second.plan.removes]).toEqual([["p/a.txt"], ["p/b.txt"]]);
  expect([...bucket.contents.keys()]).toEqual(["p/a.txt"]);
});

test("files that a killed create has stored are not sent again, and stay if the source lacks them now", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  const bucket = memoryBucket({ "p/theirs.txt": "t" });
  await sync(bucket, await desired(folder));
  const left = folderWith({ "a.txt": "a" });
  const { plan, record } = await sync(bucket, await desired(left, new Map(), { mayHaveUnrecorded: true }));
  expect([keys(plan), plan.removes, plan.unrecorded]).toEqual([[], [], ["p/b.txt"]]);
  expect(record.get("p/a.txt")?.isOwn).toBe(true);
  expect([...bucket.contents.keys()].sort()).toEqual(["p/a.txt", "p/b.txt", "p/theirs.txt"]);
});

test("files of somebody else with the same content are used, and never removed", async () => {
  const folder = folderWith({ "a.txt": "a" });
  const bucket = memoryBucket({ "p/a.txt": "a" });
  const { plan, record } = await sync(bucket, await desired(folder));
  expect([plan.shared, bucket.uploaded]).toEqual([["p/a.txt"], []]);
  const none = await sync(bucket, { ...(await desired(folder, record)), wanted: [] });
  expect([none.plan.removes, [...bucket.contents.keys()]]).toEqual([[], ["p/a.txt"]]);
});

test("files of somebody else with other content are an error before anything is sent", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b", "c.txt": "c" });
  const bucket = memoryBucket({ "p/b.txt": "theirs", "p/c.txt": "theirs" });
  await expect(planSync(bucket, await desired(folder))).rejects.toThrow(
    "LYC6012: The bucket already has p/b.txt and 1 more with another content, and this resource did not put them there.",
  );
  expect(bucket.uploaded).toEqual([]);
});

test("an own file that somebody has changed is stored again if the source has it, and otherwise stays", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  const bucket = memoryBucket();
  const { record } = await sync(bucket, await desired(folder));
  for (const key of ["p/a.txt", "p/b.txt"]) {
    bucket.contents.set(key, Buffer.from("changed by a run"));
    bucket.writers.delete(key);
  }
  const left = folderWith({ "a.txt": "a" });
  const { plan, record: next } = await sync(bucket, await desired(left, record));
  expect([plan.repaired, plan.left, plan.removes]).toEqual([["p/a.txt"], ["p/b.txt"], []]);
  expect([[...next.keys()], bucket.contents.get("p/b.txt")?.toString()]).toEqual([["p/a.txt"], "changed by a run"]);
});

test("after a failure, the record has the stored files, and only the rest is sent the next time", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b", "c.txt": "c" });
  const bucket = memoryBucket();
  const files = await desired(folder);
  const failing: MemoryBucket = {
    ...bucket,
    upload: async (key, content, call) => {
      if (key === "p/b.txt") throw new StorageError("LYC6003", "The bucket is full.");
      return bucket.upload(key, content, call);
    },
  };
  const failure = await applySync(failing, files, await planSync(bucket, files)).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof SyncFailure)) throw new Error("There was no failure.");
  expect([...failure.record.keys()].sort()).toEqual([...bucket.contents.keys()].sort());
  const rest = await planSync(bucket, await desired(folder, failure.record));
  expect(keys(rest)).toContain("p/b.txt");
  expect(keys(rest).length + failure.record.size).toBe(3);
});

test("a file whose answer does not arrive is recorded, and is removed when it is no longer wanted", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  const bucket = memoryBucket();
  const files = await desired(folder);
  const cut: MemoryBucket = {
    ...bucket,
    upload: async (...call) => {
      if (call[0] === "p/a.txt") throw new StorageError("LYC6003", "The bucket is full.");
      await bucket.upload(...call);
      throw new Error("cut off");
    },
  };
  const failure = await applySync(cut, files, await planSync(bucket, files)).catch((error: unknown) => error);
  const { record } = failure as SyncFailure;
  expect([[...record.keys()], [...bucket.contents.keys()]]).toEqual([["p/b.txt"], ["p/b.txt"]]);
  const { plan } = await sync(bucket, { ...(await desired(folder, record)), wanted: [] });
  expect([plan.removes, [...bucket.contents.keys()]]).toEqual([["p/b.txt"], []]);
  // The file was removed by this plan, so it does not count as changed by another writer.
  const again = await planSync(bucket, await desired(folder, record));
  expect([keys(again), again.repaired]).toEqual([["p/a.txt", "p/b.txt"], []]);
});

test.each(["before", "while"])("the error about a file that changes %s it is sent names the file", async (when) => {
  const folder = folderWith({ "a.txt": "a" });
  const bucket = memoryBucket();
  const files = await desired(folder);
  const plan = await planSync(bucket, files);
  const change = () => writeFileSync(join(folder, "a.txt"), "b");
  if (when === "before") change();
  const changing: MemoryBucket = {
    ...bucket,
    upload: async (key, content, call) => {
      const stored = await bucket.upload(key, content, call);
      if (when === "while") change();
      return stored;
    },
  };
  const failure = await applySync(changing, files, plan).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ cause: { code: "LYC6007" } });
  expect(String((failure as SyncFailure).cause)).toContain("a.txt changed while the command ran");
  // The stored content may be a mixture of two versions of the file, so the file is sent again.
  const record = (failure as SyncFailure).record;
  expect([...record.values()].map(({ content, isOwn }) => [content, isOwn])).toEqual(
    when === "while" ? [["", true]] : [],
  );
});
