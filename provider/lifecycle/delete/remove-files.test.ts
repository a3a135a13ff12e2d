import { LyceumError } from "../../lyceum/errors";
import type { OnDelete } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { RunRemoval } from "../run/uploads";
import { uploadsWith } from "../testing/uploads";
import { NEVER, running } from "../testing/world";
import { deleteExecution } from "./delete";
import { removeFiles, removeFilesOfStart } from "./remove-files";

/** Deletes a run whose files are in `old/`, for a replacement with the given name. Returns what is to be removed. */
async function removedFor(urn: string | undefined): Promise<RunRemoval | undefined> {
  const { context, outputs } = await running();
  const removed: RunRemoval[] = [];
  const uploads = uploadsWith({
    folder: (name) => `${name}/`,
    remove: async (removal) => void removed.push(removal),
  });
  const replacement = urn === undefined ? undefined : { urn, mounts: () => new Set(["h1"]) };
  await deleteExecution(
    { ...context, uploads },
    { ...outputs, filesPrefix: "old/runs/1-x/" },
    replacement && { ...replacement, onDelete: "abort", rehearse: async () => undefined },
  );
  return removed[0];
}

test.each([
  ["a deletion keeps no files", undefined, []],
  ["a replacement keeps the files that it needs", "old", ["h1"]],
  ["a replacement with a new name keeps none, because it has another folder", "new", []],
])("%s", async (_what, urn, planned) => {
  const folders = { resource: "old/", run: "old/runs/1-x/" };
  expect(await removedFor(urn)).toMatchObject({ folders, planned: new Set(planned) });
});

test("if the old run cannot be aborted, the files of its replacement are released", async () => {
  const { context, outputs } = await running();
  const released: unknown[] = [];
  const uploads = uploadsWith({ release: async (folders) => void released.push(folders) });
  const client = {
    ...context.client,
    abort: () => Promise.reject(new LyceumError({ code: "LYC1103", message: "The call failed: 403." })),
  };
  const replacement = {
    urn: "old",
    onDelete: "abort",
    mounts: () => new Set<string>(),
    rehearse: async () => "old/runs/2-y/",
  } as const;
  await expect(deleteExecution({ ...context, client, uploads }, outputs, replacement)).rejects.toThrow();
  expect(released).toEqual([{ resource: "old/", run: "old/runs/2-y/" }]);
});

/** Makes a recorded run with files, and the effects of a process that removes them. */
async function withFiles(changes: Partial<ExecutionOutputs>) {
  const { context, outputs, reported } = await running();
  const removed: RunRemoval[] = [];
  const uploads = uploadsWith({ folder: (name) => `${name}/`, remove: async (one) => void removed.push(one) });
  reported.length = 0;
  const recorded = { ...outputs, executionId: "r1", filesPrefix: "old/runs/1-x/", ...changes };
  return { context: { ...context, uploads }, recorded, removed, reported };
}

test.each<[string, Partial<ExecutionOutputs>, number, string]>([
  ["of a run of this account are removed", {}, 1, ""],
  ["in another bucket stay", { baseUrl: "https://other" }, 0, "warning: The files of run r1 stay in old/runs/1-x/ of"],
  ["of an adopted run stay", { startKey: "" }, 0, ""],
  ["of a run without files do not exist", { filesPrefix: "" }, 0, ""],
])("files %s", async (_what, changes, count, line) => {
  const { context, recorded, removed, reported } = await withFiles(changes);
  await removeFiles(context, recorded, undefined, undefined);
  expect([removed.length, reported.join()]).toEqual([count, expect.stringContaining(line)]);
  expect(reported).toHaveLength(line === "" ? 0 : 1);
});

test("an error names the run and the folder of the files that stay, and the cause", async () => {
  const { context, recorded } = await withFiles({});
  const uploads = uploadsWith({ folder: () => "old/", remove: () => Promise.reject(new Error("LYC6004: down.")) });
  await expect(removeFiles({ ...context, uploads }, recorded, undefined, undefined)).rejects.toThrow(
    /Run r1 has ended, .* in old\/runs\/1-x\/ were removed\. LYC6004: down\. /,
  );
});

test.each<[string, Partial<ExecutionOutputs>, OnDelete | undefined, number]>([
  ["are removed", {}, undefined, 1],
  ["stay if the resource leaves its run", { onDelete: "leave" }, undefined, 0],
  ["stay if the replacement leaves the run", {}, "leave", 0],
])("files of a run that has ended %s", async (_what, changes, onDelete, count) => {
  const { context, recorded, removed, reported } = await withFiles({ status: "completed", returnCode: 0, ...changes });
  await deleteExecution(context, recorded, onDelete && { onDelete, rehearse: async () => undefined });
  const notice = "notice: The files of run r1 stay in the bucket, in old/runs/1-x/.";
  expect([removed.length, reported]).toEqual([count, count === 1 ? [] : [notice]]);
});

const OVER = { createdAt: "2020-03-01T00:00:00Z", requestedAt: "2020-03-01T00:00:00Z" };
test.each<[string, Partial<ExecutionOutputs>, OnDelete | undefined, boolean]>([
  ["are removed once its time limits have passed", OVER, undefined, true],
  ["are removed before a replacement that aborts", OVER, "abort", true],
  ["stay while its run may be active", {}, undefined, false],
  ["stay if the resource leaves its run", { ...OVER, onDelete: "leave" }, undefined, false],
  ["stay if the replacement leaves the run", OVER, "leave", false],
])("files of an unclear start %s", async (_what, changes, onDelete, isRemoved) => {
  const { context, recorded, removed, reported } = await withFiles(changes);
  await removeFilesOfStart(context, recorded, onDelete && { urn: "new", onDelete }, NEVER);
  const notice = `notice: The files of the start with the key ${recorded.startKey} stay in the bucket, in old/runs/1-x/.`;
  expect([removed.length, reported]).toEqual(isRemoved ? [1, []] : [0, [notice]]);
});
