import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import type { MemoryBucket } from "../../storage/testing/memory-bucket";
import { memoryBucket } from "../../storage/testing/memory-bucket";
import { createTrees, findRun, releaseMounts, removeMounts, storeMounts } from ".";

afterEach(removeFolders);

const resource = "p/";
const writer = "run-abc";
const progress = { planned: () => undefined, onBytes: () => undefined, onStored: () => undefined };
const trees = createTrees(() => 0);

/** Stores the folder `in` for reading and the folder `work` for writing. */
async function store(bucket: MemoryBucket, folder: string, { run = "1-x", content = "c1" } = {}): Promise<string> {
  const read = async (name: string) =>
    (await trees.read({ path: join(folder, name), root: folder, kind: "folder" })).files;
  const mounts = [
    { folder: () => `${resource}files/${content}/`, files: await read("in") },
    { folder: (own: string) => `${own}work/`, files: await read("work") },
  ];
  return storeMounts(bucket, { writer, resource, run, mounts }, progress, {});
}

const remove = (bucket: MemoryBucket, folder: string, planned: readonly string[] = []) =>
  removeMounts(bucket, { writer, resource, folder, planned }, {});
const keysIn = ({ contents }: MemoryBucket) => [...contents.keys()].sort();
const sentOf = ({ uploaded }: MemoryBucket, from: number) =>
  uploaded.slice(from).filter((key) => !key.includes("/manifests/"));
const local = () => folderWith({ "in/a": "1", "in/deep/b": "2", "work/state": "s" });
const stored = ["p/files/c1/a", "p/files/c1/deep/b", "p/runs/1-x/work/state"];

test("only the folders of the run's own files are listed", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const listed = new Set<string>();
  const list: MemoryBucket["list"] = (prefix, call) => {
    listed.add(prefix);
    return bucket.list(prefix, call);
  };
  await store({ ...bucket, list }, folder);
  expect([...listed].sort()).toEqual(["p/files/c1/", "p/manifests/", "p/runs/1-x/"]);
});

/** Makes the upload to a key fail, and every later call too, as if the command had been killed. */
function dyingAt(bucket: MemoryBucket, at: (key: string) => boolean, isStored = false): MemoryBucket {
  let isDead = false;
  const died = (): never => {
    throw new Error("killed");
  };
  return {
    ...bucket,
    async upload(key, content, call) {
      if (isDead) died();
      isDead = at(key);
      if (isDead && !isStored) died();
      const answer = await bucket.upload(key, content, call);
      return isDead ? died() : answer;
    },
    async remove(keys, call) {
      if (isDead) died();
      await bucket.remove(keys, call);
    },
  };
}

test("the files of a run are stored with a list of them, and a second run sends only files of its own", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  expect(await store(bucket, folder)).toBe("p/runs/1-x/");
  expect(keysIn(bucket)).toEqual([...stored.slice(0, 2), "p/manifests/1-x.sent", stored[2]]);
  const before = bucket.uploaded.length;
  expect(await store(bucket, folder, { run: "2-x" })).toBe("p/runs/2-x/");
  expect(sentOf(bucket, before)).toEqual(["p/runs/2-x/work/state"]);
});

test("a removal keeps files that another run needs, and the last removal leaves only results", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const first = await store(bucket, folder);
  const second = await store(bucket, folder, { run: "2-x" });
  bucket.contents.set("p/runs/1-x/work/result", Buffer.from("r"));
  bucket.contents.set("p/runs/2-x/work/state", Buffer.from("changed by the run"));
  bucket.writers.delete("p/runs/2-x/work/state");
  expect(await remove(bucket, first)).toEqual({ removed: ["p/runs/1-x/work/state"], changed: [] });
  expect(keysIn(bucket)).toContain("p/files/c1/a");
  expect(await remove(bucket, second)).toEqual({
    removed: ["p/files/c1/a", "p/files/c1/deep/b"],
    changed: ["p/runs/2-x/work/state"],
  });
  expect(keysIn(bucket)).toEqual(["p/runs/1-x/work/result", "p/runs/2-x/work/state"]);
  expect(await remove(bucket, second)).toEqual({ removed: [], changed: [] });
});

