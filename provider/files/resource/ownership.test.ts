import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { type MemoryBucket, memoryBucket } from "../../storage/testing/memory-bucket";
import { checkFiles, createFiles, deleteFiles, type FilesState, updateFiles } from ".";
import { portsOf, URN } from "./testing/ports";
import { FULL, failingAfter, keysIn, SCOPE, Stack, signal } from "./testing/stack";

afterEach(removeFolders);

const SAME = { source: "d", prefix: "p" };
const otherStack = (bucket: MemoryBucket, folder: string) =>
  new Stack(bucket, folder, URN.replace("dev", "test"), "another secret");

test("a killed create is continued: what it has stored is not sent again, and all of it is removed later", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "d/b.txt": "b" });
  const killed = new Stack(bucket, folder);
  await expect(killed.up({ source: "d", prefix: "p" }, failingAfter(bucket, 1, FULL))).rejects.toThrow();
  const next = new Stack(bucket, folder);
  expect(await next.up({ source: "d", prefix: "p" })).toBe("created");
  expect([...bucket.uploaded].sort()).toEqual(["p/a.txt", "p/b.txt"]);
  await next.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("two stacks with one prefix do not remove each other's files", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "e/b.txt": "b", "f/a.txt": "other" });
  const one = new Stack(bucket, folder);
  const two = otherStack(bucket, folder);
  await one.up({ source: "d", prefix: "p" });
  await two.up({ source: "e", prefix: "p" });
  await two.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  // A file with the same content is shared. Other content under the same key is refused before anything is sent.
  await two.up({ source: "d", prefix: "p" });
  expect(two.ports.shown.join()).toContain("This resource did not put it there, so it never removes it: p/a.txt.");
  await two.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  const sent = bucket.uploaded.length;
  await expect(two.up({ source: "f", prefix: "p" })).rejects.toThrow("LYC6012: The bucket already has p/a.txt");
  expect(bucket.uploaded).toHaveLength(sent);
});

test("a file that somebody has changed is not removed, and the row names it", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  await stack.up({ source: "d", prefix: "p" });
  bucket.contents.set("p/a.txt", Buffer.from("by a run"));
  bucket.writers.delete("p/a.txt");
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  expect(stack.ports.shown[0]).toBe(
    "warning: 1 file stays in the bucket, because somebody else has stored or changed it: p/a.txt.",
  );
});

test("a deletion keeps the files if a new resource with the same keys was created before", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await stack.up({ source: "d", prefix: "p" });
  const old = stack.state as FilesState;
  // A forced replacement that first creates the new resource, in one process.
  stack.state = undefined;
  await stack.up({ source: "d", prefix: "p" });
  await deleteFiles(stack.ports, old, signal);
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
});

describe("two resources of a program", () => {
  const OTHER = `${URN}2`;

  test("a file that moves from one to the other stays in the bucket", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
    await stack.up({ source: "d", prefix: "p" });
    const { id, outputs } = stack.state as FilesState;
    const ports = portsOf(bucket, stack.folder);
    const without = { source: "d", prefix: "p", exclude: ["a.txt"] };
    const { inputs } = await checkFiles(ports, { urn: URN, olds: stack.inputs ?? {}, news: without });
    const other = await checkFiles(ports, { urn: OTHER, olds: {}, news: { source: "d/a.txt", prefix: "p" } });
    // The new resource is created first, and finds the file in the bucket.
    await createFiles(ports, { urn: OTHER, scope: SCOPE, news: other.inputs, signal });
    const left = await updateFiles(ports, { id, urn: URN, outputs }, inputs, signal);
    expect(keysIn(bucket)).toEqual(["p/a.txt", "p/b.txt"]);
    expect(left.outputs.__stored).not.toContain("a.txt");
  });

  test("a file that has moved to the other is removed with the other", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.up({ source: "d", prefix: "p" });
    const renamed = new Stack(bucket, stack.folder, OTHER);
    await renamed.up({ source: "d", prefix: "p" });
    await deleteFiles(renamed.ports, stack.state as FilesState, signal);
    expect([keysIn(bucket), renamed.ports.shown.filter((line) => /warning|removed [^0]/.test(line))]).toEqual([
      ["p/a.txt"],
      [],
    ]);
    await renamed.destroy();
    expect(keysIn(bucket)).toEqual([]);
  });

  test("a deletion in the next command keeps the files of the other", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.up({ source: "d", prefix: "p" });
    const renamed = new Stack(bucket, stack.folder, OTHER);
    await renamed.up({ source: "d", prefix: "p" });
    expect(await renamed.up({ source: "d", prefix: "p" })).toBe("same");
    await deleteFiles(renamed.ports, stack.state as FilesState, signal);
    expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  });
});

describe("the same content under the same key, after the file was removed by hand", () => {
  test.each([
    ["another stack", async (bucket: MemoryBucket, folder: string) => otherStack(bucket, folder).up(SAME)],
    ["a tool", async (bucket: MemoryBucket) => bucket.contents.set("p/a.txt", Buffer.from("a"))],
  ])("a file of %s stays", async (_who, storeAgain) => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
    await stack.up(SAME);
    bucket.contents.clear();
    bucket.writers.clear();
    await storeAgain(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.destroy();
    expect([keysIn(bucket), stack.ports.shown[0]]).toEqual([
      ["p/a.txt"],
      "warning: 1 file stays in the bucket, because somebody else has stored or changed it: p/a.txt.",
    ]);
  });

  test("a file of another stack is not replaced by other content", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.up(SAME);
    bucket.contents.clear();
    await otherStack(bucket, folderWith({ "d/a.txt": "a" })).up(SAME);
    writeFileSync(join(stack.folder, "d/a.txt"), "changed");
    await expect(stack.up(SAME)).rejects.toThrow("LYC6012: The bucket already has p/a.txt");
    expect(String(bucket.contents.get("p/a.txt"))).toBe("a");
  });
});

describe("a replacement", () => {
  test("that was interrupted: a later command deletes the old resource, and keeps the files of the new one", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
    await stack.up(SAME);
    const old = stack.state as FilesState;
    stack.state = undefined;
    await stack.up({ ...SAME, exclude: ["b.txt"] });
    expect(await stack.up({ ...SAME, exclude: ["b.txt"] })).toBe("same");
    await deleteFiles(stack.ports, old, signal);
    expect(keysIn(bucket)).toEqual(["p/a.txt"]);
    await stack.destroy();
    expect(keysIn(bucket)).toEqual([]);
  });

  test("that deletes first removes all files", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.up(SAME);
    expect(await stack.up(SAME)).toBe("same");
    await deleteFiles(stack.ports, stack.state as FilesState, signal);
    expect(keysIn(bucket)).toEqual([]);
  });
});
