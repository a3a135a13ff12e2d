import { StorageError, type StoredFile } from "../../provider/storage";
import { memoryBucket } from "../../provider/storage/testing/memory-bucket";
import { fakeSurface } from "../testing/surface";
import { files } from "./files";
import { fetchesOf } from "./get-files";
import { listFiles } from "./list-files";
import { showProgress } from "./progress";
import { removeFiles } from "./remove-files";
import { namedFiles } from "./service";
import { sizeText } from "./sizes";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [9949, "9.9 kB"],
  [9951, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [30_000_000, "30 MB"],
  [2_500_000_000_000_000, "2500 TB"],
])("%d bytes are shown as %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

const service = (given: Readonly<Record<string, string>>) => {
  const printed: string[] = [];
  const bucket = memoryBucket(given);
  const stop = new AbortController();
  return { bucket, printed, signal: stop.signal, now: () => 0, print: (text: string) => void printed.push(text) };
};
const GIVEN = { "data/a.csv": "a", "data/sub/b.csv": "bb", "database.csv": "c" };

test.each([
  ["", ["data/a.csv", "data/sub/b.csv", "database.csv"]],
  ["data", ["data/a.csv", "data/sub/b.csv"]],
  ["data/", ["data/a.csv", "data/sub/b.csv"]],
  ["data/a.csv", ["data/a.csv"]],
  ["dat", []],
])("the name %j means %j", async (name, keys) => {
  expect((await namedFiles(service(GIVEN), name)).map(({ key }) => key)).toEqual(keys);
});

test("a list has sizes, times, names and a sum; as JSON it has ETags", async () => {
  const shown = service(GIVEN);
  await listFiles(shown, "data", false);
  expect(shown.printed).toEqual([
    "1 B  2026-01-02 03:04:05  data/a.csv",
    "2 B  2026-01-02 03:04:05  data/sub/b.csv",
    "2 files, 3 B. Times are in UTC.",
  ]);
  const json = service(GIVEN);
  await listFiles(json, "data/a.csv", true);
  expect(JSON.parse(json.printed.join())).toEqual({
    files: [
      {
        key: "data/a.csv",
        bytes: 1,
        etag: "0cc175b9c0f1b6a831c399e269772661",
        modified: "2026-01-02T03:04:05.000Z",
      },
    ],
  });
});

test("control characters in a name have no effect in the terminal", async () => {
  const shown = service({ "a\u001b[2J\nb": "" });
  await listFiles(shown, "", false);
  expect(shown.printed.join("\n")).not.toContain("\u001b");
  expect(shown.printed).toHaveLength(2);
});

const stored = (key: string): StoredFile => ({ key, bytes: 1, etag: "e", modified: undefined });

test.each([
  ["a file goes into the folder under its own name", "data/a.csv", ["data/a.csv"], ["/out/a.csv"]],
  ["a folder keeps what is below it", "data/", ["data/a.csv", "data/b/c"], ["/out/a.csv", "/out/b/c"]],
  ["the whole bucket keeps its names", "", ["a", "b/c"], ["/out/a", "/out/b/c"]],
  ["a folder with one file", "data", ["data/a"], ["/out/a"]],
])("%s", (_title, name, keys, locations) => {
  expect(fetchesOf(keys.map(stored), name, "/out").map(({ location }) => location)).toEqual(locations);
});

test.each(["data/../../etc/passwd", "data/./a", "data//a"])("the key %j leads out of no folder", (key) => {
  expect(() => fetchesOf([stored(key)], "data/", "/out")).toThrow("is not the name of a file on this machine");
});

test.each([
  ["y", 0, ["database.csv"], "2 files, 3 B, removed."],
  ["yes", 0, ["database.csv"], "2 files, 3 B, removed."],
  ["", 1, Object.keys(GIVEN), "Nothing was removed."],
  ["no", 1, Object.keys(GIVEN), "Nothing was removed."],
])("the answer %j to the question of rm", async (answer, code, left, text) => {
  const asked: string[] = [];
  const at = service(GIVEN);
  const ask = async (question: string) => {
    asked.push(question);
    return answer;
  };
  expect(await removeFiles(at, "data", false, ask)).toBe(code);
  expect(asked).toEqual(["Remove 2 files, 3 B? Lyceum keeps no copy. [y/N] "]);
  expect([...at.bucket.contents.keys()]).toEqual(left);
  expect(at.printed).toEqual([text]);
});

test("rm without a terminal needs --yes, and a name", async () => {
  const at = service(GIVEN);
  await expect(removeFiles(at, "data", false, undefined)).rejects.toThrow("--yes is missing: it removes 2 files, 3 B");
  await expect(removeFiles(at, "", true, undefined)).rejects.toThrow("NAME is missing");
  await expect(removeFiles(at, "nothing", true, undefined)).rejects.toThrow("The bucket has no file nothing");
  expect(at.bucket.contents.size).toBe(3);
  expect(await removeFiles(at, "data/a.csv", true, undefined)).toBe(0);
  expect(at.bucket.contents.size).toBe(2);
});

test("progress is one line, at most ten times a second, and disappears", () => {
  let now = 0;
  const lines: string[] = [];
  const progress = showProgress({ files: 2, bytes: 1000 }, { write: (text) => void lines.push(text), now: () => now });
  progress.addBytes(500);
  now = 50;
  progress.addBytes(100);
  now = 120;
  progress.addFile();
  progress.end();
  expect(lines).toEqual([
    "[==========          ] 50 %, 500 B of 1.0 kB, 0 of 2 files",
    "[============        ] 60 %, 600 B of 1.0 kB, 1 of 2 files",
    "",
  ]);
});

test.each([
  [["get"], "NAME is missing after `files get`"],
  [["rm"], "NAME is missing after `files rm`"],
  [["put"], "PATH is missing after `files put`"],
  [["lsit"], "did you mean `list`?"],
  [["get", "a", "b"], "Too many words after `files get`"],
  [["put", "a", "b", "c"], "Too many words after `files put`"],
])("files %j is an error of usage", (args, message) => {
  expect(() => files.run(args, fakeSurface({}))).toThrow(message);
});

test("an error of storage has its code for the command line", () => {
  expect(new StorageError("LYC6009", "No.").message).toMatch(/^LYC\d{4}: /);
});
