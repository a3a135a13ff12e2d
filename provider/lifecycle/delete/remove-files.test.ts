import type { RunRemoval, Uploads } from "../run/uploads";
import { running } from "../testing/world";
import { deleteExecution } from "./delete";

const unused = (): never => {
  throw new Error("not used here");
};

/** Deletes a run whose files are in `old/`, for a replacement with the given name. Returns what is to be removed. */
async function removedFor(urn: string | undefined): Promise<RunRemoval | undefined> {
  const { context, outputs } = await running();
  const removed: RunRemoval[] = [];
  const uploads: Uploads = {
    read: unused,
    mountPath: unused,
    folder: (name) => `${name}/`,
    store: unused,
    likelyFolder: unused,
    find: unused,
    release: unused,
    remove: async (removal) => void removed.push(removal),
  };
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
