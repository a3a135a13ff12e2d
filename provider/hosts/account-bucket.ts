import type { Runtime } from "../lifecycle";
import { type Bucket, bucketOf } from "../storage";

const buckets = new WeakMap<Runtime, Bucket>();

/** Returns the account's bucket of a process. All resources share it, so that credentials are requested once. */
export function accountBucket(runtime: Runtime): Bucket {
  const known = buckets.get(runtime);
  if (known !== undefined) return known;
  const bucket = bucketOf(runtime.context().client);
  buckets.set(runtime, bucket);
  return bucket;
}
