import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../errors";
import { readText } from "../protocol/body";
import { CHECKSUM_NAMES } from "../protocol/checksums";
import { childText, readXml, type XmlElement } from "../protocol/read-xml";
import { xmlDocument } from "../protocol/xml";
import { parameter } from "../signature/encoding";
import type { UploadedPart } from "../store/uploads";
import { type BucketOperation, xmlAnswer } from "./call";
import { writeCondition } from "./conditions";
import { MOST_PARTS, uploadOf } from "./multipart";

const MOST_BYTES = 8 * 1024 * 1024;
/** The smallest size of a part, as in S3. The last part may be smaller. */
const SMALLEST_PART = 5 * 1024 * 1024;

/**
 * Joins the parts of an upload to an object. If a client lost the answer and repeats the request, the bucket repeats
 * the answer, as S3 does.
 */
export const completeMultipartUpload: BucketOperation = async (call) => {
  const { bucket, key, headers, query } = call;
  const asked = readXml(await readText(call.body(), MOST_BYTES));
  const id = parameter(query, "uploadId") ?? "";
  const done = bucket.completed.get(id);
  if (done?.key === key) return answered(key, done.etag);
  const upload = await uploadOf(call);
  const parts = chosenParts(asked, await bucket.uploads.parts(id));
  const md5 = createHash("md5");
  for (const { etag } of parts) md5.update(etag, "hex");
  const etag = `${md5.digest("hex")}-${parts.length}`;
  const file = await bucket.objects.temporaryFile();
  try {
    await bucket.uploads.join(id, parts, file);
    const description = { etag, headers: upload.headers, checksums: {} };
    await bucket.objects.put(key, file, bucket.clock.now(), description, writeCondition(headers));
  } finally {
    await rm(file, { force: true });
  }
  bucket.completed.add(id, { key, etag });
  await bucket.uploads.remove(id);
  return answered(key, etag);
};

function answered(key: string, etag: string) {
  return xmlAnswer(
    xmlDocument("CompleteMultipartUploadResult", [
      ["Location", `/${BUCKET_NAME}/${key}`],
      ["Bucket", BUCKET_NAME],
      ["Key", key],
      ["ETag", `"${etag}"`],
    ]),
  );
}

/**
 * Returns the stored parts that a client names. @throws S3Error if a part is missing, too small, out of order, or has
 * another ETag or checksum than the client states
 */
function chosenParts(asked: XmlElement, stored: readonly UploadedPart[]): readonly UploadedPart[] {
  const named = asked.children.filter(({ name }) => name === "Part");
  if (asked.name !== "CompleteMultipartUpload" || named.length === 0 || named.length > MOST_PARTS) {
    throw new S3Error("MalformedXML");
  }
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = named.map((part) => {
    const found = byNumber.get(Number(childText(part, "PartNumber")));
    const etag = (childText(part, "ETag") ?? "").trim().replace(/^"(.*)"$/, "$1");
    if (found === undefined || found.etag !== etag) throw new S3Error("InvalidPart");
    for (const algorithm of CHECKSUM_NAMES) {
      const sum = childText(part, `Checksum${algorithm.toUpperCase()}`);
      const own = found.checksums[algorithm];
      if (sum !== undefined && own !== undefined && sum !== own) throw new S3Error("InvalidPart");
    }
    return found;
  });
  const isInOrder = parts.every(({ number }, at) => at === 0 || number > (parts[at - 1]?.number ?? 0));
  if (!isInOrder) throw new S3Error("InvalidPartOrder");
  if (parts.slice(0, -1).some(({ size }) => size < SMALLEST_PART)) throw new S3Error("EntityTooSmall");
  return parts;
}
