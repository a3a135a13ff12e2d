import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scanFolder } from "../local/scan";
import { folderWith, removeFolders } from "../testing/folder";
import { etagOfText, memoryBucket } from "../testing/memory-bucket";
import { uploadFiles } from "./upload";

afterEach(removeFolders);

const filesOf = async (folder: string) => (await scanFolder(folder, () => false)).files;

test("only files that differ are sent, and nothing is removed", async () => {
  const bucket = memoryBucket({ "in/same.txt": "same", "in/longer.txt": "x", "in/other.txt": "abc", "in/else": "e" });
  const folder = folderWith({ "same.txt": "same", "longer.txt": "xx", "other.txt": "abd", "new/a.txt": "a" });
  const seen: string[] = [];
  let bytes = 0;
  const { sent, kept } = await uploadFiles(bucket, await filesOf(folder), "in/", {
    onBytes: (more) => (bytes += more),
    onKept: ({ path }) => void seen.push(`kept ${path}`),
    onStored: ({ path }) => void seen.push(`stored ${path}`),
  });
  expect(sent.map(({ key, etag }) => [key, etag])).toEqual([
    ["in/longer.txt", etagOfText("xx")],
    ["in/new/a.txt", etagOfText("a")],
    ["in/other.txt", etagOfText("abd")],
  ]);
  expect(kept.map(({ key }) => key)).toEqual(["in/same.txt"]);
  expect(bytes).toBe(6);
  expect(seen.sort()).toEqual(["kept same.txt", "stored longer.txt", "stored new/a.txt", "stored other.txt"]);
  expect(String(bucket.contents.get("in/else"))).toBe("e");
});

test("a second upload after a failure sends only the missing files", async () => {
  const bucket = memoryBucket();
  const folder = folderWith(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, `text ${at}`])));
  const files = await filesOf(folder);
  const failing = {
    ...bucket,
    upload: async (...args: Parameters<typeof bucket.upload>) => {
      if (bucket.uploaded.length >= 12) throw new Error("the disk of the server is full");
      return bucket.upload(...args);
    },
  };
  await expect(uploadFiles(failing, files, "")).rejects.toThrow("the disk of the server is full");
  // Uploads that were running when one file failed have been completed.
  const before = bucket.uploaded.length;
  expect(before).toBeGreaterThanOrEqual(12);
  expect(before).toBeLessThan(30);
  const { sent, kept } = await uploadFiles(bucket, files, "");
  expect([sent.length, kept.length]).toEqual([30 - before, before]);
  expect(new Set(bucket.uploaded).size).toBe(30);
});

test("a name that the bucket cannot hold is refused before anything is sent", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "a.txt": "a" });
  writeFileSync(join(folder, "b\u0007.txt"), "b");
  await expect(uploadFiles(bucket, await filesOf(folder), "in/")).rejects.toThrow("LYC6009");
  expect(bucket.uploaded).toEqual([]);
});

test("an abort ends the upload before the next file", async () => {
  const bucket = memoryBucket();
  const stop = new AbortController();
  stop.abort();
  const files = await filesOf(folderWith({ "a.txt": "a" }));
  await expect(uploadFiles(bucket, files, "", { signal: stop.signal })).rejects.toThrow(/abort/i);
  expect(bucket.uploaded).toEqual([]);
});
