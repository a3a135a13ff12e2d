import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StoredFile } from "../bucket";
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

test("a download that broke off goes on where it ended, within a command and in the next one", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(3, 2);
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect([bucket.offsets, readFileSync(join(folder, "a.txt"), "utf8")]).toEqual([[0, 3, 5], "0123456789"]);

  const other = folderWith({});
  bucket.offsets.splice(0);
  bucket.breaksAfter.push(4, 0, 0, 0);
  await expect(downloadFiles(bucket, await fetches(bucket, other))).rejects.toThrow(
    "LYC6001: a.txt (10 bytes) broke off 4 times.",
  );
  expect(readdirSync(other)).toEqual([expect.stringMatching(/^\.lyceum-[0-9a-f]{16}\.part$/)]);
  await downloadFiles(bucket, await fetches(bucket, other));
  expect(bucket.offsets).toEqual([0, 4, 4, 4, 4]);
  expect(readdirSync(other)).toEqual(["a.txt"]);
});

test("the rest of another content is not appended", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  bucket.breaksAfter.push(4, 0, 0, 0);
  await expect(downloadFiles(bucket, await fetches(bucket, folder))).rejects.toThrow("LYC6001");
  bucket.contents.set("a.txt", Buffer.from("abcdefghij"));
  await downloadFiles(bucket, await fetches(bucket, folder));
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("abcdefghij");
});

test("a file that changed after the list was read is an error, and no mixture", async () => {
  const bucket = memoryBucket({ "a.txt": "0123456789" });
  const folder = folderWith({});
  const planned = await fetches(bucket, folder);
  bucket.contents.set("a.txt", Buffer.from("abcdefghij"));
  await expect(downloadFiles(bucket, planned)).rejects.toThrow("LYC6007");
  expect(readdirSync(folder)).toEqual([]);
});

test("bytes that differ from the ETag are refused and removed, a complete rest of before as well", async () => {
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
