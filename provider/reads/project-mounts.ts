import type { Bundled, StoredMounts } from "../../compose/project";
import { createTrees } from "../files/mounts";
import { prepareMounts } from "../lifecycle/inputs/mounts";

/**
 * A text with the form and an ordinary length of a resource's folder. Only a program knows the real folder, and here
 * only the length counts.
 */
const RESOURCE = "pulumi-lyceum/project/stack/resource-xxxxxx/";

/**
 * Reads the local files that the services of a project mount, and decides what becomes of each mounted path, as a start
 * with `localFiles: "upload"` does. Stores nothing, and needs no account.
 */
export async function decideMounts(
  { mounted, folder, root }: Pick<Bundled, "mounted" | "folder" | "root">,
  now: () => number,
): Promise<StoredMounts> {
  const context = { folder, root, scope: "unknown", resource: RESOURCE };
  return (await prepareMounts(mounted, context, { read: createTrees(now).describe })).stored;
}
