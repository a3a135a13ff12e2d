import { rm } from "node:fs/promises";
import { S3Error } from "../errors";
import type { BodyDigests } from "../protocol/body";
import { writeNewFile } from "../store/new-file";
import type { BucketCall } from "./call";

/**
 * Writes the body of a request to a temporary file. Removes the file if the body is not as the client announced it.
 * @throws S3Error if the body is wrong, or the bucket is full
 */
export async function receiveFile({
  bucket,
  body,
}: Pick<BucketCall, "bucket" | "body">): Promise<{ readonly file: string; readonly digests: BodyDigests }> {
  const signed = body();
  await checkQuota(bucket, signed.length);
  const file = await bucket.objects.temporaryFile();
  try {
    await writeNewFile(file, signed.bytes());
    return { file, digests: signed.digests() };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Checks the quota of the bucket. @throws S3Error if `more` additional bytes would exceed it */
export async function checkQuota({ settings, objects, uploads }: BucketCall["bucket"], more: number): Promise<void> {
  if (settings.quotaBytes === null) return;
  if (more > settings.quotaBytes) throw new S3Error("EntityTooLarge");
  const used = (await objects.usedBytes()) + (await uploads.usedBytes());
  if (used + more > settings.quotaBytes) throw new S3Error("InsufficientStorage");
}
