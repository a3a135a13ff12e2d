import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "./write-whole";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file is replaced as a whole, and its folders are made", () => {
  const path = join(folder, "a/b/report.html");
  writeWhole(path, "first");
  writeWhole(path, "second");
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(readdirSync(join(folder, "a/b"))).toEqual(["report.html"]);
});

test("a file that cannot be written is an error with a reason, and leaves no file", () => {
  writeWhole(join(folder, "file"), "");
  expect(() => writeWhole(join(folder, "file/report.html"), "x")).toThrow(/^the file cannot be written \(E\w+\)$/);
  expect(() => writeWhole(folder, "x")).toThrow("there is something else than a file at its path");
  expect(() => writeWhole("/dev/null", "x")).toThrow("there is something else than a file at its path");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a link stays a link, and its target is written", () => {
  const [link, target] = [join(folder, "latest.html"), join(folder, "file")];
  writeFileSync(target, "");
  symlinkSync(target, link);
  writeWhole(link, "through the link");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("through the link");
});
