import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAtMost, stat } from "./files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-files-"));
  writeFileSync(join(folder, "a.txt"), "abcdef");
  symlinkSync("a.txt", join(folder, "link"));
  symlinkSync("loop", join(folder, "loop"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const LONG = "x".repeat(300);

test.each([
  ["a whole file", "a.txt", 6, "abcdef"],
  ["a file, with room for more", "a.txt", 100, "abcdef"],
  ["the beginning of a larger file", "a.txt", 5, "abcde"],
  ["a file behind a link", "link", 3, "abc"],
  ["an empty device", "/dev/null", 5, ""],
  ["the beginning of a device without an end", "/dev/zero", 3, "\0\0\0"],
])("%s is read", (_what, path, most, text) => {
  const read = readAtMost(path.startsWith("/") ? path : join(folder, path), most);
  expect(read.kind === "bytes" && Buffer.from(read.bytes).toString()).toBe(text);
});

test.each([
  ["is missing", "none", "does not exist"],
  ["is a folder", "", "is a folder"],
  ["has a name that is too long", LONG, "could not be read (ENAMETOOLONG)"],
])("the reason is named for a path that %s", (_what, path, reason) => {
  expect(readAtMost(join(folder, path), 10)).toEqual({ kind: "error", reason });
});

test.each([
  ["a file", "a.txt", "file"],
  ["a link to a file", "link", "file"],
  ["a folder", "", "folder"],
  ["a device", "/dev/null", "stream"],
  ["nothing", "none", "missing"],
  ["a link to itself", "loop", "missing"],
  ["a name that is too long", LONG, "missing"],
])("the kind of %s is %s: %s", (_what, path, kind) => {
  expect(stat(path.startsWith("/") ? path : join(folder, path))).toBe(kind);
});
