import type { LyceumPort } from "../lyceum/port";
import { type Bucket, bucketOf } from "../storage";

const buckets = new WeakMap<LyceumPort, Bucket>();

/** Returns the bucket of a client's account. Each client has one bucket object, whose requests share credentials. */
export function bucketOfClient(client: LyceumPort): Bucket {
  const known = buckets.get(client);
  if (known !== undefined) return known;
  const bucket = bucketOf(client);
  buckets.set(client, bucket);
  return bucket;
}
