import { appendFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../testing/folder";
import { localError, openContent } from "./content";

afterEach(removeFolders);

const opened = async (text: string) => {
  const path = join(folderWith({ "a.txt": text }), "a.txt");
  return { path, content: await openContent(path) };
};

test("parts are read from any offset", async () => {
  const { content } = await opened("abcdef");
  expect(content.bytes).toBe(6);
  expect(Buffer.from(await content.read(2, 3)).toString()).toBe("cde");
  expect((await content.read(6, 0)).length).toBe(0);
  await content.close();
});

test.each([64 * 1024, 64 * 1024 + 1, 3_000_000])("a part of %d bytes is read whole", async (length) => {
  const bytes = Buffer.alloc(length + 1, "abc");
  const content = await openContent(join(folderWith({ "a.bin": bytes }), "a.bin"));
  expect(Buffer.from(await content.read(1, length)).equals(bytes.subarray(1))).toBe(true);
  await content.close();
});

test.each([
  ["grows", (path: string) => appendFileSync(path, "more")],
  ["shrinks", (path: string) => truncateSync(path, 2)],
  ["is written again", (path: string) => writeFileSync(path, "ghijkl")],
  ["is touched", (path: string) => utimesSync(path, 1, 1)],
])("a file that %s while it is read is an error that names it", async (_name, change) => {
  const { path, content } = await opened("abcdef");
  utimesSync(path, 1000, 1000);
  const again = await openContent(path);
  await again.read(0, 3);
  change(path);
  await expect(again.read(3, 3)).rejects.toThrow(`LYC6007: ${path} changed while it was read.`);
  await again.close();
  await content.close();
});

test.each([
  ["EACCES", "LYC6008: /a cannot be read: it may not be read or written. Correct the path or its permissions."],
  ["ENOSPC", "LYC6008: /a cannot be read: the disk is full. Correct the path or its permissions."],
  ["EODD", "LYC6008: /a cannot be read: EODD. Correct the path or its permissions."],
])("the reason of %s is in words", (code, message) => {
  expect(localError("/a", "read", Object.assign(new Error("x"), { code }))).toEqual(
    expect.objectContaining({ message }),
  );
});

test("an error of something else stays as it is", () => {
  const error = new Error("x");
  expect(localError("/a", "read", error)).toBe(error);
});

test("an error of the operating system while content is read names the file", async () => {
  const folder = folderWith({});
  const content = await openContent(folder);
  for (const length of [1, 100_000])
    await expect(content.read(0, length)).rejects.toThrow(`LYC6008: ${folder} cannot be read: it is a folder.`);
  await content.close();
});
