import type { Bucket, BucketCall } from "../../storage";
import { manifestsOf, sentName, storingName } from "./manifests";
import { runOfFolder } from "./store";

/** The folders of a resource and of its run in the bucket. Both have a slash at the end. */
export interface ReleasedFiles {
  readonly resource: string;
  readonly folder: string;
}

/**
 * Records that the start of a run made no run. Its files then belong to no run, so the next create or deletion uses or
 * removes them.
 */
export async function releaseMounts(
  bucket: Bucket,
  { resource, folder }: ReleasedFiles,
  call: BucketCall,
): Promise<void> {
  const manifests = manifestsOf(bucket, resource, call);
  const run = runOfFolder(folder);
  const { sent } = await manifests.list();
  if (!sent.includes(run)) return;
  await manifests.write(storingName(run), await manifests.read(sentName(run)));
  await manifests.remove([sentName(run)]);
}
