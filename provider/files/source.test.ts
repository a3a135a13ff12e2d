import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../storage/testing/folder";
import { excluding } from "./glob";
import { changedError, isUnchanged, readSource } from "./source";

afterEach(removeFolders);

const request = { source: ".", exclude: [], known: [], now: 0 };
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64url");

test("each file has the digest of its whole content, a large file too", async () => {
  const contents = [1024 * 1024, 1024 * 1024 + 1, 2 * 1024 * 1024 + 5].map((size) => Buffer.alloc(size, "ab"));
  const names = contents.map((_content, at) => `${at}.bin`);
  const folder = folderWith(Object.fromEntries(contents.map((content, at) => [names[at], content])));
  const { files } = await readSource({ ...request, folder });
  expect(files.map(({ path, bytes, content }) => [path, bytes, content])).toEqual(
    contents.map((content, at) => [names[at], content.length, digest(content)]),
  );
});

test("a known file that has not changed is not read again", async () => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  // Any time that is long after the files were written.
  const now = Date.parse("2100-01-01");
  const { files } = await readSource({ ...request, folder, now });
  const known = files.map((file) => ({ ...file, content: `known ${file.path}` }));
  const again = await readSource({ ...request, folder, now, known });
  expect(again.files.map(({ content }) => content)).toEqual(["known a.txt", "known b.txt"]);
  // A file that has just changed may change again without another time.
  const soon = await readSource({ ...request, folder, now: 0, known });
  expect(soon.files.map(({ content }) => content)).toEqual(files.map(({ content }) => content));
});

test("a file that is removed counts as changed", async () => {
  const folder = folderWith({ "a.txt": "a" });
  const { files } = await readSource({ ...request, folder });
  const [file] = files;
  if (file === undefined) throw new Error("There is no file.");
  expect(isUnchanged(file)).toBe(true);
  rmSync(join(folder, "a.txt"));
  expect(isUnchanged(file)).toBe(false);
  expect(changedError(file).message).toMatch(/^LYC6007: a\.txt changed while the command ran\./);
});

test.each([
  ["*.txt", "a.txt", true],
  ["*.txt", "d/a.txt", false],
  ["**/*.txt", "d/a.txt", true],
  ["*", ".hidden", true],
  ["d/", "d/", true],
  ["d", "d/", true],
])("the pattern %s leaves out %s: %s", (pattern, path, expected) => {
  expect(excluding([pattern])(path)).toBe(expected);
});

test("a pattern that cannot be used is an error with its first 100 characters", () => {
  expect(() => excluding([""])).toThrow('LYC6008: "" cannot be used as a pattern.');
  expect(() => excluding(["x".repeat(70_000)])).toThrow(`LYC6008: "${"x".repeat(100)}" cannot be used as a pattern.`);
});
