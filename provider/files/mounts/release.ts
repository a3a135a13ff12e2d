import type { Bucket, BucketCall } from "../../storage";
import { manifestsOf, sentName, storingName } from "./manifests";
import { runOfFolder } from "./store";

/** The folders of a resource and of its run in the bucket. Each has a slash at its end. */
export interface ReleasedFiles {
  readonly resource: string;
  readonly folder: string;
}

/**
 * Records that a start made no run, so no run uses the files that were stored for this start. The next create or
 * deletion then uses or removes these files.
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
