import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { type MemoryBucket, memoryBucket } from "../../storage/testing/memory-bucket";
import { checkFiles, createFiles, readFiles } from ".";
import { portsOf, URN } from "./testing/ports";
import { FULL, failingAfter, keysIn, SCOPE, Stack, signal } from "./testing/stack";

afterEach(removeFolders);

test("the life of a resource: created, kept without a request, changed, moved, removed", async () => {
  const bucket = memoryBucket({ "other.txt": "o" });
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  expect(await stack.up({ source: "d" })).toBe("created");
  const noRequest = {
    bucket: (): never => {
      throw new Error("A request was sent.");
    },
  };
  expect(await stack.up({ source: "d" }, noRequest)).toBe("same");

  writeFileSync(join(stack.folder, "d/a.txt"), "changed");
  expect(await stack.up({ source: "d" })).toBe("updated");
  expect(bucket.uploaded.slice(2)).toEqual(["shop/dev/data/a.txt"]);

  expect(await stack.up({ source: "d", prefix: "new" })).toBe("updated");
  expect(stack.ports.shown[0]).toBe(
    "notice: 2 files to send, 8 B; 2 to another prefix; 2 to remove (shop/dev/data/a.txt, shop/dev/data/b.txt)",
  );
  expect(keysIn(bucket)).toEqual(["new/a.txt", "new/b.txt", "other.txt"]);
  // An update that changes only `onDelete` sends nothing.
  expect(await stack.up({ source: "d", prefix: "new", onDelete: "leave" }, noRequest)).toBe("updated");
  expect(await stack.up({ source: "d", prefix: "new" }, noRequest)).toBe("updated");
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["other.txt"]);
});

test("an update that sends as many files as it removes shows both", async () => {
  const stack = new Stack(memoryBucket(), folderWith({ "d/a.txt": "a" }));
  await stack.up({ source: "d", prefix: "p" });
  rmSync(join(stack.folder, "d/a.txt"));
  writeFileSync(join(stack.folder, "d/b.txt"), "b");
  await stack.up({ source: "d", prefix: "p" });
  expect(stack.ports.shown[0]).toBe("notice: 1 file to send, 1 B; 1 added (b.txt); 1 to remove (a.txt)");
});

test("with onDelete: leave, nothing is removed", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await stack.up({ source: "d", prefix: "p", onDelete: "leave" });
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
});

test("a refresh records which files are missing or changed, and the next up stores them again", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" }));
  await stack.up({ source: "d", prefix: "p" });
  bucket.contents.delete("p/a.txt");
  bucket.contents.set("p/b.txt", Buffer.from("by a run"));
  bucket.writers.delete("p/b.txt");
  await stack.refresh();
  expect(stack.ports.shown).toEqual([
    "notice: 1 file missing in the bucket: p/a.txt.",
    "notice: 1 file changed in the bucket: p/b.txt.",
  ]);
  expect(await stack.up({ source: "d", prefix: "p" })).toBe("updated");
  expect(stack.ports.shown).toContain("notice: 2 files to send, 2 B; 1 added (a.txt); 1 changed (b.txt)");
  expect(String(bucket.contents.get("p/b.txt"))).toBe("b");
  const before = stack.state;
  await stack.refresh();
  expect(stack.state).toEqual(before);
});

test("after a failure half-way, the state has the stored files, and the next up sends the rest", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" }));
  await expect(stack.up({ source: "d", prefix: "p" }, failingAfter(bucket, 1, FULL))).rejects.toThrow("LYC6003: ");
  expect(stack.state?.id).toMatch(/^files-/);
  expect(await stack.up({ source: "d", prefix: "p" })).toBe("updated");
  expect([...bucket.uploaded].sort()).toEqual(["p/a.txt", "p/b.txt", "p/c.txt"]);
  await stack.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("nothing is sent beyond what the policy of a pipeline allows for all resources", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "aa", "d/b.txt": "b", "e/c.txt": "c" }));
  const asked: number[] = [];
  const admit = (bytes: number) => {
    asked.push(bytes);
    if (asked.length > 1) throw new Error("LYC5115: too much");
  };
  const ports = portsOf(bucket, stack.folder, { admit });
  for (const [urn, source] of [
    [URN, "d"],
    [`${URN}2`, "e"],
  ] as const) {
    const { inputs } = await checkFiles(ports, { urn, olds: {}, news: { source } });
    await createFiles(ports, { urn, scope: SCOPE, news: inputs, signal }).catch((error: Error) => {
      expect([source, error.message]).toEqual(["e", "LYC5115: too much"]);
    });
  }
  expect([asked, bucket.uploaded.length]).toEqual([[3, 1], 2]);
});

test("a failure before the first file leaves no state", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await expect(stack.up({ source: "d" }, failingAfter(bucket, 0, FULL))).rejects.toThrow("LYC6003: ");
  expect(stack.state).toBeUndefined();
});

test("after a failed move, the state has the old and the new files, and destroy removes both", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  await stack.up({ source: "d", prefix: "old" });
  await expect(stack.up({ source: "d", prefix: "new" }, failingAfter(bucket, 1, FULL))).rejects.toThrow("LYC6003: ");
  expect(keysIn(bucket)).toHaveLength(3);
  await stack.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("after a failed move, the next up asks for few lists", async () => {
  const bucket = memoryBucket();
  const names = Array.from({ length: 40 }, (_, number) => `d/${number}.txt`);
  const stack = new Stack(bucket, folderWith(Object.fromEntries(names.map((name) => [name, name]))));
  await stack.up({ source: "d", prefix: "x/old" });
  await expect(stack.up({ source: "d", prefix: "new" }, failingAfter(bucket, 5, FULL))).rejects.toThrow("LYC6003: ");
  const lists: string[] = [];
  const list: MemoryBucket["list"] = (prefix) => {
    lists.push(prefix);
    return bucket.list(prefix);
  };
  await stack.up({ source: "d", prefix: "new" }, { bucket: () => ({ ...bucket, list }) });
  expect([lists, bucket.contents.size]).toEqual([["new/", "x/old/"], 40]);
});

test("files that change between check and create stop the create", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a" });
  const ports = portsOf(bucket, folder);
  const { inputs } = await checkFiles(ports, { urn: URN, olds: {}, news: { source: "d" } });
  rmSync(join(folder, "d/a.txt"));
  writeFileSync(join(folder, "d/b.txt"), "b");
  // Another process carries out the create that was checked in the first process.
  const other = portsOf(bucket, folder);
  await expect(createFiles(other, { urn: URN, scope: SCOPE, news: inputs, signal })).rejects.toThrow(
    "LYC6007: The files of d changed after the command had checked them.",
  );
});

test("the state of a cancelled create has the files that it has stored", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "d/b.txt": "b" });
  const stop = new AbortController();
  const ports = portsOf(bucket, folder, {
    bucket: () => ({
      ...bucket,
      upload: async (...call: Parameters<MemoryBucket["upload"]>) => {
        const stored = await bucket.upload(...call);
        stop.abort();
        call[2]?.signal?.throwIfAborted();
        return stored;
      },
    }),
  });
  const { inputs } = await checkFiles(ports, { urn: URN, olds: {}, news: { source: "d" } });
  const create = createFiles(ports, { urn: URN, scope: SCOPE, news: inputs, signal: stop.signal });
  await expect(create).rejects.toThrow("LYC6015: The command was cancelled before all files were stored.");
});

test("an import is refused", async () => {
  const state = { id: "files-x", urn: URN, outputs: {} };
  await expect(readFiles(portsOf(), state, signal)).rejects.toThrow("LYC6014: ");
});
