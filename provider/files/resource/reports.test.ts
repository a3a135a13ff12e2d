import { rmSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { type MemoryBucket, memoryBucket } from "../../storage/testing/memory-bucket";
import { deleteFiles, type FilesState, readFiles } from ".";
import { portsOf } from "./testing/ports";
import { FULL, failingAfter, Stack, signal } from "./testing/stack";

afterEach(removeFolders);

const PROGRAM = { source: "d", prefix: "p" };
const CHANGED = Buffer.from("changed by a run");

/** A stack whose files are stored. */
async function storedStack(files: Record<string, string> = { "d/a.txt": "a", "d/b.txt": "b" }) {
  const stack = new Stack(memoryBucket(), folderWith(files));
  await stack.up(PROGRAM);
  return stack;
}

/** Changes a file in the bucket, as a run does. */
function changeIn({ contents, writers }: MemoryBucket, key: string): void {
  contents.set(key, CHANGED);
  writers.delete(key);
}

test("the outputs count the files and their bytes", async () => {
  const { state } = await storedStack();
  expect(state?.outputs).toMatchObject({ fileCount: 2, bytes: 2, onDelete: "delete", exclude: [] });
});

describe("one file of which somebody else knows", () => {
  test.each<[string, (stack: Stack) => void, string]>([
    [
      "is stored already with the same content",
      ({ bucket }) => void bucket.contents.set("p/c.txt", Buffer.from("c")),
      "notice: 1 file was in the bucket already with the same content.",
    ],
    [
      "was changed, and is stored again",
      ({ bucket }) => changeIn(bucket, "p/a.txt"),
      "notice: 1 file in the bucket was changed or removed by somebody else, and is stored again: p/a.txt.",
    ],
    [
      "was changed, and stays, because the source lacks it now",
      ({ bucket, folder }) => {
        changeIn(bucket, "p/b.txt");
        rmSync(join(folder, "d/b.txt"));
      },
      "warning: 1 file stays in the bucket, because somebody else has stored or changed it: p/b.txt.",
    ],
  ])("%s, and the row says so", async (_name, change, line) => {
    const stack = await storedStack();
    const next = new Stack(
      stack.bucket,
      folderWith({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" }),
      stack.urn,
      stack.scope,
    );
    [next.state, next.inputs] = [stack.state, stack.inputs];
    change(next);
    await next.up(PROGRAM);
    expect(next.ports.shown).toContainEqual(expect.stringContaining(line));
  });

  test("was left by an earlier resource of this name, and the row says so", async () => {
    const { bucket } = await storedStack();
    const next = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await next.up(PROGRAM);
    expect(next.ports.shown).toContain(
      "warning: 1 file of an earlier resource of this name, which no state records, stays in the bucket: p/b.txt.",
    );
  });
});

test("a destroy says how many files it has removed", async () => {
  const stack = await storedStack();
  await stack.destroy();
  expect(stack.ports.shown).toEqual(["progress: removed 2 files from the bucket"]);
});

test.each([
  [["p/a.txt"], "1 file of it belongs to another resource of the program now: p/a.txt."],
  [["p/a.txt", "p/b.txt"], "2 files of it belong to another resource of the program now: p/a.txt, p/b.txt."],
])("a destroy keeps what another resource uses: %s", async (inUse, text) => {
  const { bucket, state } = await storedStack();
  const ports = portsOf(bucket);
  for (const key of inUse) ports.memory.inUse.add(key);
  await deleteFiles(ports, state as FilesState, signal);
  expect([...bucket.contents.keys()].sort()).toEqual(inUse);
  expect(ports.shown[0]).toBe(`warning: ${text}`);
});

describe("a refresh and a destroy ask for few lists", () => {
  /** Returns the lists for which a command asks. */
  async function listsOf(bucket: MemoryBucket, command: (ports: ReturnType<typeof portsOf>) => Promise<unknown>) {
    const lists: string[] = [];
    const list: MemoryBucket["list"] = (prefix) => {
      lists.push(prefix);
      return bucket.list(prefix);
    };
    await command(portsOf(bucket, "/", { bucket: () => ({ ...bucket, list }) }));
    return lists;
  }

  test.each<[string, Record<string, string>, readonly string[]]>([
    ["of several files, that of their folder", { "d/a.txt": "a", "d/b.txt": "b" }, ["p/"]],
    ["of one file, that of this file", { "d/a.txt": "a" }, ["p/a.txt"]],
  ])("%s", async (_name, files, expected) => {
    const { bucket, state } = await storedStack(files);
    const of = state as FilesState;
    expect(await listsOf(bucket, (ports) => readFiles(ports, of, signal))).toEqual(expected);
    expect(await listsOf(bucket, (ports) => deleteFiles(ports, of, signal))).toEqual(expected);
  });

  test("of files in an old and a new folder, both", async () => {
    const stack = await storedStack({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" });
    await stack.up({ ...PROGRAM, prefix: "q" }, failingAfter(stack.bucket, 2, FULL)).catch(() => undefined);
    const of = stack.state as FilesState;
    expect(await listsOf(stack.bucket, (ports) => readFiles(ports, of, signal))).toEqual(["q/", "p/"]);
    expect(await listsOf(stack.bucket, (ports) => deleteFiles(ports, of, signal))).toEqual(["q/", "p/"]);
  });
});
