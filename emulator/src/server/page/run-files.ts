import { BUCKET_NAME, BUCKET_REGION } from "../../bucket/bucket";
import { downloadLink } from "../../bucket/signature/link";
import type { WrittenFile } from "../../bucket/store/object";
import { toIso } from "../../clock/clock";
import type { StoredRun } from "../../executions/execution-store";
import { hasBucket, ownerTest, writingTime } from "../../executions/run-files";
import type { ServerState } from "../state";

/** The largest number of files in one answer. */
export const MOST_FILES = 100;

/** The number of seconds for which a link is valid. */
const LINK_SECONDS = 3600;

/** The files of a run, as the page shows them. */
export type PageFiles = Awaited<ReturnType<typeof filesOfRun>>;

/**
 * Returns the files in the bucket that a run has written, each with a link. The link is signed with temporary
 * credentials of the bucket, like the links of S3 clients. So the browser needs no API key for the link.
 *
 * @param host the value of the header `Host` that the page sends
 */
export async function filesOfRun(state: ServerState, run: StoredRun, host: string) {
  const { bucket, clock, store } = state;
  const now = clock.now();
  const shown: WrittenFile[] = [];
  let [total, bytes] = [0, 0];
  if (hasBucket(run) && bucket.objects.exists) {
    const { from, to } = writingTime(run, now);
    const isOfRun = ownerTest(run, store.all(), now);
    for await (const file of bucket.objects.writtenInMount(from, to)) {
      if (!isOfRun(file)) continue;
      total += 1;
      bytes += file.size;
      if (shown.length < MOST_FILES) shown.push(file);
    }
  }
  const credentials = shown.length === 0 ? undefined : bucket.credentials.issue(LINK_SECONDS);
  const parts = { host, bucket: BUCKET_NAME, region: BUCKET_REGION, now, seconds: LINK_SECONDS };
  return {
    total,
    bytes,
    shown: shown.map(({ key, size, modified }) => ({
      key,
      bytes: size,
      modified: toIso(modified),
      link: credentials === undefined ? "" : downloadLink({ ...parts, key }, credentials),
    })),
  };
}
