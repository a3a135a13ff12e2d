import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Condition } from "./objects";
import { ObjectStore } from "./objects";

let folder: string;
let store: ObjectStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "objects-"));
  store = new ObjectStore(folder);
  store.createNow();
});
afterEach(() => rmSync(folder, { recursive: true }));

const NONE = { etag: "sent", headers: { "x-amz-meta-a": "1" }, checksums: { crc32: "AAAAAA==" } };

/** Stores a text as a client does. */
async function put(key: string, text: string, modified = 1_000, condition?: Condition): Promise<void> {
  const file = await store.temporaryFile();
  await writeFile(file, text, { mode: 0o600 });
  await store.put(key, file, modified, NONE, condition);
}
const keys = async () => {
  const found: string[] = [];
  for await (const key of store.keys({ prefix: "", after: "" })) found.push(key);
  return found;
};
const written = async (from: number, to: number) => {
  const found: unknown[] = [];
  for await (const file of store.writtenInMount(from, to)) found.push(file);
  return found;
};
const mounted = (...path: string[]) => join(store.mount, ...path);
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("each user of a container may read and write the files and folders of the mount", async () => {
  await put("a/b", "x");
  expect([store.mount, mounted("a"), mounted("a", "b")].map(mode)).toEqual(["777", "777", "666"]);
});

test.each(["a", "a/"])("the object %s has what a client has sent, also for the next emulator", async (key) => {
  await put(key, "hello", 5_000);
  const expected = { ...NONE, key, size: 5, modified: 5_000 };
  expect(await store.find(key)).toMatchObject(expected);
  expect(await new ObjectStore(folder).find(key)).toMatchObject(expected);
  expect(await store.find("b")).toBeUndefined();
});

test("after a run has written a file, the object has its own digest and no headers, until a client stores it again", async () => {
  await put("a", "hello", 5_000);
  await writeFile(mounted("a"), "abc");
  await utimes(mounted("a"), 5, 5);
  const made = { etag: "900150983cd24fb0d6963f7d28e17f72", headers: {}, checksums: {}, size: 3 };
  for (const each of [store, store, new ObjectStore(folder)]) expect(await each.find("a")).toMatchObject(made);
  await put("a", "abc", 5_000);
  expect(await store.find("a")).toMatchObject(NONE);
});

test("a file of the same size that a run has written at another time is another object", async () => {
  await put("a", "hello", 5_000);
  await writeFile(mounted("a"), "");
  expect(await store.find("a")).toMatchObject({ etag: "d41d8cd98f00b204e9800998ecf8427e", size: 0 });
  await put("a", "hello", 5_000);
  await writeFile(mounted("a"), "hellO");
  expect(await store.find("a")).toMatchObject({ headers: {}, size: 5 });
});

test("the files of a period are those that runs have written in it, both ends included, and none of a client", async () => {
  await put("client", "x", 5_000);
  await mkdir(mounted("out"));
  for (const seconds of [4, 5, 6, 7]) {
    await writeFile(mounted("out", String(seconds)), "x".repeat(seconds));
    await utimes(mounted("out", String(seconds)), seconds, seconds);
  }
  expect(await written(5_000, 6_000)).toEqual([
    { key: "out/5", size: 5, modified: 5_000 },
    { key: "out/6", size: 6, modified: 6_000 },
  ]);
  // A listing describes the files of a run, which stay files of the run.
  for (const key of await keys()) await store.find(key);
  expect(await written(5_000, 5_000)).toEqual([{ key: "out/5", size: 5, modified: 5_000 }]);
});

test("the bytes of all objects count once, also of those that the mount does not show", async () => {
  await put("a", "12345");
  await put("a/", "123");
  await put("a/b", "1");
  expect(await keys()).toEqual(["a", "a/", "a/b"]);
  expect(await store.usedBytes()).toBe(9);
  await put("a/b", "12");
  await put("a/", "");
  expect(await store.usedBytes()).toBe(7);
});

test("an object that the mount cannot show is removed with everything that was stored for it", async () => {
  for (const key of ["a/", "plain"]) await put(key, "x");
  await store.remove("a/");
  expect([await store.find("a/"), await keys(), readdirSync(join(folder, "hidden"))]).toEqual([
    undefined,
    ["plain"],
    [],
  ]);
  await store.remove("plain");
  const left = readdirSync(join(folder, "descriptions"), { recursive: true, encoding: "utf8" });
  expect([await keys(), left.filter((name) => name.endsWith(".json")), existsSync(mounted("plain"))]).toEqual([
    [],
    [],
    false,
  ]);
});

test("folders are removed with their last object, and a folder that a client keeps stays", async () => {
  for (const key of ["a/b/c", "a/", "a/x/y"]) await put(key, "x");
  await store.remove("a/b/c");
  expect(readdirSync(mounted("a"))).toEqual(["x"]);
  await store.remove("a/x/y");
  expect([existsSync(mounted("a")), await keys()]).toEqual([true, ["a/"]]);
  await put("a/b/c", "x");
  await store.remove("a/");
  await store.remove("a/b/c");
  expect(readdirSync(store.mount)).toEqual([]);
});

test("a refused condition changes nothing, and sees the object that is there", async () => {
  await put("a", "old");
  const seen: unknown[] = [];
  const refuse: Condition = (current) => {
    seen.push(current?.size);
    throw new Error("refused");
  };
  await expect(put("a", "new", 1, refuse)).rejects.toThrow("refused");
  await expect(put("b", "new", 1, refuse)).rejects.toThrow("refused");
  await expect(store.remove("a", refuse)).rejects.toThrow("refused");
  await expect(store.remove("b", refuse)).rejects.toThrow("refused");
  expect([seen, await readFile(mounted("a"), "utf8"), await keys()]).toEqual([
    [3, undefined, 3, undefined],
    "old",
    ["a"],
  ]);
});

test("half a file of an emulator that was killed is removed", async () => {
  const file = await store.temporaryFile();
  await writeFile(file, "half");
  new ObjectStore(folder);
  expect(existsSync(file)).toBe(false);
});

test("there are objects only after the bucket is created", () => {
  const other = join(folder, "other");
  const fresh = new ObjectStore(other);
  expect(fresh.exists).toBe(false);
  fresh.createNow();
  expect(fresh.exists).toBe(true);
});
