import { copyFile, rm } from "node:fs/promises";
import { toIso } from "../../clock/clock";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../errors";
import { xmlDocument } from "../protocol/xml";
import { uriDecoded } from "../signature/encoding";
import { checkKey } from "../store/keys";
import type { StoredObject } from "../store/object";
import { type BucketCall, type BucketOperation, xmlAnswer } from "./call";
import { writeCondition } from "./conditions";
import { objectHeaders } from "./headers";
import { objectOf } from "./objects";
import { checkQuota } from "./receive-file";

/** Copies an object within the bucket. The copy gets the headers of the object, or new headers from the request. */
export const copyObject: BucketOperation = async (call) => {
  const { bucket, key, headers } = call;
  checkKey(key);
  const source = await sourceOf(call);
  const isReplaced = String(headers["x-amz-metadata-directive"] ?? "").toUpperCase() === "REPLACE";
  if (source.key === key && !isReplaced) {
    throw new S3Error("InvalidRequest", "An object is copied to itself only with new metadata.");
  }
  await checkQuota(bucket, source.size);
  const file = await bucket.objects.temporaryFile();
  const modified = bucket.clock.now();
  try {
    await copyFile(source.path, file);
    const description = { ...source, headers: isReplaced ? objectHeaders(headers) : source.headers };
    await bucket.objects.put(key, file, modified, description, writeCondition(headers));
  } finally {
    await rm(file, { force: true });
  }
  const fields = [
    ["LastModified", toIso(modified)],
    ["ETag", `"${source.etag}"`],
  ] as const;
  return xmlAnswer(xmlDocument("CopyObjectResult", fields));
};

/** Returns the object that a request copies. @throws S3Error if the object is missing or a condition is not met */
export async function sourceOf({ bucket, headers }: BucketCall): Promise<StoredObject> {
  const [written = ""] = String(headers["x-amz-copy-source"]).split("?");
  const [name, ...path] = uriDecoded(written).replace(/^\//, "").split("/");
  if (name !== BUCKET_NAME) throw new S3Error("NoSuchBucket");
  const object = await objectOf({ bucket, key: path.join("/") });
  const match = headers["x-amz-copy-source-if-match"];
  if (match !== undefined && String(match).replaceAll('"', "") !== object.etag) throw new S3Error("PreconditionFailed");
  return object;
}
