import { readText } from "./read-text";
import { memoryBucket } from "./testing/memory-bucket";

test("a small file is read as text, by its exact key", async () => {
  const bucket = memoryBucket({ "out/a": "hällo\n", "out/a.txt": "other", "out/": "" });
  const { file, text } = await readText(bucket, "out/a");
  expect([text, file.key, file.bytes]).toEqual(["hällo\n", "out/a", 7]);
  expect((await readText(bucket, "out/a", { etag: file.etag })).text).toBe("hällo\n");
});

test.each([
  ["LYC6006", "out/b", {}, "The bucket has no file out/b."],
  ["LYC6006", "out", {}, "The bucket has no file out."],
  ["LYC6009", "../a", {}, "a part of it is `..`"],
  ["LYC6020", "large", {}, "large has 1048577 bytes, and at most 1048576 (1 MB) can be read."],
  ["LYC6021", "binary", {}, "binary is not text in UTF-8."],
  ["LYC6022", "out/a", { etag: "e" }, "but e is expected."],
])("%s: %s", async (code, key, call, message) => {
  const bucket = memoryBucket({ "out/a": "1", large: "x".repeat(1024 * 1024 + 1) });
  bucket.contents.set("binary", Buffer.from([0xff, 0xfe]));
  const reading = readText(bucket, key, call);
  await expect(reading).rejects.toThrow(`${code}: `);
  await expect(reading).rejects.toThrow(message);
});

test("a file of the largest size is read, and a file that ends too early is an error", async () => {
  const bucket = memoryBucket({ large: "x".repeat(1024 * 1024) });
  expect((await readText(bucket, "large")).text).toHaveLength(1024 * 1024);
  bucket.contents.set("a", Buffer.from("abc"));
  const download = bucket.download.bind(bucket);
  const short = { ...bucket, download: (key: string, etag: string) => download(key, etag, 1) };
  await expect(readText(short, "a")).rejects.toThrow("LYC6010: 2 of 3 bytes of a have arrived.");
});
