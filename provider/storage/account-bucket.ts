import type { LyceumPort } from "../lyceum/port";
import { createRedactor } from "../secrets";
import type { Bucket } from "./bucket";
import { openBucket } from "./s3/s3-bucket";

/** Returns the bucket of the client's account. The first request to the bucket also requests credentials. */
export function bucketOf(client: Pick<LyceumPort, "storageCredentials">): Bucket {
  let redact = createRedactor([]);
  return openBucket({
    credentials: async (call) => {
      const given = await client.storageCredentials(call);
      redact = createRedactor([given.secretKey, given.sessionToken, given.accessKey]);
      return given;
    },
    redact: (text) => redact(text),
  });
}
