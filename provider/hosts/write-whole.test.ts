import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "./write-whole";

const folder = mkdtempSync(join(tmpdir(), "lyceum-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a file is replaced as a whole, in folders that are made for it", () => {
  const path = join(folder, "a/b/report.html");
  writeWhole(path, "first");
  writeWhole(path, "second");
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(readdirSync(join(folder, "a/b"))).toEqual(["report.html"]);
});

test("what cannot be written says why, and leaves nothing", () => {
  writeWhole(join(folder, "file"), "");
  expect(() => writeWhole(join(folder, "file/report.html"), "x")).toThrow(/^the file cannot be written \(E\w+\)$/);
  expect(() => writeWhole(folder, "x")).toThrow(/EISDIR|EEXIST|ENOTEMPTY/);
  expect(readdirSync(folder).sort()).toEqual(["a", "file"]);
});
