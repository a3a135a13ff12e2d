import { LyceumError } from "../../lyceum/errors";
import type { RunRemoval } from "../run/uploads";
import { uploadsWith } from "../testing/uploads";
import { running } from "../testing/world";
import { deleteExecution } from "./delete";

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
