// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable

import { parse } from "yaml";
import {
  folderOf,
  foldersOf,
  haveSamePaths,
  keyOfLocalPath,
  mountHash,
  mountsToStore,
  parseMounts,
  pathInModel,
  type UploadedMount,
  unknownPathIn,
  withBucketPaths,
} from "./mounts";

const mount = (path: string, more: Partial<UploadedMount> = {}): UploadedMount => ({
  path,
  hash: `h${path.replace(/[^a-z]/g, "")}`,
  isWritten: false,
  isFile: false,
  ...more,
});
const mounts = [
  mount("in"),
  mount("out", { isWritten: true }),
  mount("conf/big.bin", { isFile: true }),
  mount("db.sqlite", { isFile: true, isWritten: true }),
  mount("../shared", { isWritten: true }),
];
const folders = foldersOf("p/runs/1-abc/");

test("the folder of the resource follows from the folder of the run", () => {
  expect(folders).toEqual({ run: "p/runs/1-abc/", resource: "p/" });
  expect(foldersOf("runs/runs/runs/runs/1/").resource).toBe("runs/runs/runs/");
});

test.each([
  ["in", "p/files/hin"],
  ["in/a/b.csv", "p/files/hin/a/b.csv"],
  ["./out/model.pt", "p/runs/1-abc/out/model.pt"],
  ["out/", "p/runs/1-abc/out"],
  ["conf/big.bin", "p/files/hconfbigbin/big.bin"],
  ["db.sqlite", "p/runs/1-abc/db.sqlite"],
  ["../shared/x", "p/runs/1-abc/hshared/x"],
  ["outer", undefined],
  ["conf", undefined],
  ["conf/big.bin/x", undefined],
])("the path %s is %s in the bucket", (path, key) => {
  expect(keyOfLocalPath(mounts, path, folders)).toBe(key);
});

test("the model has a token for a mount, and the path below it", () => {
  expect(pathInModel(mount("in"), "")).toBe("/mnt/s3/FILES/hin");
  expect(pathInModel(mount("out", { isWritten: true }), "a/b")).toBe("/mnt/s3/RUN/hout/a/b");
  expect(pathInModel(mount("conf/big.bin", { isFile: true }), "")).toBe("/mnt/s3/FILES/hconfbigbin/big.bin");
});

test("the project folder as a whole is a mount too", () => {
  const whole = [mount(".", { isWritten: true })];
  expect(keyOfLocalPath(whole, ".", folders)).toBe("p/runs/1-abc");
  expect(keyOfLocalPath(whole, "a/b", folders)).toBe("p/runs/1-abc/a/b");
  expect(keyOfLocalPath(whole, "../b", folders)).toBeUndefined();
});

test("the paths of a model become paths of the bucket in a text", () => {
  const text = [
    `- source: ${pathInModel(mount("in"), "x")}`,
    `- source: ${pathInModel(mount("out", { isWritten: true }), "")}`,
    "- /mnt/s3/RUN/other",
  ].join("\n");
  expect(withBucketPaths(text, mounts, folders, "/bucket/$1/")).toBe(
    "- source: /bucket/$1/p/files/hin/x\n- source: /bucket/$1/p/runs/1-abc/out\n- /mnt/s3/RUN/other",
  );
  for (const one of mounts) expect(folderOf(one, folders)).toMatch(/\/$/);
});

test.each([
  ["w #b", "a1/"],
  ["x: y", "a1/"],
  ["d$HOME", "a1/"],
  ["e${X}", "a1/"],
  ['q"q', "a1/"],
  ["it's", "a1/"],
  ["b\\n", "a1/"],
  ["u\u2028x", "a1/"],
  ["end ", "a1/"],
  ["données/v1.2_x-y", "données/v1.2_x-y/"],
])("a run has a folder %j that a service writes into under a name that needs no quotes", (path, folder) => {
  const one = mount(path, { hash: "a1", isWritten: true });
  const file = mount(`${path}/f`, { hash: "a1", isWritten: true, isFile: true });
  for (const written of [one, file]) {
    const text = `services:\n  a:\n    volumes:\n      - source: ${pathInModel(written, "")}\n        target: /w\n`;
    const sent = withBucketPaths(text, [written], folders, "/bucket");
    const source = `/bucket/p/runs/1-abc/${folder}${written.isFile ? "f" : ""}`.replace(/\/$/, "");
    expect(parse(sent)).toEqual({ services: { a: { volumes: [{ source, target: "/w" }] } } });
    expect(`/bucket/${keyOfLocalPath([written], written.path, folders)}`).toBe(source);
  }
});

test("the digest depends on the secret, the path and the content", () => {
  const all = [mountHash("s", "a", "c"), mountHash("t", "a", "c"), mountHash("s", "b", "c"), mountHash("s", "a", "d")];
  expect(new Set(all).size).toBe(4);
  expect(mountHash("", "a", "c")).toHaveLength(all[0]?.length ?? 0);
});

test("a path of a model that belongs to no mount is found", () => {
  const one = mount("in", { hash: "a1".repeat(12) });
  const other = pathInModel({ ...one, isWritten: true }, "");
  const text = (path: string) => `- source: ${pathInModel(one, "x")}\n- source: "${path}"\n`;
  expect(unknownPathIn(text(`${other}/deep`), [one])).toBe(other);
  expect(unknownPathIn(text("/mnt/s3/data"), [one])).toBeUndefined();
  // A text that is longer than a digest is not a path of a model.
  expect(unknownPathIn(text(`${other}0`), [one])).toBeUndefined();
  expect(haveSamePaths([one], [{ ...one, fileCount: 1, bytes: 2 }])).toBe(true);
  expect(haveSamePaths([one], [{ ...one, isWritten: true }])).toBe(false);
});

test("a start stores what a service writes into, and what no recorded mount has", () => {
  const [read, written] = [mount("in"), mount("out", { isWritten: true })];
  expect(mountsToStore([read, written])).toEqual([read, written]);
  expect(mountsToStore([read, written], [read, written])).toEqual([written]);
  expect(mountsToStore([read], [{ ...read, isWritten: true }])).toEqual([read]);
});

const recorded = { path: "a", hash: "h", isWritten: true, isFile: true, fileCount: 1, bytes: 2 };
test.each<readonly [string, unknown, readonly unknown[]]>([
  ["a mount", [recorded], [recorded]],
  ["a mount without its kind", [{ path: "a", hash: "h" }], [{ path: "a", hash: "h", isWritten: false, isFile: false }]],
  ["half of a size", [{ ...recorded, bytes: "2" }], [{ path: "a", hash: "h", isWritten: true, isFile: true }]],
  ["a mount without a path", [{ ...recorded, path: 1 }, recorded], [recorded]],
  ["a mount without a digest", [{ ...recorded, hash: 1 }], []],
  ["what is not a mount", ["a", null], []],
  ["what is not a list", recorded, []],
])("recorded mounts: %s", (_what, value, mounts) => expect(parseMounts(value)).toEqual(mounts));