test("a result that a run wrote over its input stays, even if the mount kept the size and the metadata", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const first = await store(bucket, folder);
  bucket.contents.set("p/runs/1-x/work/state", Buffer.from("r"));
  bucket.contents.set("p/files/c1/a", Buffer.from("9"));
  const changed = ["p/files/c1/a", "p/runs/1-x/work/state"];
  expect(await remove(bucket, first)).toEqual({ removed: ["p/files/c1/deep/b"], changed });
  expect(keysIn(bucket)).toEqual(changed);
  expect(bucket.asked).toEqual([]);
});

test("a file that replaces a changed file is removed, even if a kill hid its new ETag", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  await remove(bucket, await store(bucket, folder), ["p/files/c1/"]);
  bucket.contents.set("p/files/c1/a", Buffer.from("9"));
  const isLast = (key: string) => key.endsWith("/state");
  await expect(store(dyingAt(bucket, isLast), folder, { run: "2-x" })).rejects.toThrow("killed");
  expect(bucket.contents.get("p/files/c1/a")?.toString()).toBe("1");
  await remove(bucket, "p/runs/2-x/");
  expect(keysIn(bucket)).toEqual([]);
});

test("a removal removes all stored files from a server that keeps no metadata", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const first = await store(bucket, folder);
  bucket.writers.clear();
  expect(await remove(bucket, first)).toEqual({ removed: stored, changed: [] });
  expect(keysIn(bucket)).toEqual([]);
});

test("a replacement does not send files again that the run before it has, too", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const first = await store(bucket, folder);
  await remove(bucket, first, ["p/files/c1/"]);
  expect(keysIn(bucket)).toEqual(["p/files/c1/a", "p/files/c1/deep/b", "p/manifests/kept"]);
  const before = bucket.uploaded.length;
  const second = await store(bucket, folder, { run: "2-x" });
  expect(sentOf(bucket, before)).toEqual(["p/runs/2-x/work/state"]);
  expect(keysIn(bucket)).not.toContain("p/manifests/kept");
  await remove(bucket, second);
  expect(keysIn(bucket)).toEqual([]);
});

test("files that the next run needs stay, even if two deletions come before it", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const [first, second] = [await store(bucket, folder), await store(bucket, folder, { run: "2-x" })];
  for (const run of [first, second]) await remove(bucket, run, ["p/files/c1/"]);
  expect(keysIn(bucket)).toEqual(["p/files/c1/a", "p/files/c1/deep/b", "p/manifests/kept"]);
});

test("files that were kept for a run that never started are removed with the next run", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  await remove(bucket, await store(bucket, folder), ["p/files/c1/"]);
  writeFileSync(join(folder, "in/a"), "other");
  const next = await store(bucket, folder, { run: "2-y", content: "c2" });
  expect(keysIn(bucket).filter((key) => key.startsWith("p/files/"))).toEqual(["p/files/c2/a", "p/files/c2/deep/b"]);
  await remove(bucket, next);
  expect(keysIn(bucket)).toEqual([]);
});

const moments = [
  ["the first list", "p/manifests/1-x.storing"],
  ["a file", "p/files/c1/deep/b"],
  ["a file of the run", "p/runs/1-x/work/state"],
  ["the second list", "p/manifests/1-x.sent"],
] as const;

describe.each(moments)("after a kill at %s", (_name, key) => {
  const killedStore = async (isStored: boolean) => {
    const [bucket, folder] = [memoryBucket(), local()];
    const dying = dyingAt(bucket, (one) => one === key, isStored);
    await expect(store(dying, folder)).rejects.toThrow("killed");
    return { bucket, folder };
  };

  test.each([false, true])("the same run sends only the missing files (stored: %s)", async (isStored) => {
    const { bucket, folder } = await killedStore(isStored);
    const there = keysIn(bucket).filter((one) => stored.includes(one));
    const before = bucket.uploaded.length;
    expect(await store(bucket, folder)).toBe("p/runs/1-x/");
    expect(sentOf(bucket, before).sort()).toEqual(stored.filter((one) => !there.includes(one)));
    await remove(bucket, "p/runs/1-x/");
    expect(keysIn(bucket)).toEqual([]);
  });

  test.each([false, true])("another run removes the files that it does not need (stored: %s)", async (isStored) => {
    const { bucket, folder } = await killedStore(isStored);
    writeFileSync(join(folder, "in/a"), "other");
    const next = await store(bucket, folder, { run: "1-y", content: "c2" });
    await remove(bucket, next);
    // A list of the kind `sent` may belong to a run that was started.
    const mayBeSent = isStored && key.endsWith(".sent");
    expect(keysIn(bucket)).toEqual(mayBeSent ? [...stored.slice(0, 2), "p/manifests/1-x.sent", stored[2]] : []);
  });
});

