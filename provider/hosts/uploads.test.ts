import { join } from "node:path";
import { folderWith, removeFolders } from "../storage/testing/folder";
import { memoryBucket } from "../storage/testing/memory-bucket";
import { createUploads } from "./uploads";

afterEach(removeFolders);

const URN = "urn:pulumi:dev::shop::lyceum:index:ComposeExecution::train";
const { signal } = new AbortController();

/**
 * Makes the uploads of a process with two local files, one of them for writing. `secondsEach` pass before the clock is
 * read again.
 */
function startProcess({ secondsEach = 0, admit = (_bytes: number): void => undefined } = {}) {
  const bucket = memoryBucket();
  const local = folderWith({ "in/a": "1", "in/b": "22", "work/state": "333" });
  const shown: string[] = [];
  const show = (kind: string) => (urn: string, text: string) => void shown.push(`${urn === URN ? kind : urn}: ${text}`);
  let now = 0;
  const uploads = createUploads({
    bucket: () => bucket,
    report: { progress: show("progress"), notice: show("notice"), warning: show("warning") },
    now: () => {
      now += secondsEach * 1000;
      return now;
    },
    mountPath: () => undefined,
    admit,
  });
  const mountOf = async (path: string, isWritten: boolean) => {
    const source = { path: join(local, path), root: local, kind: "folder" } as const;
    const tree = await uploads.read(source, () => undefined);
    if ("failed" in tree) throw new Error(tree.failed);
    return { path, hash: `h-${path}`, isWritten, isFile: false, local: source, content: tree.hash, leave: [] };
  };
  const mounts = async () => [await mountOf("in", false), await mountOf("work", true)];
  const store = async (changed: Partial<Awaited<ReturnType<typeof mountOf>>> = {}) =>
    uploads.store(
      {
        urn: URN,
        writer: "w",
        resource: "p/",
        run: "1-x",
        mounts: (await mounts()).map((mount) => ({ ...mount, ...changed })),
      },
      signal,
    );
  const remove = (planned: readonly string[] = []) =>
    uploads.remove(
      { urn: URN, writer: "w", folders: { resource: "p/", run: "p/runs/1-x/" }, planned: new Set(planned) },
      signal,
    );
  const keys = () => [...bucket.contents.keys()].sort();
  return { bucket, uploads, shown, store, remove, keys };
}

test("stored files are reported with their number and size, and admitted before they are sent", async () => {
  const admitted: [number, number][] = [];
  const process: ReturnType<typeof startProcess> = startProcess({
    admit: (bytes) => admitted.push([bytes, process.keys().length]),
  });
  expect(await process.store()).toBe("p/runs/1-x/");
  expect(process.keys()).toEqual(["p/files/h-in/a", "p/files/h-in/b", "p/manifests/1-x.sent", "p/runs/1-x/work/state"]);
  expect(process.shown).toEqual([
    "progress: stored 3 of 3 files, 6 B of 6 B, before the start",
    "notice: Stored 3 files (6 B) in the bucket for the run.",
  ]);
  // A list of the files is stored before, so that a later command finds them.
  expect(admitted).toEqual([[6, 1]]);
});

test.each([
  [5, "progress: stored 0 of 3 files, 1 B of 6 B, before the start"],
  [4.999, "progress: stored 0 of 3 files, 3 B of 6 B, before the start"],
])("a long upload shows its progress at most every 5 s: after %d s", async (secondsEach, first) => {
  const slow = startProcess({ secondsEach });
  await slow.store();
  expect(slow.shown[0]).toBe(first);
  expect(slow.shown.slice(-2)).toEqual([
    "progress: stored 3 of 3 files, 6 B of 6 B, before the start",
    "notice: Stored 3 files (6 B) in the bucket for the run.",
  ]);
});

test("files that the bucket has already are neither sent nor reported", async () => {
  const process = startProcess();
  await process.store();
  const before = process.shown.length;
  await process.store();
  expect(process.shown.slice(before)).toEqual([]);
});

test("files that changed after the check are an error that names them, and nothing is sent", async () => {
  const process = startProcess();
  await expect(process.store({ content: "other" })).rejects.toMatchObject({
    code: "LYC6007",
    message: expect.stringContaining("The files of in changed after the command had checked them."),
  });
  expect(process.keys()).toEqual([]);
});

describe("the deletion of a run", () => {
  test("removes its files, and says how many", async () => {
    const process = startProcess();
    await process.store();
    const before = process.shown.length;
    await process.remove();
    expect(process.keys()).toEqual([]);
    expect(process.shown.slice(before)).toEqual(["progress: removed 3 files from the bucket"]);
    await process.remove();
    expect(process.shown.slice(before + 1)).toEqual([]);
  });

  test("keeps the files that the next run uses", async () => {
    const process = startProcess();
    await process.store();
    await process.remove(["h-in"]);
    expect(process.shown.at(-1)).toBe("progress: removed 1 file from the bucket");
    expect(process.keys()).toEqual(expect.arrayContaining(["p/files/h-in/a", "p/files/h-in/b"]));
    expect(process.keys()).not.toContain("p/runs/1-x/work/state");
  });

  test.each([
    [["p/runs/1-x/work/state"], "1 file that the run has changed stays in the bucket: p/runs/1-x/work/state."],
    [["p/files/h-in/a", "p/runs/1-x/work/state"], "2 files that the run has changed stay in the bucket: "],
  ])("keeps what the run has changed, and says so: %s", async (changed, notice) => {
    const process = startProcess();
    await process.store();
    for (const key of changed) process.bucket.contents.set(key, Buffer.from("changed by the run"));
    await process.remove();
    expect(process.keys()).toEqual(changed);
    expect(process.shown.at(-1)).toContain(`notice: ${notice}`);
  });
});

test("a later command finds the folder of a run, and may use it again after a start that failed", async () => {
  const { uploads, store } = startProcess();
  const run = { resource: "p/", run: "1-x" };
  expect(uploads.likelyFolder(run)).toBe("p/runs/1-x/");
  await store();
  expect(await uploads.find(run, signal)).toBe("p/runs/1-x/");
  await uploads.release({ resource: "p/", run: "p/runs/1-x/" }, signal);
  expect(await store()).toBe("p/runs/1-x/");
});

test("a resource has its own folder, and the default path of the bucket in a run", () => {
  const { uploads } = startProcess();
  expect(uploads.folder(URN, "tag")).toBe("pulumi-lyceum/shop/dev/train-tag/");
  expect(uploads.mountPath()).toBe("/mnt/s3");
});
