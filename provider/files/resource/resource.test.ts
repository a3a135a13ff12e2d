import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Properties } from "../../schema";
import { StorageError } from "../../storage";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { type MemoryBucket, memoryBucket } from "../../storage/testing/memory-bucket";
import { checkFiles, createFiles, deleteFiles, diffFiles, type FilesState, readFiles, updateFiles } from ".";
import { FilesFailure, type FilesPorts } from "./ports";
import { portsOf, type TestPorts, URN } from "./testing/ports";

afterEach(removeFolders);

const signal = new AbortController().signal;
const SCOPE = "secret";

/** A stack with one resource. Each command runs in its own process, as in Pulumi. */
class Stack {
  state: FilesState | undefined;
  inputs: Properties | undefined;
  ports: TestPorts;

  constructor(
    readonly bucket: MemoryBucket,
    readonly folder: string,
    readonly urn = URN,
  ) {
    this.ports = portsOf(bucket, folder);
  }

  /** Runs `up`: check, diff, and create or update, as the engine does. Returns which steps were made. */
  async up(news: Properties, ports: Partial<FilesPorts> = {}): Promise<"same" | "created" | "updated"> {
    this.ports = portsOf(this.bucket, this.folder, ports);
    const { inputs, failures } = await checkFiles(this.ports, { urn: this.urn, olds: this.inputs, news });
    if (failures[0] !== undefined) throw new Error(failures[0].reason);
    if (this.state !== undefined && (await diffFiles(this.ports, this.state, inputs)).kind === "same") {
      this.inputs = inputs;
      return "same";
    }
    const isNew = this.state === undefined;
    try {
      const { id, outputs } =
        this.state === undefined
          ? await createFiles(this.ports, { urn: this.urn, scope: SCOPE, news: inputs, signal })
          : await updateFiles(this.ports, this.state, inputs, signal);
      this.state = { id, urn: this.urn, outputs };
      this.inputs = inputs;
    } catch (error) {
      if (error instanceof FilesFailure) {
        this.state = { id: error.id, urn: this.urn, outputs: error.outputs };
        if (isNew) this.inputs = inputs;
      }
      throw error;
    }
    return isNew ? "created" : "updated";
  }

  async refresh(): Promise<void> {
    if (this.state === undefined) throw new Error("There is no state.");
    this.ports = portsOf(this.bucket, this.folder);
    this.state = { ...this.state, outputs: await readFiles(this.ports, this.state, signal) };
  }

  async destroy(): Promise<void> {
    if (this.state === undefined) return;
    this.ports = portsOf(this.bucket, this.folder);
    await deleteFiles(this.ports, this.state, signal);
    this.state = undefined;
  }
}

const keysIn = (bucket: MemoryBucket): readonly string[] => [...bucket.contents.keys()].sort();

/** Ports with a bucket whose uploads fail from this upload on. */
function failingAfter(bucket: MemoryBucket, uploads: number, error: unknown): Partial<FilesPorts> {
  let sent = 0;
  return {
    bucket: () => ({
      ...bucket,
      upload: async (...call: Parameters<MemoryBucket["upload"]>) => {
        sent += 1;
        if (sent > uploads) throw error;
        return bucket.upload(...call);
      },
    }),
  };
}

const FULL = new StorageError("LYC6003", "Storing p/b.txt failed: 507 InsufficientStorage.");

test("a life: created, kept without a request, changed, moved, removed", async () => {
  const bucket = memoryBucket({ "other.txt": "o" });
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  expect(await stack.up({ source: "d" })).toBe("created");
  const noRequest = {
    bucket: (): never => {
      throw new Error("A request was sent.");
    },
  };
  expect(await stack.up({ source: "d" }, noRequest)).toBe("same");

  writeFileSync(join(stack.folder, "d/a.txt"), "changed");
  expect(await stack.up({ source: "d" })).toBe("updated");
  expect(bucket.uploaded.slice(2)).toEqual(["shop/dev/data/a.txt"]);

  expect(await stack.up({ source: "d", prefix: "new" })).toBe("updated");
  expect(keysIn(bucket)).toEqual(["new/a.txt", "new/b.txt", "other.txt"]);
  // An update that changes only `onDelete` sends nothing.
  expect(await stack.up({ source: "d", prefix: "new", onDelete: "leave" }, noRequest)).toBe("updated");
  expect(await stack.up({ source: "d", prefix: "new" }, noRequest)).toBe("updated");
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["other.txt"]);
});

