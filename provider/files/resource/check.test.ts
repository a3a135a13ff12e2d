import { symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { checkFiles } from "./check";
import { portsOf, UNKNOWN, URN } from "./testing/ports";

afterEach(removeFolders);

const failing = {
  bucket: () => {
    throw new Error("A check must send no request.");
  },
};

function check(
  folder: string,
  news: Record<string, unknown>,
  olds: Record<string, unknown> = {},
  ports = portsOf(undefined, folder, failing),
) {
  return checkFiles(ports, { urn: URN, olds, news });
}

test("the inputs get the facts that a preview needs, and the row shows what would be sent", async () => {
  const folder = folderWith({ "data/a.txt": "a", "data/b.tmp": "b", "data/sub/c.txt": "ccc" });
  const ports = portsOf(undefined, folder, failing);
  const { inputs, failures } = await check(folder, { source: "data", exclude: ["*.tmp"] }, undefined, ports);
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({
    prefix: "shop/dev/data/",
    mountPath: "/mnt/s3/shop/dev/data",
    fileCount: 2,
    bytes: 4,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(ports.shown).toEqual(["notice: 2 files to send, 4 B; 2 added (a.txt, sub/c.txt)"]);
  // The engine calls check several times in one command.
  await check(folder, { source: "data", exclude: ["*.tmp"] }, undefined, ports);
  expect(ports.shown).toHaveLength(1);
});

test("runs see a single file at its own path", async () => {
  const folder = folderWith({ "model.bin": "m" });
  const { inputs } = await check(folder, { source: "model.bin", prefix: "/models/" });
  expect(inputs).toMatchObject({ prefix: "models/", mountPath: "/mnt/s3/models/model.bin", fileCount: 1 });
});

test("the digest stays the same after a touch, and changes with content or name", async () => {
  const folder = folderWith({ "data/a.txt": "a" });
  const first = await check(folder, { source: "data" });
  utimesSync(join(folder, "data/a.txt"), 1, 1);
  const touched = await check(folder, { source: "data" }, first.inputs);
  expect(touched.inputs.hash).toBe(first.inputs.hash);
  writeFileSync(join(folder, "data/a.txt"), "b");
  expect((await check(folder, { source: "data" }, touched.inputs)).inputs.hash).not.toBe(first.inputs.hash);
});

test("a default prefix stays when the resource is renamed, and the program's own prefix wins", async () => {
  const folder = folderWith({ "data/a.txt": "a" });
  const { inputs } = await check(folder, { source: "data" });
  const other = { urn: `${URN}2`, olds: inputs, news: { source: "data" } };
  expect((await checkFiles(portsOf(undefined, folder), other)).inputs.prefix).toBe("shop/dev/data/");
  const own = { ...other, news: { source: "data", prefix: "x" } };
  const moved = await checkFiles(portsOf(undefined, folder), own);
  expect(moved.inputs.prefix).toBe("x/");
  // If the program gives no prefix again, the default comes from the name of the resource.
  const back = { urn: `${URN}2`, olds: moved.inputs, news: { source: "data" } };
  expect((await checkFiles(portsOf(undefined, folder), back)).inputs.prefix).toBe("shop/dev/data2/");
});

test("a string into which a program put an Output is an error", async () => {
  const { failures } = await check("/p", { source: "data-{0xc000137180}" });
  expect(failures).toEqual([{ property: "", reason: expect.stringMatching(/^source contains .*pulumi\.Sprintf/) }]);
});

test("a value that is unknown at a preview stays unknown", async () => {
  const folder = folderWith({ "data/a.txt": "a" });
  const unknown = await check(folder, { source: UNKNOWN });
  expect([unknown.failures, unknown.inputs.hash, unknown.inputs.mountPath]).toEqual([[], undefined, undefined]);
  const prefix = await check(folder, { source: "data", prefix: UNKNOWN });
  expect([prefix.inputs.prefix, prefix.inputs.mountPath, prefix.inputs.fileCount]).toEqual([UNKNOWN, undefined, 1]);
});

test.each([
  ["no source", {}, "source", "source must be given"],
  [
    "an unknown argument",
    { source: "data", excludes: [] },
    "excludes",
    "excludes is not an argument of StoredFiles; did you mean exclude?",
  ],
  [
    "a word that is none",
    { source: "data", onDelete: "abort" },
    "onDelete",
    'onDelete must be one of "delete", "leave", not "abort"',
  ],
  ["a prefix above the bucket", { source: "data", prefix: "../x" }, "prefix", /^LYC6009: /],
  [
    "a prefix with which a name is too long",
    { source: "data", prefix: "x".repeat(1020) },
    "prefix",
    /^LYC6009: .* it has more than 1024 bytes/,
  ],
  ["a source that does not exist", { source: "none" }, "source", /^LYC6008: none cannot be read: it does not exist/],
  ["a pattern of nothing", { source: "data", exclude: ["/"] }, "source", /^LYC6008: "\/" cannot be used as a pattern/],
  ["an empty pattern", { source: "data", exclude: [""] }, "source", /^LYC6008: "" cannot be used as a pattern/],
  ["a source without files", { source: "data", exclude: ["**"] }, "source", /^LYC6008: data has no file/],
])("%s is refused", async (_name, news, property, reason) => {
  const folder = folderWith({ "data/a.txt": "a" });
  const { failures } = await check(folder, news);
  expect(failures).toEqual([{ property, reason: typeof reason === "string" ? reason : expect.stringMatching(reason) }]);
});

test("a link to something outside of the folder is refused, unless it is excluded", async () => {
  const folder = folderWith({ "data/a.txt": "a", "secret.txt": "s" });
  symlinkSync("../secret.txt", join(folder, "data/link"));
  expect((await check(folder, { source: "data" })).failures).toEqual([
    { property: "source", reason: expect.stringMatching(/^LYC6013: link in data is a link to something outside/) },
  ]);
  expect((await check(folder, { source: "data", exclude: ["link"] })).failures).toEqual([]);
});

test.each([
  ["a folder", "data", (folder: string) => symlinkSync("../../other", join(folder, "data"))],
  ["a file", "data", (folder: string) => symlinkSync("../../other/b.txt", join(folder, "data"))],
  ["a folder below a link", "up/other", (folder: string) => symlinkSync("../..", join(folder, "up"))],
])("a source that is a link out of the program's folder is refused: %s", async (_what, source, link) => {
  const parent = folderWith({ "project/program/Pulumi.yaml": "", "other/b.txt": "b" });
  const folder = join(parent, "project/program");
  link(folder);
  expect((await check(folder, { source })).failures).toEqual([
    {
      property: "source",
      reason: expect.stringMatching(`^LYC6013: ${source} is a link to something outside of the program's folder.`),
    },
  ]);
  // This path is allowed, because a reader of the program sees that it leads out of the folder.
  expect((await check(folder, { source: "../../other" })).failures).toEqual([]);
});

test("two resources of a program must not store the same key", async () => {
  const folder = folderWith({ "one/a.txt": "a", "two/a.txt": "b" });
  const ports = portsOf(undefined, folder);
  await checkFiles(ports, { urn: URN, olds: {}, news: { source: "one", prefix: "p" } });
  const second = { urn: `${URN}2`, olds: {}, news: { source: "two", prefix: "p" } };
  expect((await checkFiles(ports, second)).failures).toEqual([
    {
      property: "prefix",
      reason: expect.stringMatching(/^LYC6016: Another resource of the program, data, stores p\/a.txt too/),
    },
  ]);
});

test("two resources whose prefix is not known yet may have files of one name", async () => {
  const folder = folderWith({ "one/a.txt": "a", "two/a.txt": "b" });
  const ports = portsOf(undefined, folder);
  for (const source of ["one", "two"]) {
    const request = { urn: `${URN}${source}`, olds: {}, news: { source, prefix: UNKNOWN } };
    expect((await checkFiles(ports, request)).failures).toEqual([]);
  }
});

test("a path that a bucket cannot hold is left out, and the row says so once", async () => {
  const folder = folderWith({ "d/a.txt": "a" });
  symlinkSync("absent", join(folder, "d/broken"));
  const ports = portsOf(undefined, folder);
  for (const _call of [1, 2])
    expect((await check(folder, { source: "d", prefix: "p" }, {}, ports)).failures).toEqual([]);
  expect(ports.shown).toEqual([
    "warning: A bucket holds files only, and no link that leads back. Left out: broken.",
    "notice: 1 file to send, 1 B; 1 added (a.txt)",
  ]);
});
