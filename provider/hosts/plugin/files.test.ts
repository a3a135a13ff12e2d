import { once } from "node:events";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { portsOf, type TestPorts, URN } from "../../files/resource/testing/ports";
import { StorageError } from "../../storage";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { type MemoryBucket, memoryBucket } from "../../storage/testing/memory-bucket";
import type { Failure } from "./failures";
import * as files from "./files";
import { received, sent } from "./wire-values";

afterEach(removeFolders);

const { DiffChanges } = messages.DiffResponse;
const TWO = { "d/a.txt": "a", "d/b.txt": "bb" };

/** Makes the context of a new command, with a bucket and a program's folder. */
const contextOf = (ports: TestPorts, signal = new AbortController().signal) =>
  ({ ports, scope: "s", signal }) as unknown as files.FilesContext;

interface Machine {
  readonly bucket: MemoryBucket;
  readonly folder: string;
}

const machine = (local: Record<string, string> = TWO): Machine => ({
  bucket: memoryBucket(),
  folder: folderWith(local),
});
const command = ({ bucket, folder }: Machine) => contextOf(portsOf(bucket, folder));

const program = (more: Record<string, unknown> = {}, secrets: readonly string[] = []) =>
  sent(
    { source: "d", prefix: "p", ...more },
    secrets.map((name) => [name]),
  );

function setCommon(
  request: { setId?(id: string): void; setUrn(urn: string): void; setTimeout?(seconds: number): void },
  id: string,
  timeout = 0,
): void {
  request.setId?.(id);
  request.setUrn(URN);
  request.setTimeout?.(timeout);
}

async function checked(context: files.FilesContext, news: Struct, olds?: Struct): Promise<Struct> {
  const request = new messages.CheckRequest();
  setCommon(request, "");
  request.setOlds(olds);
  request.setNews(news);
  const response = await files.check(context, request);
  expect(response.getFailuresList()).toEqual([]);
  return response.getInputs() as Struct;
}

async function created(context: files.FilesContext, inputs: Struct, { preview = false, timeout = 0 } = {}) {
  const request = new messages.CreateRequest();
  setCommon(request, "", timeout);
  request.setProperties(inputs);
  request.setPreview(preview);
  const response = await files.create(context, request);
  return { id: response.getId(), outputs: response.getProperties() as Struct };
}

async function updated(
  context: files.FilesContext,
  { id, olds, news }: { id: string; olds: Struct; news: Struct },
  { preview = false, timeout = 0 } = {},
): Promise<Struct> {
  const request = new messages.UpdateRequest();
  setCommon(request, id, timeout);
  request.setOlds(olds);
  request.setNews(news);
  request.setPreview(preview);
  return (await files.update(context, request)).getProperties() as Struct;
}

/** Stores the files of a machine, as the first `up` does. */
async function stored(of: Machine, news = program()) {
  const context = command(of);
  const inputs = await checked(context, news);
  return { inputs, ...(await created(context, inputs)) };
}

const valuesOf = (properties: Struct | undefined) => received(properties).values;
const namesOf = (properties: Struct | undefined) => received(properties).secretPaths.map(([name]) => name);
const keysIn = ({ bucket }: Machine) => [...bucket.contents.keys()].sort();

test.each([["prefix"], ["source"]])("inputs and outputs that contain a secret %s are secret", async (secret) => {
  const of = machine();
  const { inputs, id, outputs } = await stored(of, program({ prefix: "hidden" }, [secret]));
  expect(namesOf(inputs)).toEqual(expect.arrayContaining([secret, "mountPath", "__files"]));
  expect(namesOf(outputs)).toEqual(expect.arrayContaining(["mountPath", "__stored"]));
  const request = new messages.ReadRequest();
  setCommon(request, id);
  request.setProperties(outputs);
  request.setInputs(inputs);
  const response = await files.read(command(of), request);
  expect(namesOf(response.getProperties())).toEqual(expect.arrayContaining(["mountPath", "__stored"]));
});

test("another secret does not make the paths secret", async () => {
  const { inputs, outputs } = await stored(machine(), program({ onDelete: "leave" }, ["onDelete"]));
  expect([namesOf(inputs), namesOf(outputs)]).toEqual([["onDelete"], ["onDelete"]]);
});

test("a check that refuses an argument names it, and says why", async () => {
  const request = new messages.CheckRequest();
  request.setUrn(URN);
  request.setNews(program({ source: "absent" }));
  const response = await files.check(command(machine()), request);
  expect(response.getFailuresList().map((failure) => failure.toObject())).toEqual([
    { property: "source", reason: expect.stringMatching(/^LYC\d{4}: /) },
  ]);
});

test("a preview sends nothing, and shows what is known", async () => {
  const of = machine();
  const context = command(of);
  const inputs = await checked(context, program());
  const start = await created(context, inputs, { preview: true });
  expect([start.id, keysIn(of)]).toEqual(["", []]);
  expect(valuesOf(start.outputs)).toMatchObject({ fileCount: 2, mountPath: "/mnt/s3/p" });
  for (const name of ["exclude", "onDelete"]) expect(valuesOf(start.outputs)).not.toHaveProperty(name);
  const shown = await updated(context, { id: "x", olds: start.outputs, news: inputs }, { preview: true });
  expect([shown.toJavaScript(), keysIn(of)]).toEqual([start.outputs.toJavaScript(), []]);
  const unknown = await created(context, sent({ prefix: "p" }, []), { preview: true });
  expect(valuesOf(unknown.outputs)).toMatchObject({ prefix: "p", hash: UNKNOWN_MARKER });
});