test("with onDelete: leave, nothing is removed", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await stack.up({ source: "d", prefix: "p", onDelete: "leave" });
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
});

test("a refresh notes what is missing and changed, and the next up stores it again", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" }));
  await stack.up({ source: "d", prefix: "p" });
  bucket.contents.delete("p/a.txt");
  bucket.contents.set("p/b.txt", Buffer.from("by a run"));
  bucket.writers.delete("p/b.txt");
  await stack.refresh();
  expect(stack.ports.shown).toEqual([
    "notice: 1 file missing in the bucket: p/a.txt.",
    "notice: 1 file changed in the bucket: p/b.txt.",
  ]);
  expect(await stack.up({ source: "d", prefix: "p" })).toBe("updated");
  expect(stack.ports.shown).toContain("notice: 2 files to send, 2 B; 1 added (a.txt); 1 changed (b.txt)");
  expect(String(bucket.contents.get("p/b.txt"))).toBe("b");
  const before = stack.state;
  await stack.refresh();
  expect(stack.state).toEqual(before);
});

test("a failure in the middle keeps what was stored in the state, and the next up sends the rest", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b", "d/c.txt": "c" }));
  await expect(stack.up({ source: "d", prefix: "p" }, failingAfter(bucket, 1, FULL))).rejects.toThrow("LYC6003: ");
  expect(stack.state?.id).toMatch(/^files-/);
  expect(await stack.up({ source: "d", prefix: "p" })).toBe("updated");
  expect([...bucket.uploaded].sort()).toEqual(["p/a.txt", "p/b.txt", "p/c.txt"]);
  await stack.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("a failure before the first file leaves no state", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await expect(stack.up({ source: "d" }, failingAfter(bucket, 0, FULL))).rejects.toThrow("LYC6003: ");
  expect(stack.state).toBeUndefined();
});

test("a failure of a move keeps the old files in the state, and destroy removes both", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  await stack.up({ source: "d", prefix: "old" });
  await expect(stack.up({ source: "d", prefix: "new" }, failingAfter(bucket, 1, FULL))).rejects.toThrow("LYC6003: ");
  expect(keysIn(bucket)).toHaveLength(3);
  await stack.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("after a failed move, the next up asks for few lists", async () => {
  const bucket = memoryBucket();
  const names = Array.from({ length: 40 }, (_, number) => `d/${number}.txt`);
  const stack = new Stack(bucket, folderWith(Object.fromEntries(names.map((name) => [name, name]))));
  await stack.up({ source: "d", prefix: "x/old" });
  await expect(stack.up({ source: "d", prefix: "new" }, failingAfter(bucket, 5, FULL))).rejects.toThrow("LYC6003: ");
  const lists: string[] = [];
  const list: MemoryBucket["list"] = (prefix) => {
    lists.push(prefix);
    return bucket.list(prefix);
  };
  await stack.up({ source: "d", prefix: "new" }, { bucket: () => ({ ...bucket, list }) });
  expect([lists, bucket.contents.size]).toEqual([["new/", "x/old/"], 40]);
});

test("a killed create is continued: what it has stored is not sent again, and all of it is removed later", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "d/b.txt": "b" });
  const killed = new Stack(bucket, folder);
  await expect(killed.up({ source: "d", prefix: "p" }, failingAfter(bucket, 1, FULL))).rejects.toThrow();
  const next = new Stack(bucket, folder);
  expect(await next.up({ source: "d", prefix: "p" })).toBe("created");
  expect([...bucket.uploaded].sort()).toEqual(["p/a.txt", "p/b.txt"]);
  await next.destroy();
  expect(keysIn(bucket)).toEqual([]);
});

test("two stacks with one prefix do not remove each other's files", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "e/b.txt": "b", "f/a.txt": "other" });
  const one = new Stack(bucket, folder);
  const two = new Stack(bucket, folder, URN.replace("dev", "test"));
  await one.up({ source: "d", prefix: "p" });
  await two.up({ source: "e", prefix: "p" });
  await two.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  // A file with the same content is shared. Other content under the same key is refused before anything is sent.
  await two.up({ source: "d", prefix: "p" });
  expect(two.ports.shown.join()).toContain("This resource did not put it there, so it never removes it: p/a.txt.");
  await two.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  const sent = bucket.uploaded.length;
  await expect(two.up({ source: "f", prefix: "p" })).rejects.toThrow("LYC6012: The bucket already has p/a.txt");
  expect(bucket.uploaded).toHaveLength(sent);
});

