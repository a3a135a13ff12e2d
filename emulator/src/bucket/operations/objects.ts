import { constants } from "node:fs";
import { open, rm } from "node:fs/promises";
import { S3Error } from "../errors";
import { CHECKSUM_HEADER } from "../protocol/checksums";
import { parameter } from "../signature/encoding";
import { checkKey } from "../store/keys";
import type { StoredObject } from "../store/object";
import type { BucketAnswer, BucketCall, BucketOperation } from "./call";
import { readCondition, writeCondition } from "./conditions";
import { answerHeaders, OBJECT_HEADERS, objectHeaders } from "./headers";
import { type ByteRange, byteRange } from "./ranges";
import { receiveFile } from "./receive-file";

/** Sends an object, or a range of it. */
export const getObject: BucketOperation = async (call) => {
  const { object, answer, range } = await described(call);
  if (answer.status === 304 || object.size === 0) return answer;
  // A run may have replaced the file with a link or a pipe. With these flags, `open` refuses a link, and does not wait
  // for a pipe.
  const file = await open(object.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  const stream = file.createReadStream({ start, end, highWaterMark: 256 * 1024 });
  return { ...answer, body: { stream, length: end - start + 1 } };
};

/** Answers HeadObject with the headers of an object. */
export const headObject: BucketOperation = async (call) => (await described(call)).answer;

/** Stores the body as an object. */
export const putObject: BucketOperation = async (call) => {
  const { bucket, key, headers } = call;
  checkKey(key);
  const kept = objectHeaders(headers);
  const condition = writeCondition(headers);
  const { file, digests } = await receiveFile(call);
  try {
    const { md5: etag, checksums } = digests;
    await bucket.objects.put(key, file, bucket.clock.now(), { etag, headers: kept, checksums }, condition);
    const sums = Object.entries(checksums).map(([name, value]) => [CHECKSUM_HEADER + name, value]);
    return { status: 200, headers: { etag: `"${etag}"`, ...Object.fromEntries(sums) } };
  } finally {
    await rm(file, { force: true });
  }
};

/** Removes an object. If the object does not exist, the answer is also 204. */
export const deleteObject: BucketOperation = async ({ bucket, key, headers }) => {
  checkKey(key);
  await bucket.objects.remove(key, writeCondition(headers));
  return { status: 204 };
};

/** Returns the object that a request names. @throws S3Error NoSuchKey */
export async function objectOf({ bucket, key }: Pick<BucketCall, "bucket" | "key">): Promise<StoredObject> {
  const object = await bucket.objects.find(key);
  if (object === undefined) throw new S3Error("NoSuchKey");
  return object;
}

async function described(call: BucketCall): Promise<{
  readonly object: StoredObject;
  readonly answer: BucketAnswer;
  readonly range: ByteRange | undefined;
}> {
  const object = await objectOf(call);
  const { headers, query } = call;
  if (readCondition(headers, object) === "unchanged") {
    const { etag = "", "last-modified": modified = "" } = answerHeaders(object, false);
    return { object, answer: { status: 304, headers: { etag, "last-modified": modified } }, range: undefined };
  }
  const range = byteRange(headers.range, object.size);
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  const wantsSums = range === undefined && String(headers["x-amz-checksum-mode"]).toUpperCase() === "ENABLED";
  const replaced = OBJECT_HEADERS.flatMap((name) => {
    const value = parameter(query, `response-${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  const answer = {
    status: range === undefined ? 200 : 206,
    headers: {
      ...answerHeaders(object, wantsSums),
      ...Object.fromEntries(replaced),
      "content-length": String(end - start + 1),
      ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end}/${object.size}` }),
    },
  };
  return { object, answer, range };
}
