import type { Bundled, StoredMounts } from "../../compose/project";
import { createTrees } from "../files/mounts";
import { prepareMounts } from "../lifecycle/inputs/mounts";

/**
 * An example of a resource's folder in the bucket, of the usual length. The key of each stored file begins with such a
 * folder, so `prepareMounts` can refuse files with too long keys.
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
