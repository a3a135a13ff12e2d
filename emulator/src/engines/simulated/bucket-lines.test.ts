import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linesInBucket, writeToBucket } from "./bucket-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lines-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mount = () => ({ folder, inServices: true, onMachine: true });
const read = (...paths: readonly string[]) =>
  linesInBucket(mount(), paths).map(({ stream, message }) => `${stream}: ${message}`);

test("files are printed as `cat` prints them, and only the last line end is left out", () => {
  writeFileSync(join(folder, "a"), "1\n2\n\n");
  writeFileSync(join(folder, "b"), "");
  expect(read("a", "b")).toEqual(["stdout: 1", "stdout: 2", "stdout: ", "stdout: "]);
});

test("a file of one MiB is printed, and a longer one, a folder and a missing file are errors", () => {
  writeFileSync(join(folder, "longest"), "x".repeat(1024 * 1024));
  writeFileSync(join(folder, "longer"), "x".repeat(1024 * 1024 + 1));
  mkdirSync(join(folder, "folder"));
  expect(read("longest")[0]?.length).toBe("stdout: ".length + 1024 * 1024);
  expect(read("longer", "folder", "none/a", "longest/a")).toEqual([
    "stderr: /mnt/s3/longer: it is no file of at most 1 MiB",
    "stderr: /mnt/s3/folder: it is no file of at most 1 MiB",
    "stderr: /mnt/s3/none/a: no such file",
    "stderr: /mnt/s3/longest/a: longest is not a folder",
  ]);
  // Reading makes no folders.
  expect(existsSync(join(folder, "none"))).toBe(false);
});

test("files are written with the emulator's time, in folders that are made, and nothing half-written stays", () => {
  expect(writeToBucket(mount(), { "a/b/c": "text", d: { bytes: 25 } }, 5_000)).toEqual([]);
  expect(readFileSync(join(folder, "a/b/c"), "utf8")).toBe("text");
  expect(readFileSync(join(folder, "d"), "utf8")).toBe("simulated\nsimulated\nsimul");
  expect([statSync(join(folder, "d")).mtimeMs, readdirSync(folder).sort()]).toEqual([5_000, ["a", "d"]]);
  mkdirSync(join(folder, "e"));
  expect(writeToBucket(mount(), { e: "x" }, 5_000)).toEqual([
    { stream: "stderr", message: expect.stringContaining("/mnt/s3/e: ") },
  ]);
  expect(readdirSync(folder).sort()).toEqual(["a", "d", "e"]);
});

test("without the bucket, nothing is read or written", () => {
  const message = "/mnt/s3/a: the run does not have enable_s3_mount";
  expect(linesInBucket(undefined, ["a"])).toEqual([{ stream: "stderr", message }]);
  expect(writeToBucket(undefined, { a: "x" }, 0)).toEqual([{ stream: "stderr", message }]);
});
