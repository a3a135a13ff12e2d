import { FilesFailure, type FilesPorts } from "../../files/resource";
import { portsOf, URN } from "../../files/resource/testing/ports";
import { StorageError } from "../../storage";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { memoryBucket } from "../../storage/testing/memory-bucket";
import { check, create, delete as deleteFiles, diff, read, update } from "./files";

let mockedPorts: FilesPorts;
let mockedUnusable: string | undefined;
jest.mock("./runtime", () => ({
  filesPorts: () => mockedPorts,
  runtime: () => ({ unusable: () => mockedUnusable }),
}));

afterEach(removeFolders);

const OWN = { __provider: "code", __resourceUrn: URN, __scope: "secret" };

test("the mark of a secret output stays in the inputs, and does not count as an argument", async () => {
  const folder = folderWith({ "d/a.txt": "a" });
  mockedPorts = portsOf(memoryBucket(), folder);
  const marks = { __stored: "", __files: "", mountPath: "" };
  const { inputs, failures } = await check({}, { source: "d", prefix: "p", ...marks, ...OWN });
  expect([failures, inputs.__stored, inputs.mountPath]).toEqual([[], "", "/mnt/s3/p"]);
  expect(inputs.__files).toContain("a.txt");
  const { inputs: others } = await check({}, { source: "d", prefix: "p", ...OWN });
  expect(Object.keys(others)).not.toContain("__stored");
});

test("a read returns the stored files, with what the host keeps in the state", async () => {
  const bucket = memoryBucket();
  mockedPorts = portsOf(bucket, folderWith({ "d/a.txt": "a" }));
  const { inputs } = await check({}, { source: "d", prefix: "p", ...OWN });
  const { id, outs } = await create(inputs);
  mockedPorts = portsOf(bucket);
  expect(await read(id, outs)).toEqual({ id, props: outs });
});

test("the reason of an upload that fails half-way has no control characters", async () => {
  const bucket = memoryBucket();
  const folder = folderWith({ "d/a.txt": "a" });
  const upload: typeof bucket.upload = async (...call) => {
    await bucket.upload(...call);
    throw new StorageError("LYC6011", "\u001b[2Jboom\u202e.");
  };
  mockedPorts = portsOf(bucket, folder, { bucket: () => ({ ...bucket, upload }) });
  const { inputs } = await check({}, { source: "d", prefix: "p", ...OWN });
  const failure = await create(inputs).catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(FilesFailure);
  const reason = expect.stringMatching(/^LYC6011: boom·\. Check/);
  expect(failure).toMatchObject({ message: reason, reasons: [reason] });
});

test("a check reports a base URL that no command can use, next to the errors of arguments", async () => {
  mockedPorts = portsOf(memoryBucket(), folderWith({ "d/a.txt": "a" }));
  mockedUnusable = "LYC1002: No.";
  const { failures } = await check({}, { source: "absent", prefix: "p", ...OWN });
  mockedUnusable = undefined;
  expect(failures).toEqual([
    { property: "", reason: "LYC1002: No." },
    { property: "source", reason: expect.stringMatching(/^LYC\d{4}: /) },
  ]);
});

test("changed files are an update, which stores them, and a deletion removes them", async () => {
  const bucket = memoryBucket();
  mockedPorts = portsOf(bucket, folderWith({ "d/a.txt": "a", "d/b.txt": "b" }));
  const { inputs } = await check({}, { source: "d", prefix: "p", ...OWN });
  const { id, outs } = await create(inputs);
  expect(await diff(id, outs, inputs)).toEqual({ changes: false });
  mockedPorts = portsOf(bucket, folderWith({ "d/a.txt": "new" }));
  const { inputs: news } = await check(inputs, { source: "d", prefix: "p", ...OWN });
  expect(await diff(id, outs, news)).toEqual({ changes: true });
  const { outs: updated } = await update(id, outs, news);
  expect([updated.fileCount, updated.__resourceUrn]).toEqual([1, URN]);
  expect([...bucket.contents.keys()]).toEqual(["p/a.txt"]);
  mockedPorts = portsOf(bucket);
  await deleteFiles(id, updated);
  expect([...bucket.contents.keys()]).toEqual([]);
});

test("the program's folder is where a relative source begins", async () => {
  mockedPorts = portsOf(memoryBucket(), "/");
  const __folder = folderWith({ "d/a.txt": "a" });
  const { inputs, failures } = await check({}, { source: "d", prefix: "p", __folder, ...OWN });
  expect([failures, inputs.fileCount, inputs.__folder]).toEqual([[], 1, undefined]);
});

test("an error of the storage reaches the row of the resource with its code", async () => {
  const refused = new StorageError("LYC6003", "No.");
  const admit = (): never => {
    throw refused;
  };
  mockedPorts = portsOf(memoryBucket(), folderWith({ "d/a.txt": "a" }), { admit });
  const { inputs } = await check({}, { source: "d", prefix: "p", ...OWN });
  const failure: unknown = await create(inputs).catch((error: unknown) => error);
  expect(String(failure)).toBe("LYC6003");
  expect(failure).toMatchObject({ message: expect.stringMatching(/^LYC6003: No\./) });
  expect(failure).not.toHaveProperty("id");
});