test("a create stores the files, an update changes them, and a delete removes them", async () => {
  const of = machine();
  const { id, outputs, inputs } = await stored(of);
  expect(keysIn(of)).toEqual(["p/a.txt", "p/b.txt"]);
  expect(valuesOf(outputs)).toMatchObject({ fileCount: 2 });
  const context = command({ ...of, folder: folderWith({ "d/a.txt": "new" }) });
  const news = await checked(context, program(), inputs);
  const olds = await updated(context, { id, olds: outputs, news });
  expect([keysIn(of), valuesOf(olds).fileCount]).toEqual([["p/a.txt"], 1]);
  const request = new messages.DeleteRequest();
  setCommon(request, id);
  request.setProperties(olds);
  await files.deleteRecorded(command(of), request);
  expect(keysIn(of)).toEqual([]);
});

test("a refresh returns the id, and the inputs as they are recorded", async () => {
  const of = machine();
  const { id, outputs, inputs } = await stored(of);
  const request = new messages.ReadRequest();
  setCommon(request, id);
  request.setProperties(outputs);
  request.setInputs(inputs);
  const response = await files.read(command(of), request);
  expect(response.getId()).toBe(id);
  expect(valuesOf(response.getProperties())).toEqual(valuesOf(outputs));
  expect(valuesOf(response.getInputs())).toEqual(valuesOf(inputs));
});

describe("a diff", () => {
  const CHANGED = { "d/a.txt": "new" };

  async function diffOf(local: Record<string, string>, more: Record<string, unknown>, ignored: readonly string[]) {
    const of = machine();
    const { id, outputs, inputs } = await stored(of);
    const context = command({ ...of, folder: folderWith(local) });
    const request = new messages.DiffRequest();
    setCommon(request, id);
    request.setOlds(outputs);
    request.setOldInputs(inputs);
    request.setNews(await checked(context, program(more), inputs));
    request.setIgnorechangesList([...ignored]);
    const response = await files.diff(context, request);
    const details: [number, boolean][] = [];
    response.getDetaileddiffMap().forEach((property: messages.PropertyDiff) => {
      details.push([property.getKind(), property.getInputdiff()]);
    });
    return {
      isChange: response.getChanges() === DiffChanges.DIFF_SOME,
      deletesFirst: response.getDeletebeforereplace(),
      hasDetails: response.getHasdetaileddiff(),
      names: response.getDiffsList(),
      details,
    };
  }

  const same = { isChange: false, deletesFirst: true, hasDetails: false, names: [], details: [] };
  const { UPDATE } = messages.PropertyDiff.Kind;

  test("of the same files and arguments finds nothing", async () => {
    expect(await diffOf(TWO, {}, [])).toEqual(same);
  });

  test("of changed files is an update, and names each changed property", async () => {
    const { names, details, ...rest } = await diffOf(CHANGED, {}, []);
    expect(rest).toEqual({ isChange: true, deletesFirst: true, hasDetails: true });
    expect(names).toContain("hash");
    expect(details).toEqual(names.map(() => [UPDATE, true]));
  });

  test("of an argument that changes no file names this argument alone", async () => {
    const expected = { isChange: true, deletesFirst: true, hasDetails: true, names: ["onDelete"] };
    expect(await diffOf(TWO, { onDelete: "leave" }, [])).toEqual({ ...expected, details: [[UPDATE, true]] });
  });

  test.each<[string, readonly string[], boolean]>([
    ["of source ignores changed files", ["source"], false],
    ["of all properties ignores changed files", ["*"], false],
    ["of another property does not", ["prefix"], true],
  ])("with ignoreChanges %s", async (_name, ignored, isChange) => {
    expect((await diffOf(CHANGED, {}, ignored)).isChange).toBe(isChange);
  });
});

/** Ports whose uploads fail after the first one. */
function full({ bucket, folder }: Machine): TestPorts {
  let count = 0;
  const upload: MemoryBucket["upload"] = async (...call) => {
    count += 1;
    if (count > 1) throw new StorageError("LYC6003", "The bucket is full.");
    return bucket.upload(...call);
  };
  return portsOf(bucket, folder, { bucket: () => ({ ...bucket, upload }) });
}

test("a create that fails half-way records what is stored, and says why", async () => {
  const of = machine();
  const context = contextOf(full(of));
  const inputs = await checked(context, program());
  const failure = (await created(context, inputs).catch((error: unknown) => error)) as Failure;
  expect(failure.details).toMatch(/^LYC6003: The bucket is full\./);
  expect(failure.metadata.get("grpc-status-details-bin")).toHaveLength(1);
});

test("the time limit in customTimeouts ends an upload", async () => {
  const of = machine();
  const upload: MemoryBucket["upload"] = async (_key, _content, { signal } = {}) => {
    if (signal?.aborted === false) await once(signal, "abort");
    throw new Error("cut off");
  };
  const context = contextOf(portsOf(of.bucket, of.folder, { bucket: () => ({ ...of.bucket, upload }) }));
  const inputs = await checked(context, program());
  const failure = (await created(context, inputs, { timeout: 0.001 }).catch((error: unknown) => error)) as Failure;
  expect(failure.details).toMatch(/^LYC6015: /);
});

test("a create that stores nothing is an error only", async () => {
  const of = machine();
  const admit = (): never => {
    throw new StorageError("LYC6003", "No.");
  };
  const context = contextOf(portsOf(of.bucket, of.folder, { admit }));
  const inputs = await checked(context, program());
  const failure = (await created(context, inputs).catch((error: unknown) => error)) as Failure;
  expect(failure.details).toMatch(/^LYC6003: No\./);
  expect(failure.metadata.get("grpc-status-details-bin")).toEqual([]);
});
