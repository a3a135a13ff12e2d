import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sizeText } from "../../provider/display/sizes";
import { StorageError, type StoredFile } from "../../provider/storage";
import { memoryBucket } from "../../provider/storage/testing/memory-bucket";
import { fakeSurface } from "../testing/surface";
import { files, operationIn } from "./files";
import { fetchesOf, getFiles } from "./get-files";
import { listFiles } from "./list-files";
import { showProgress } from "./progress";
import { removeFiles } from "./remove-files";
import { namedFiles } from "./service";

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
  const errors: string[] = [];
  return {
    bucket,
    printed,
    errors,
    signal: stop.signal,
    now: () => 0,
    print: (text: string) => void printed.push(text),
    printError: (text: string) => void errors.push(text),
  };
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
])("where fetched files are written: %s", (_title, name, keys, locations) => {
  const { fetches, left } = fetchesOf(keys.map(stored), name, "/out");
  expect([fetches.map(({ location }) => location), left]).toEqual([locations, []]);
});

test.each(["data/../../etc/passwd", "data/./a", "data//a", "data/b"])("the key %j is left out and named", (key) => {
  const { fetches, left } = fetchesOf([stored("data/a"), stored(key), stored("data/b/c")], "data/", "/out");
  expect(left).toEqual([key]);
  expect(fetches.map(({ location }) => location)).toEqual(["/out/a", "/out/b/c"]);
});

test("a key is left out if files far below it need a folder with its name", () => {
  const { fetches, left } = fetchesOf(["d/a", "d/a/b", "d/a/b/c/e"].map(stored), "d/", "/out");
  expect([fetches.map(({ location }) => location), left]).toEqual([["/out/a/b/c/e"], ["d/a", "d/a/b"]]);
});

test("get fetches files that differ, names those that it cannot write, and then ends with exit code 1", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-get-"));
  try {
    const at = service({ "d/a": "a", "d/b": "b", "d/b/c": "c" });
    expect(await getFiles(at, "d/", folder)).toBe(1);
    expect(at.errors).toEqual(['"d/b" is left out: it cannot be a file next to the others here.']);
    expect(await getFiles(at, "d/a", folder)).toBe(0);
    expect(at.printed).toEqual([
      `2 files, 2 B, in ${folder}.`,
      `1 file, 1 B, in ${folder}. 1 of them had the same content already.`,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a name that is a file means this file alone", async () => {
  const at = service({ "k/a": "a", "k/a/b": "b" });
  expect((await namedFiles(at, "k/a")).map(({ key }) => key)).toEqual(["k/a"]);
  expect((await namedFiles(at, "k/a/")).map(({ key }) => key)).toEqual(["k/a/b"]);
});

test("a list of very many files is printed", async () => {
  const many = Object.fromEntries(Array.from({ length: 130_000 }, (_, index) => [`k${index}`, ""]));
  const at = service({});
  const list = async function* () {
    for (const key of Object.keys(many)) yield { ...stored(key), modified: "2026-01-02T03:04:05.000Z" };
  };
  await listFiles({ ...at, bucket: { ...at.bucket, list } }, "", false);
  expect(at.printed).toHaveLength(130_001);
});

test.each([
  ["y", 0, ["database.csv"], "2 files, 3 B, removed."],
  ["yes", 0, ["database.csv"], "2 files, 3 B, removed."],
  ["", 1, Object.keys(GIVEN), "Nothing was removed."],
  ["no", 1, Object.keys(GIVEN), "Nothing was removed."],
])("what rm does after the answer %j to its question", async (answer, code, left, text) => {
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
  now = 100;
  progress.addFile();
  now = 199;
  progress.addBytes(400);
  now = 200;
  progress.addFile();
  progress.end();
  expect(lines).toEqual([
    "[==========          ] 50 %, 500 B of 1.0 kB, 0 of 2 files",
    "[============        ] 60 %, 600 B of 1.0 kB, 1 of 2 files",
    "[====================] 100 %, 1.0 kB of 1.0 kB, 2 of 2 files",
    "",
  ]);
});

test.each([
  ["no bytes", 0, 0, "[====================] 100 %, 0 B of 0 B, 0 of 1 file"],
  [
    "more bytes than expected, because a part was sent again",
    1000,
    1500,
    "[====================] 100 %, 1.5 kB of 1.0 kB, 0 of 1 file",
  ],
  ["almost all bytes", 1000, 999, "[=================== ] 99 %, 999 B of 1.0 kB, 0 of 1 file"],
])("the progress of a transfer with %s", (_what, total, bytes, line) => {
  const lines: string[] = [];
  const progress = showProgress({ files: 1, bytes: total }, { write: (text) => void lines.push(text), now: () => 0 });
  progress.addBytes(bytes);
  expect(lines).toEqual([line]);
});

test.each([
  ["nothing", [], false, "list", []],
  ["an operation", ["get", "a"], false, "get", ["a"]],
  ["a folder of the bucket", ["results/"], false, "list", ["results/"]],
  [
    "the id of a run",
    ["7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90"],
    false,
    "list",
    ["7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90"],
  ],
  ["a resource, with --stack", ["train"], true, "list", ["train"]],
])("the operation of a command line with %s", (_what, words, hasStack, operation, rest) => {
  expect(operationIn(words, hasStack)).toEqual({ operation, rest });
});

test.each([
  [["rm", "train", "--stack", "dev"], "--stack goes with `files list RUN` and `files get RUN`"],
  [["put", "train", "--stack", "dev"], "--stack goes with `files list RUN` and `files get RUN`"],
  [["list", "--stack", "dev"], "--stack goes with `files list RUN` and `files get RUN`"],
  [["list", "a", "b"], "Too many words after `files list`"],
  [["train"], "`files train` is not an operation: list, get, put or rm"],
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
