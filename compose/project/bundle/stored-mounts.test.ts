import { type ComposeMapping, readCompose } from "../..";
import type { StoredMount, StoredMounts } from "../stored-paths";
import { bundleOf, type Files, messagesOf, mounting } from "../testing/bundle";

const inBucket: StoredMounts = (path) => ({
  kind: "stored",
  source: `/mnt/s3/run${path}`,
  ...(path.endsWith("/out") ? { isEmpty: true } : {}),
});
const uploading = (files: Files, storedMounts: StoredMounts | undefined, ...mounts: string[]) =>
  bundleOf(
    { ...files, "compose.yaml": mounting(...mounts) },
    { localFiles: "upload", ...(storedMounts === undefined ? {} : { storedMounts }) },
  );
const errorsOf = (bundled: ReturnType<typeof bundleOf>) =>
  bundled.diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code} ${message}`);

/** The mounts of the service in the text that is sent. */
function sentMounts(bundled: ReturnType<typeof bundleOf>): unknown {
  expect(errorsOf(bundled)).toEqual([]);
  expect(readCompose(bundled.bundle?.text).kind).toBe("document");
  return (bundled.bundle?.model as { services: { a: ComposeMapping } } | undefined)?.services.a.volumes;
}

const files: Files = {
  "in/a.csv": "1",
  "in/deep/b.bin": new Uint8Array([0, 1]),
  "big.bin": new Uint8Array(2_000_000),
  "run.sh": "#!/bin/sh",
};

test("each local mount becomes a mount of the stored path, and other mounts stay", () => {
  const mounts = mounting("./in:/in:ro", "./big.bin:/m/big.bin", "./out:/out", "/mnt/s3/x:/x", "vol:/v");
  const bundled = bundleOf(
    { ...files, "compose.yaml": `${mounts}volumes: {vol: }\n` },
    { localFiles: "upload", storedMounts: inBucket },
  );
  // Without the bucket, the services must not start with an empty folder in place of the files.
  const [bind, create] = [{ create_host_path: false }, { create_host_path: true }];
  expect(sentMounts(bundled)).toEqual([
    { type: "bind", source: "/mnt/s3/run/p/in", target: "/in", read_only: true, bind },
    { type: "bind", source: "/mnt/s3/run/p/big.bin", target: "/m/big.bin", bind },
    { type: "bind", source: "/mnt/s3/run/p/out", target: "/out", bind: create },
    { type: "bind", source: "/mnt/s3/x", target: "/x", bind: create },
    { type: "volume", source: "vol", target: "/v" },
  ]);
  expect(bundled.mounted).toEqual([
    { path: "/p/in", kind: "folder", isWritten: false },
    { path: "/p/big.bin", kind: "file", isWritten: true },
    { path: "/p/out", kind: "missing", isWritten: true },
  ]);
});

test("as long as a mount is not decided, the result has the mounted paths, no bundle and no diagnostics", () => {
  const undecided = uploading(files, undefined, "./in:/in:ro", "./in:/w");
  expect(undecided.mounted).toEqual([{ path: "/p/in", kind: "folder", isWritten: true }]);
  expect(undecided.bundle).toBeUndefined();
  expect(undecided.diagnostics).toEqual([]);
});

test("a refused mount is an error, a file sent with the text is a config, and a message names what is lost", () => {
  const answers: Readonly<Record<string, StoredMount>> = {
    "/p/in": { kind: "refused", reason: "holds id_rsa, which is a secret", remedy: "Move it." },
    "/p/run.sh": { kind: "inline" },
    "/p/big.bin": { kind: "stored", source: "/mnt/s3/b", losses: "the mode of big.bin" },
    "/p/out": { kind: "stored", source: "/mnt/s3/o" },
  };
  const mounts = ["./in:/in", "./run.sh:/run.sh", "./big.bin:/b", "./out:/o"];
  const bundled = uploading(files, (path) => answers[path], ...mounts);
  expect(messagesOf(bundled)).toEqual([
    "LYC2303 services.a.volumes[0] mounts in, which holds id_rsa, which is a secret",
    'LYC2311 services.a.volumes[1] mounts a file: the run gets a copy of "run.sh"',
    'LYC2315 services.a.volumes[2] mounts "big.bin": the run has it in the store, but not the mode of big.bin',
    "LYC2315 services.a.volumes[3] mounts out: the run has it in the store",
  ]);
  expect(bundled.diagnostics[0]).toMatchObject({ remedy: "Move it.", range: { start: { line: 5 } } });
});

test("the remedy for files that do not fit into the text is the store, unless that has left them out", () => {
  const binary = { ...files, "compose.yaml": mounting("./big.bin:/b") };
  const inStoreOnly = 'Set `localFiles: "upload"`, or put the files into the image.';
  expect(bundleOf(binary, { localFiles: "inline" }).diagnostics).toMatchObject([{ remedy: inStoreOnly }]);
  const outside = { "compose.yaml": mounting("../x:/b"), "/x": "x" };
  expect(bundleOf(outside, { localFiles: "inline" }).diagnostics).toMatchObject([
    { remedy: expect.stringMatching(/^Name a wider folder as `root`/) },
  ]);
  const leftOut: StoredMounts = () => ({ kind: "inline", because: "holds a secret" });
  const { diagnostics } = bundleOf(binary, { localFiles: "upload", storedMounts: leftOut });
  expect(diagnostics).toMatchObject([{ code: "LYC2303", remedy: expect.stringMatching(/^Put the files into the im/) }]);
});

test.each([
  ["a missing file", "./x.conf:/x.conf", /does not exist, and has the name of a file/],
  ["a socket", "./s:/s", /is a socket, a pipe or a device/],
  ["a folder outside the project", "../other:/o", /lies outside the project folder/],
  [
    "a missing folder that is not created",
    "{type: bind, source: ./none, target: /n, bind: {create_host_path: false}}",
    /`create_host_path` is false/,
  ],
  ["credentials of a person", "~/.aws:/aws:ro", /lies in your home folder/],
])("is an error for %s", (_name, mount, message) => {
  expect(errorsOf(uploading({ ...files, s: "<socket>", "/other/a": "" }, inBucket, mount))).toEqual([
    expect.stringMatching(message),
  ]);
});

test("all mounts of a missing folder get the same folder, even mounts that are only read", () => {
  const bundled = uploading(files, inBucket, "./none:/n:ro", "./none:/w");
  expect(uploading(files, inBucket, "./none:/w", "./none:/n:ro").mounted).toEqual(bundled.mounted);
  expect(sentMounts(bundled)).toMatchObject([
    { type: "bind", source: "/mnt/s3/run/p/none", read_only: true },
    { type: "bind", source: "/mnt/s3/run/p/none" },
  ]);
  expect(bundled.mounted).toEqual([{ path: "/p/none", kind: "missing", isWritten: true }]);
});

test("a mount of files that the image is built from is left out", () => {
  const bundled = bundleOf(
    {
      ...files,
      Dockerfile: "FROM x\nCOPY . /app\n",
      "compose.yaml": "services:\n  a:\n    image: i\n    build: .\n    volumes: ['./in:/app/in']\n",
    },
    { localFiles: "upload", storedMounts: inBucket },
  );
  expect(messagesOf(bundled).filter((message) => message.includes("volumes"))).toEqual([
    expect.stringMatching(/^LYC2314 .* its image is built from/),
  ]);
  expect(bundled.mounted).toEqual([]);
});

test("a folder of the home folder is never stored", () => {
  const bundled = uploading(files, inBucket, "~/data:/d");
  expect([bundled.mounted, messagesOf(bundled)]).toEqual([[], [expect.stringMatching(/^LYC2312 /)]]);
});

test("dollar signs of a stored path are escaped", () => {
  const stored: StoredMounts = () => ({ kind: "stored", source: "/mnt/s3/a$b" });
  expect(uploading(files, stored, "./in:/in:ro").bundle?.text).toContain("/mnt/s3/a$$b");
});

test("a folder whose files are not all stored is mounted in parts, and the other files are configs", () => {
  const parts = { mounted: ["a.csv", "deep"], inline: [".env", "none"] };
  const stored: StoredMounts = () => ({ kind: "stored", source: "/mnt/s3/x", parts });
  const bundled = uploading({ ...files, "in/.env": "P=1", "in/none": "" }, stored, "./in:/in:ro");
  expect(sentMounts(bundled)).toMatchObject([
    { source: "/mnt/s3/x/a.csv", target: "/in/a.csv", read_only: true, bind: { create_host_path: false } },
    { source: "/mnt/s3/x/deep", target: "/in/deep", read_only: true },
  ]);
  expect(bundled.bundle?.model).toMatchObject({
    services: { a: { configs: [{ target: "/in/.env" }] } },
    configs: { file_in_env: { content: "P=1" } },
  });
  const refused = uploading({ ...files, "in/.env": new Uint8Array([0]) }, stored, "./in:/in:ro");
  expect(errorsOf(refused)).toEqual([expect.stringMatching(/which holds "\.env", which is not a text file/)]);
});
