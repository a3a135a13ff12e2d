import { observedOf, step, urnOf } from "../testing/events";
import { plannedUploads } from "./uploads";

const FILES = "lyceum:index:StoredFiles";
const DYNAMIC = "pulumi-nodejs:dynamic/lyceum:StoredFiles";
const files = { prefix: "p/", hash: "h", fileCount: 2, bytes: 3, __files: "a\t2\t-\tc1\nb\t1\t-\tc2" };
const old = { ...files, __stored: "/p/\na\te\tc1" };

test("each resource with stored files has its number and size; a replacement sends everything once", () => {
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