test("a file that somebody has changed is not removed, and the row names it", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  await stack.up({ source: "d", prefix: "p" });
  bucket.contents.set("p/a.txt", Buffer.from("by a run"));
  bucket.writers.delete("p/a.txt");
  await stack.destroy();
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  expect(stack.ports.shown[0]).toBe(
    "warning: 1 file stays in the bucket, because somebody else has changed it: p/a.txt.",
  );
});

test("a deletion after the creation of a resource with the same keys keeps these", async () => {
  const bucket = memoryBucket();
  const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
  await stack.up({ source: "d", prefix: "p" });
  const old = stack.state as FilesState;
  // A forced replacement that first creates the new resource, in one process.
  stack.state = undefined;
  await stack.up({ source: "d", prefix: "p" });
  await deleteFiles(stack.ports, old, signal);
  expect(keysIn(bucket)).toEqual(["p/a.txt"]);
});

describe("two resources of a program", () => {
  const OTHER = `${URN}2`;

  test("a file that goes from one to the other stays in the bucket", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
    await stack.up({ source: "d", prefix: "p" });
    const { id, outputs } = stack.state as FilesState;
    const ports = portsOf(bucket, stack.folder);
    const without = { source: "d", prefix: "p", exclude: ["a.txt"] };
    const { inputs } = await checkFiles(ports, { urn: URN, olds: stack.inputs, news: without });
    const other = await checkFiles(ports, { urn: OTHER, olds: undefined, news: { source: "d/a.txt", prefix: "p" } });
    // The new resource is first, and finds the file.
    await createFiles(ports, { urn: OTHER, scope: SCOPE, news: other.inputs, signal });
    const left = await updateFiles(ports, { id, urn: URN, outputs }, inputs, signal);
    expect(keysIn(bucket)).toEqual(["p/a.txt", "p/b.txt"]);
    expect(left.outputs.__stored).not.toContain("a.txt");
  });

  test("a deletion that comes a command later keeps what the other has", async () => {
    const bucket = memoryBucket();
    const stack = new Stack(bucket, folderWith({ "d/a.txt": "a" }));
    await stack.up({ source: "d", prefix: "p" });
    const renamed = new Stack(bucket, stack.folder, OTHER);
    await renamed.up({ source: "d", prefix: "p" });
    expect(await renamed.up({ source: "d", prefix: "p" })).toBe("same");
    await deleteFiles(renamed.ports, stack.state as FilesState, signal);
    expect(keysIn(bucket)).toEqual(["p/a.txt"]);
  });
});

test("files that change between check and create stop the create", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a" });
  const ports = portsOf(bucket, folder);
  const { inputs } = await checkFiles(ports, { urn: URN, olds: undefined, news: { source: "d" } });
  rmSync(join(folder, "d/a.txt"));
  writeFileSync(join(folder, "d/b.txt"), "b");
  // Another process carries out the create that was checked in the first process.
  const other = portsOf(bucket, folder);
  await expect(createFiles(other, { urn: URN, scope: SCOPE, news: inputs, signal })).rejects.toThrow(
    "LYC6007: The files of d changed after the command had checked them.",
  );
});

test("a cancelled create keeps what it has stored", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a", "d/b.txt": "b" });
  const stop = new AbortController();
  const ports = portsOf(bucket, folder, {
    bucket: () => ({
      ...bucket,
      upload: async (...call: Parameters<MemoryBucket["upload"]>) => {
        const stored = await bucket.upload(...call);
        stop.abort();
        call[2]?.signal?.throwIfAborted();
        return stored;
      },
    }),
  });
  const { inputs } = await checkFiles(ports, { urn: URN, olds: undefined, news: { source: "d" } });
  const create = createFiles(ports, { urn: URN, scope: SCOPE, news: inputs, signal: stop.signal });
  await expect(create).rejects.toThrow("LYC6015: The command was cancelled before all files were stored.");
});

test("an import is refused", async () => {
  const state = { id: "files-x", urn: URN, outputs: {} };
  await expect(readFiles(portsOf(), state, signal)).rejects.toThrow("LYC6014: ");
});
