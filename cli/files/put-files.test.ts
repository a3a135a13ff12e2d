import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryBucket } from "../../provider/storage/testing/memory-bucket";
import { stat } from "../compose/files";
import { fakeSurface } from "../testing/surface";
import { putFiles } from "./put-files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-put-"));
  mkdirSync(join(folder, "data/sub"), { recursive: true });
  mkdirSync(join(folder, "empty"));
  for (const [path, text] of Object.entries({ "data/a.csv": "a", "data/sub/b.csv": "bb", "data/note.txt": "n" }))
    writeFileSync(join(folder, path), text);
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Stores a file or folder in a bucket that already has one file. Returns the exit code, the new keys and the printed
 * lines.
 */
async function put(source: string, target: string, exclude: readonly string[] = []) {
  const bucket = memoryBucket({ "in/a.csv": "a" });
  const printed: string[] = [];
  const surface = { ...fakeSurface({}), folder, stat };
  const service = {
    bucket,
    signal: new AbortController().signal,
    now: () => 0,
    print: (text: string) => void printed.push(text),
    printError: surface.printError,
  };
  const code = await putFiles(service, { source, target, exclude }, surface);
  return { code, uploaded: [...bucket.uploaded].sort(), printed, complaints: surface.complaints };
}

test.each([
  ["a file, under its own name", "data/note.txt", "", [], ["note.txt"], "1 file, 1 B, stored."],
  ["a file, in a folder", "data/note.txt", "in/", [], ["in/note.txt"], "1 file, 1 B, stored."],
  ["a file, under another name", "data/note.txt", "in/n.md", [], ["in/n.md"], "1 file, 1 B, stored."],
  ["a file, under another name without a folder", "data/note.txt", "n.md", [], ["n.md"], "1 file, 1 B, stored."],
  [
    "a folder, without what the bucket has already",
    "data",
    "in",
    [],
    ["in/note.txt", "in/sub/b.csv"],
    "2 files, 3 B, stored. 1 file had the same content already.",
  ],
  [
    "a folder, with a slash at the end of its name in the bucket",
    "data",
    "out/",
    ["note.*"],
    ["out/a.csv", "out/sub/b.csv"],
    "2 files, 3 B, stored.",
  ],
  ["a folder, in the bucket itself", "data", "", ["*.csv"], ["note.txt", "sub/b.csv"], "2 files, 3 B, stored."],
])("put stores %s", async (_what, source, target, exclude, uploaded, text) => {
  expect(await put(source, target, exclude)).toEqual({ code: 0, uploaded, printed: [text], complaints: [] });
});

test.each([
  ["does not exist", "none", "none does not exist"],
  ["has no file", "empty", "empty has no file to store"],
  ["is a device", "/dev/null", "/dev/null is neither a file nor a folder"],
])("a source that %s is an error", async (_what, source, message) => {
  await expect(put(source, "")).rejects.toThrow(message);
});

test("a link that leads back is left out and named", async () => {
  symlinkSync("..", join(folder, "data/up"));
  const { uploaded, complaints } = await put("data", "out");
  expect(uploaded).toContain("out/a.csv");
  expect(complaints).toEqual(["up/data/ is left out: a bucket holds files only, and no link that leads back."]);
});
