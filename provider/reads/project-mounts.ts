import type { Bundled, StoredMounts } from "../../compose/project";
import { createTrees } from "../files/mounts";
import { prepareMounts } from "../lifecycle/inputs/mounts";

/**
 * Stands for the folder of a resource in the bucket. The text has the form and usual length of such a folder, and only
 * its length has an effect.
 */
const RESOURCE = "pulumi-lyceum/project/stack/resource-xxxxxx/";

/**
 * Reads the local files that the services of a project mount, and decides about each mounted path as a start with
 * `localFiles: "upload"` does. Stores nothing, and needs no account.
 */
export async function decideMounts(
  { mounted, folder, root }: Pick<Bundled, "mounted" | "folder" | "root">,
  now: () => number,
): Promise<StoredMounts> {
  const context = { folder, root, scope: "unknown", resource: RESOURCE };
  return (await prepareMounts(mounted, context, { read: createTrees(now).describe })).stored;
}
