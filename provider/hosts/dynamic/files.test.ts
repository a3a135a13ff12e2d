import { FilesFailure, type FilesPorts } from "../../files/resource";
import { portsOf, URN } from "../../files/resource/testing/ports";
import { StorageError } from "../../storage";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { memoryBucket } from "../../storage/testing/memory-bucket";
import { check, create, read } from "./files";

let mockedPorts: FilesPorts;
jest.mock("./runtime", () => ({ filesPorts: () => mockedPorts, runtime: () => ({}) }));

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
