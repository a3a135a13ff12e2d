import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { StoredFile } from "../bucket";
import { PARTIAL } from "../local/scan";
import { folderWith, removeFolders } from "../testing/folder";
import { type MemoryBucket, memoryBucket } from "../testing/memory-bucket";
import { downloadFiles } from "./download";

afterEach(removeFolders);

const listed = async (bucket: MemoryBucket): Promise<StoredFile[]> => {
  const files = [];
  for await (const file of bucket.list("")) files.push(file);
  return files;
};
const fetches = async (bucket: MemoryBucket, folder: string) =>
  (await listed(bucket)).map((file) => ({ file, location: join(folder, file.key) }));

test("files arrive with their folders and bytes, and nothing else is left", async () => {
  const bucket = memoryBucket({ "a/b/c.txt": "content", "empty.txt": "" });
  const folder = folderWith({ "empty.txt": "of before" });
  let bytes = 0;
  const fetched: string[] = [];
  await downloadFiles(bucket, await fetches(bucket, folder), {
    onBytes: (more) => (bytes += more),
    onFetched: ({ key }) => void fetched.push(key),
  });
  expect(readFileSync(join(folder, "a/b/c.txt"), "utf8")).toBe("content");
  expect(readFileSync(join(folder, "empty.txt"), "utf8")).toBe("");
  expect([bytes, fetched.sort()]).toEqual([7, ["a/b/c.txt", "empty.txt"]]);
  expect(readdirSync(folder).sort()).toEqual(["a", "empty.txt"]);
});

/** Renames a partial file, so that it seems to belong to a process that no longer runs, as after a kill. */
function leave(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.endsWith(".part"))
      renameSync(join(folder, name), join(folder, name.replace(/\.\d+\.part$/, ".4194305.part")));
}

test("a download that broke off continues at its end, in the same command and in the next", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(3, 2);
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect([bucket.offsets, readFileSync(join(folder, "a.txt"), "utf8")]).toEqual([[0, 3, 5], "0123456789"]);

  const other = folderWith({});
  bucket.offsets.splice(0);
  bucket.breaksAfter.push(4, 0, 0, 0, 0);
  await expect(downloadFiles(bucket, await fetches(bucket, other))).rejects.toThrow(
    "LYC6001: a.txt broke off after 4 of 10 bytes, again and again.",
  );
  expect(readdirSync(other)).toEqual([expect.stringMatching(PARTIAL)]);
  leave(other);
  await downloadFiles(bucket, await fetches(bucket, other));
  expect(bucket.offsets).toEqual([0, 4, 4, 4, 4, 4]);
  expect(readdirSync(other)).toEqual(["a.txt"]);
});

test("a connection may break more often than the limit, as long as bytes arrive", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(1, 1, 1, 1, 1, 1, 1);
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("0123456789");
});

test("the partial download of another running command is left alone", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(4, 0, 0, 0, 0);
  await expect(downloadFiles(bucket, await fetches(bucket, folder))).rejects.toThrow("LYC6001");
  const [left = ""] = readdirSync(folder);
  // The parent process of this test is alive.
  const other = left.replace(/\.\d+\.part$/, `.${process.ppid}.part`);
  renameSync(join(folder, left), join(folder, other));
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect(readdirSync(folder).sort()).toEqual([other, "a.txt"].sort());
});

test("a file that is there with the same content is kept", async () => {
  const bucket = memoryBucket({ "a.txt": "same", "b.txt": "new" });
  const folder = folderWith({ "a.txt": "same", "b.txt": "old" });
  const kept: string[] = [];
  await downloadFiles(bucket, await fetches(bucket, folder), { onKept: ({ key }) => void kept.push(key) });
  expect([kept, bucket.offsets.length]).toEqual([["a.txt"], 1]);
  expect(readFileSync(join(folder, "b.txt"), "utf8")).toBe("new");
});

test("a location that cannot be written is an error before anything is asked for", async () => {
  const bucket = memoryBucket({ "a.txt": "x" });
  const folder = folderWith({ "target/keep": "" });
  const [one] = await fetches(bucket, folder);
  if (one === undefined) throw new Error("no file");
  await expect(downloadFiles(bucket, [{ ...one, location: join(folder, "target/keep/a.txt") }])).rejects.toThrow(
    "LYC6008",
  );
  expect(bucket.offsets).toEqual([]);
});

test("the rest of another content is not appended", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(4, 0, 0, 0, 0);
  await expect(downloadFiles(bucket, await fetches(bucket, folder))).rejects.toThrow("LYC6001");
  leave(folder);
  bucket.contents.set("a.txt", Buffer.from("abcdefghij"));
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("abcdefghij");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("a file that changed after the list was read is an error, and is not mixed with the old content", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  const planned = await fetches(bucket, folder);
  bucket.contents.set("a.txt", Buffer.from("abcdefghij"));
  await expect(downloadFiles(bucket, planned)).rejects.toThrow("LYC6007");
  expect(readdirSync(folder)).toEqual([]);
});

test("bytes that differ from the ETag are refused and removed", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  const altered: MemoryBucket = {
    ...bucket,
    download: async (key, etag, offset) => {
      const { hasDigest } = await bucket.download(key, etag, offset);
      return {
        body: (await memoryBucket({ "a.txt": "012345678X" }).download(key, await etagX(), offset)).body,
        hasDigest,
      };
    },
  };
  await expect(downloadFiles(altered, await fetches(bucket, folder))).rejects.toThrow("LYC6010: a.txt arrived");
  expect(readdirSync(folder)).toEqual([]);
});

const etagX = async () => (await listed(memoryBucket({ "a.txt": "012345678X" })))[0]?.etag ?? "";

test("an error of the disk names the file", async () => {
  const bucket = memoryBucket({ "a/b.txt": "b" });
  const folder = folderWith({ a: "a file where a folder is needed" });
  await expect(downloadFiles(bucket, await fetches(bucket, folder))).rejects.toThrow(
    `LYC6008: ${join(folder, "a/b.txt")} cannot be written`,
  );
});