test("a folder that another run has written into is never used again", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  await store(bucket, folder);
  bucket.contents.set("p/runs/1-x/work/result", Buffer.from("r"));
  expect(await findRun(bucket, { resource, run: "1-x" }, {})).toBe("p/runs/1-x/");
  expect(await store(bucket, folder)).toBe("p/runs/1-x-2/");
  expect(await findRun(bucket, { resource, run: "1-x" }, {})).toBe("p/runs/1-x-2/");
  bucket.contents.set("p/runs/1-x-2/work/state", Buffer.from("changed"));
  expect(await store(bucket, folder)).toBe("p/runs/1-x-3/");
});

test("the files of a start that made no run are used again by the same run, and removed by another run", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const first = await store(bucket, folder);
  const release = () => releaseMounts(bucket, { resource, folder: first }, {});
  await release();
  expect(keysIn(bucket)).toContain("p/manifests/1-x.storing");
  const before = bucket.uploaded.length;
  expect(await store(bucket, folder)).toBe(first);
  expect(sentOf(bucket, before)).toEqual([]);
  await release();
  const second = await store(bucket, folder, { run: "1-y" });
  expect(keysIn(bucket)).not.toContain("p/runs/1-x/work/state");
  await release();
  await remove(bucket, second);
  expect(keysIn(bucket)).toEqual([]);
});

test("the latest folder of a run is found, even if the lists of earlier folders are gone", async () => {
  const bucket = memoryBucket();
  for (const name of ["1-x-3.sent", "1-x-12.sent", "1-x-13.storing", "1-x0-20.sent", "11-x-20.sent", "1-x-y.sent"])
    bucket.contents.set(`p/manifests/${name}`, Buffer.from(""));
  expect(await findRun(bucket, { resource, run: "1-x" }, {})).toBe("p/runs/1-x-12/");
  expect(await findRun(bucket, { resource, run: "2-x" }, {})).toBe("p/runs/2-x/");
});

test("a file that changes before it is sent, and a file that is missing after the upload, are errors", async () => {
  const [bucket, folder] = [memoryBucket(), local()];
  const losing: MemoryBucket = {
    ...bucket,
    async upload(key, content, call) {
      if (key.endsWith("/manifests/1-x.storing")) writeFileSync(join(folder, "in/a"), "other");
      return bucket.upload(key, content, call);
    },
  };
  await expect(store(losing, folder)).rejects.toThrow("LYC6007");
  const other = memoryBucket();
  const emptying: MemoryBucket = {
    ...other,
    async upload(key, content, call) {
      const answer = await other.upload(key, content, call);
      if (key.endsWith("/deep/b")) other.contents.delete(key);
      return answer;
    },
  };
  await expect(store(emptying, folder)).rejects.toThrow("LYC6010: p/files/c1/deep/b is missing");
  expect(keysIn(other)).not.toContain("p/manifests/1-x.sent");
});

test("a tree lists executable files, paths that cannot be stored, and files with secrets", async () => {
  const folder = folderWith({ "run.sh": "x", "data.csv": "secret", "conf/a.conf": "secret" });
  chmodSync(join(folder, "run.sh"), 0o755);
  symlinkSync("absent", join(folder, "broken"));
  const findSecret = (text: string) => (text === "secret" ? "a secret" : undefined);
  const tree = await trees.inspect({ path: folder, root: folder, kind: "folder" }, findSecret);
  expect([tree.executable, tree.leftOut]).toEqual([["run.sh"], ["broken"]]);
  expect(tree.secrets).toEqual([{ path: "conf/a.conf", kind: "a secret" }]);
  expect(tree.files.map(({ path }) => path)).toEqual(["data.csv", "run.sh"]);
  const { hash } = await trees.read({ path: folder, root: folder, kind: "folder" }, ["conf/a.conf"]);
  expect(hash).toBe(tree.hash);
  expect((await trees.inspect({ path: folder, root: folder, kind: "missing" }, findSecret)).files).toEqual([]);
});
