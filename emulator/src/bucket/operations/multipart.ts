import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { toIso } from "../../clock/clock";
import { BUCKET_NAME } from "../bucket";
import { S3Error } from "../errors";
import { CHECKSUM_HEADER } from "../protocol/checksums";
import { type XmlChild, xmlDocument } from "../protocol/xml";
import { parameter } from "../signature/encoding";
import { checkKey, compareKeys } from "../store/keys";
import { writeNewFile } from "../store/new-file";
import type { Upload } from "../store/uploads";
import { type BucketCall, type BucketOperation, countOf, xmlAnswer } from "./call";
import { sourceOf } from "./copy";
import { objectHeaders } from "./headers";
import { byteRange } from "./ranges";
import { checkQuota, receiveFile } from "./receive-file";

/** The largest number of parts, as in S3. */
export const MOST_PARTS = 10_000;
const LARGEST_PAGE = 1000;

/** Begins a multipart upload. */
export const createMultipartUpload: BucketOperation = async ({ bucket, key, headers }) => {
  checkKey(key);
  const upload = await bucket.uploads.create({ key, headers: objectHeaders(headers), initiated: bucket.clock.now() });
  const fields: XmlChild[] = [
    ["Bucket", BUCKET_NAME],
    ["Key", key],
    ["UploadId", upload.id],
  ];
  return xmlAnswer(xmlDocument("InitiateMultipartUploadResult", fields));
};

/** Answers UploadPart: stores one part of an upload. */
export const uploadPart: BucketOperation = async (call) => {
  const { bucket } = call;
  const { id } = await uploadOf(call);
  const number = partNumber(call);
  const { file, digests } = await receiveFile(call);
  try {
    const { md5: etag, length: size, checksums } = digests;
    // While the part was received, another request may have completed or aborted the upload.
    await uploadOf(call);
    await bucket.uploads.putPart(id, file, { number, etag, size, modified: bucket.clock.now(), checksums });
    const sums = Object.entries(checksums).map(([name, value]) => [CHECKSUM_HEADER + name, value]);
    return { status: 200, headers: { etag: `"${etag}"`, ...Object.fromEntries(sums) } };
  } finally {
    await rm(file, { force: true });
  }
};

/**
 * Stores a part of a multipart upload. The content of the part is an object of the bucket, or a range of the object.
 */
export const uploadPartCopy: BucketOperation = async (call) => {
  const { bucket, headers } = call;
  const { id } = await uploadOf(call);
  const number = partNumber(call);
  const source = await sourceOf(call);
  const header = headers["x-amz-copy-source-range"];
  const range = byteRange(header === undefined ? undefined : String(header), source.size);
  const { start, end } = range ?? { start: 0, end: source.size - 1 };
  const size = end - start + 1;
  await checkQuota(bucket, size);
  const file = await bucket.objects.temporaryFile();
  const md5 = createHash("md5");
  const modified = bucket.clock.now();
  try {
    await writeNewFile(file, hashed(createReadStream(source.path, { start, end: Math.max(0, end) }), md5));
    const etag = md5.digest("hex");
    await bucket.uploads.putPart(id, file, { number, etag, size, modified, checksums: {} });
    const fields: XmlChild[] = [
      ["LastModified", toIso(modified)],
      ["ETag", `"${etag}"`],
    ];
    return xmlAnswer(xmlDocument("CopyPartResult", fields));
  } finally {
    await rm(file, { force: true });
  }
};

async function* hashed(bytes: AsyncIterable<Buffer>, digest: Hash): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    digest.update(piece);
    yield piece;
  }
}

/** Ends an upload without storing an object. */
export const abortMultipartUpload: BucketOperation = async (call) => {
  const { id } = await uploadOf(call);
  await call.bucket.uploads.remove(id);
  return { status: 204 };
};

/** Lists the parts of an upload. */
export const listParts: BucketOperation = async (call) => {
  const { id, key } = await uploadOf(call);
  const { query, pageSize = LARGEST_PAGE } = call;
  const most = countOf(query, "max-parts", LARGEST_PAGE);
  const after = Number(parameter(query, "part-number-marker") ?? 0);
  if (most === undefined || Number.isNaN(after)) throw new S3Error("InvalidArgument");
  const left = (await call.bucket.uploads.parts(id)).filter(({ number }) => number > after);
  const page = left.slice(0, Math.min(most, pageSize));
  return xmlAnswer(
    xmlDocument("ListPartsResult", [
      ["Bucket", BUCKET_NAME],
      ["Key", key],
      ["UploadId", id],
      ["PartNumberMarker", after],
      ["NextPartNumberMarker", page.at(-1)?.number ?? 0],
      ["MaxParts", most],
      ["IsTruncated", page.length < left.length],
      ...page.map(({ number, etag, size, modified }): XmlChild => {
        return [
          "Part",
          [
            ["PartNumber", number],
            ["LastModified", toIso(modified)],
            ["ETag", `"${etag}"`],
            ["Size", size],
          ],
        ];
      }),
    ]),
  );
};

/** Lists the multipart uploads that were neither completed nor aborted. */
export const listMultipartUploads: BucketOperation = async ({ bucket, query, pageSize = LARGEST_PAGE }) => {
  const most = countOf(query, "max-uploads", LARGEST_PAGE);
  if (most === undefined) throw new S3Error("InvalidArgument");
  const [prefix, marker, idMarker] = ["prefix", "key-marker", "upload-id-marker"].map(
    (name) => parameter(query, name) ?? "",
  );
  const all = (await bucket.uploads.all()).filter(({ key }) => key.startsWith(prefix ?? ""));
  const last = all.findIndex(({ key, id }) => key === marker && id === idMarker);
  const left = last >= 0 ? all.slice(last + 1) : all.filter(({ key }) => compareKeys(key, marker ?? "") > 0);
  const page = left.slice(0, Math.min(most, pageSize));
  return xmlAnswer(
    xmlDocument("ListMultipartUploadsResult", [
      ["Bucket", BUCKET_NAME],
      ["Prefix", prefix],
      ["KeyMarker", marker],
      ["UploadIdMarker", idMarker],
      ["NextKeyMarker", page.at(-1)?.key],
      ["NextUploadIdMarker", page.at(-1)?.id],
      ["MaxUploads", most],
      ["IsTruncated", page.length < left.length],
      ...page.map(({ key, id, initiated }): XmlChild => {
        return [
          "Upload",
          [
            ["Key", key],
            ["UploadId", id],
            ["Initiated", toIso(initiated)],
          ],
        ];
      }),
    ]),
  );
};

/** Returns the upload that a request names. @throws S3Error NoSuchUpload */
export function uploadOf({ bucket, query, key }: BucketCall): Promise<Upload> {
  return bucket.uploads.get(parameter(query, "uploadId") ?? "", key);
}

function partNumber({ query }: BucketCall): number {
  const number = Number(parameter(query, "partNumber"));
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PARTS) return number;
  throw new S3Error("InvalidArgument", `partNumber must be from 1 to ${MOST_PARTS}.`);
}
