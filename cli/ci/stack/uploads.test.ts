import { observedOf, step, urnOf } from "../testing/events";
import { plannedUploads } from "./uploads";

const FILES = "lyceum:index:StoredFiles";
const DYNAMIC = "pulumi-nodejs:dynamic/lyceum:StoredFiles";
const files = { prefix: "p/", hash: "h", fileCount: 2, bytes: 3, __files: "a\t2\t-\tc1\nb\t1\t-\tc2" };
const old = { ...files, __stored: "/p/\na\te\tc1" };

test("each resource with stored files has their number and size; a replacement sends everything once", () => {
  const events = [
    step("create", "new", { type: FILES, new: files }),
    step("update", "changed", { type: DYNAMIC, old, new: files }),
    step("update", "kept", { type: FILES, old, new: { ...files, fileCount: 1, bytes: 2, __files: "a\t2\t-\tc1" } }),
    step("same", "same", { type: FILES, old, new: files }),
    step("delete-replaced", "replaced", { type: FILES, old }),
    step("replace", "replaced", { type: FILES, old, new: files }),
    step("create-replacement", "replaced", { type: FILES, old, new: files }),
    step("create", "unknown", { type: FILES, new: { source: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } }),
    step("delete", "gone", { type: FILES, old }),
    step("create", "run", { new: { fileCount: 7, bytes: 7 } }),
  ];
  expect(plannedUploads(observedOf(events))).toEqual([
    { name: "changed", urn: urnOf("changed", DYNAMIC), files: 1, bytes: 1 },
    { name: "new", urn: urnOf("new", FILES), files: 2, bytes: 3 },
    { name: "replaced", urn: urnOf("replaced", FILES), files: 2, bytes: 3 },
    { name: "unknown", urn: urnOf("unknown", FILES), files: undefined, bytes: undefined },
  ]);
});

test("an execution counts the mounts whose content is new, and those that its run may write into", () => {
  const mount = (hash: string, fileCount: number, bytes: number, isWritten = false) => ({
    path: hash,
    hash,
    isWritten,
    isFile: false,
    fileCount,
    bytes,
  });
  const mounts = (...all: readonly object[]) => ({
    localFiles: "upload",
    composeFile: "compose.yaml",
    __composeRecord: { digest: "d", settings: "s", files: {}, mounts: all },
  });
  const events = [
    step("create", "new", { new: mounts(mount("a", 2, 3), mount("b", 1, 4)) }),
    step("create-replacement", "changed", {
      old: {},
      oldInputs: mounts(mount("a", 2, 3)),
      new: mounts(mount("a", 2, 3), mount("c", 5, 6)),
    }),
    step("create-replacement", "same-files", {
      old: {},
      oldInputs: mounts(mount("a", 2, 3)),
      new: mounts(mount("a", 2, 3)),
    }),
    step("create-replacement", "written", {
      old: {},
      oldInputs: mounts(mount("a", 2, 3), mount("w", 4, 1000, true)),
      new: mounts(mount("a", 2, 3), mount("w", 4, 1000, true)),
    }),
    step("create-replacement", "read-now", {
      old: {},
      oldInputs: mounts(mount("a", 2, 3, true)),
      new: mounts(mount("a", 2, 3)),
    }),
    step("update", "waits", {
      old: { executionId: "run-1", startKey: "k" },
      oldInputs: mounts(mount("w", 4, 1000, true)),
      new: mounts(mount("w", 4, 1000, true)),
    }),
    step("update", "unclear", {
      old: { executionId: "", startKey: "k" },
      oldInputs: mounts(mount("w", 4, 1000, true)),
      new: mounts(mount("w", 4, 1000, true)),
    }),
    step("same", "kept", { old: {}, oldInputs: mounts(mount("a", 2, 3)), new: mounts(mount("a", 2, 3)) }),
    step("create", "unknown", { new: { localFiles: "upload", composeFile: "?" } }),
    step("create", "adopted", { new: { ...mounts(mount("a", 2, 3)), existingExecutionId: "run-1" } }),
    step("create", "inline", { new: { localFiles: "inline", composeFile: "compose.yaml" } }),
  ];
  const found = plannedUploads(observedOf(events)).map(({ name, files, bytes }) => [name, files, bytes]);
  expect(found).toEqual([
    ["changed", 5, 6],
    ["new", 3, 7],
    ["read-now", 2, 3],
    ["unclear", 4, 1000],
    ["unknown", undefined, undefined],
    ["written", 4, 1000],
  ]);
});
