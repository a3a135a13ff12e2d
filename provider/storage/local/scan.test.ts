import fs, { symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../testing/folder";
import { openContent } from "./content";
import { scanFile, scanFolder } from "./scan";

afterEach(removeFolders);

const none = () => false;

test("files are found below folders, with their paths in order, sizes and times", async () => {
  const folder = folderWith({ "b.txt": "bb", "a/z.txt": "", "a/b/c.txt": "ccc", ".hidden": "h" });
  const { files, skipped } = await scanFolder(folder, none);
  expect(files.map(({ path, bytes, location }) => [path, bytes, location])).toEqual([
    [".hidden", 1, join(folder, ".hidden")],
    ["a/b/c.txt", 3, join(folder, "a/b/c.txt")],
    ["a/z.txt", 0, join(folder, "a/z.txt")],
    ["b.txt", 2, join(folder, "b.txt")],
  ]);
  expect(files.every(({ modifiedMilliseconds }) => modifiedMilliseconds > 0)).toBe(true);
  expect(skipped).toEqual([]);
});

test("links are followed, but a link that leads back or to nothing is skipped", async () => {
  const folder = folderWith({ "a/b.txt": "b" });
  symlinkSync("a", join(folder, "link"));
  symlinkSync("..", join(folder, "a/up"));
  symlinkSync("nowhere", join(folder, "broken"));
  const { files, skipped } = await scanFolder(folder, none);
  expect(files.map(({ path }) => path)).toEqual(["a/b.txt", "link/b.txt"]);
  expect(skipped).toEqual(["a/up/", "broken", "link/up/"]);
});

test("links that lead out of the folder are named, and links inside of it are not", async () => {
  const other = folderWith({ "secret.txt": "s", "sub/x.txt": "x" });
  const folder = folderWith({ "a/b.txt": "b" });
  symlinkSync(join(other, "secret.txt"), join(folder, "file"));
  symlinkSync(join(other, "sub"), join(folder, "a/sub"));
  symlinkSync("a/b.txt", join(folder, "inside"));
  const { files, outside } = await scanFolder(folder, none);
  expect(outside).toEqual(["file", "a/sub"]);
  expect(files.map(({ path }) => path)).toEqual(["a/b.txt", "a/sub/x.txt", "file", "inside"]);
  expect((await scanFolder(folder, (path) => path === "file")).outside).toEqual(["a/sub"]);
});

test("downloads that have not ended do not count as files", async () => {
  const folder = folderWith({ "a.txt": "", ".lyceum-0123456789ab-0123456789ab.42.part": "half" });
  expect((await scanFolder(folder, none)).files.map(({ path }) => path)).toEqual(["a.txt"]);
});

test("an excluded folder is not read, and an excluded file is left out", async () => {
  const folder = folderWith({ "a/b.txt": "", "c.txt": "", "d.pyc": "" });
  const asked: string[] = [];
  const { files } = await scanFolder(folder, (path) => {
    asked.push(path);
    return path === "a/" || path.endsWith(".pyc");
  });
  expect(files.map(({ path }) => path)).toEqual(["c.txt"]);
  expect(asked).toEqual(["a/", "c.txt", "d.pyc"]);
});

test("a folder or file that does not exist is an error with its path", async () => {
  const missing = join(folderWith({}), "missing");
  const message = `LYC6008: ${missing} cannot be read: it does not exist.`;
  await expect(scanFolder(missing, none)).rejects.toThrow(message);
  await expect(scanFile(missing, "missing")).rejects.toThrow(message);
  await expect(openContent(missing)).rejects.toThrow(message);
});

test("an entry that cannot be read is an error, does not count as missing, and can be excluded", async () => {
  const folder = folderWith({ "a.txt": "a" });
  // A name that is too long for a file system: stat fails, for every user.
  symlinkSync("x".repeat(300), join(folder, "odd"));
  const message = `LYC6008: ${join(folder, "odd")} cannot be read: its name is too long for this file system.`;
  await expect(scanFolder(folder, none)).rejects.toThrow(message);
  for (const excluded of ["odd", "odd/"])
    expect((await scanFolder(folder, (path) => path === excluded)).files.map(({ path }) => path)).toEqual(["a.txt"]);
  symlinkSync("self", join(folder, "self"));
  expect((await scanFolder(folder, (path) => path === "odd")).skipped).toEqual(["self"]);
});

test.each(["EACCES", "EIO"])("a file whose metadata fails with %s is an error", async (code) => {
  const folder = folderWith({ "a.txt": "a", "b.txt": "b" });
  const stat = jest.spyOn(fs, "statSync").mockImplementationOnce(() => {
    throw Object.assign(new Error(code), { code });
  });
  await expect(scanFolder(folder, none)).rejects.toThrow(/^LYC6008: \S+[ab]\.txt cannot be read: /);
  stat.mockRestore();
  expect((await scanFolder(folder, none)).files).toHaveLength(2);
});
