import type { Bundled, StoredMounts } from "../../compose/project";
import { createTrees } from "../files/mounts";
import { prepareMounts } from "../lifecycle/inputs/mounts";

/**
 * Stands for the folder of a resource in the bucket, because no resource is known here. It has the usual length of such
 * a folder: the key of each stored file begins with the folder, and `prepareMounts` refuses files with keys that are
 * too long.
 */
const RESOURCE = "pulumi-lyceum/project/stack/resource-xxxxxx/";

/**
 * Returns for each mounted path of a project whether a start with `localFiles: "upload"` would store its files in the
 * bucket, send them with the Compose text, or refuse them. Reads the local files, but stores nothing, and needs no
 * account.
 */
export async function decideMounts(
  { mounted, folder, root }: Pick<Bundled, "mounted" | "folder" | "root">,
  now: () => number,
): Promise<StoredMounts> {
  const context = { folder, root, scope: "unknown", resource: RESOURCE };
  return (await prepareMounts(mounted, context, { read: createTrees(now).describe })).stored;
}
