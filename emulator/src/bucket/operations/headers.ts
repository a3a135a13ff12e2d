import type { IncomingHttpHeaders } from "node:http";
import { S3Error } from "../errors";
import { CHECKSUM_HEADER } from "../protocol/checksums";
import type { StoredObject } from "../store/object";

/**
 * Headers that the bucket stores for an object, in addition to `x-amz-meta-…`. A client that reads the object can
 * replace each of them in the answer, with a parameter such as `response-content-type`.
 */
export const OBJECT_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
];

const META = "x-amz-meta-";
/** The largest number of bytes in the names and values of `x-amz-meta-…`, as in S3. */
const MOST_META = 2048;

/** The content type of an object that a client stored without a content type. */
const NO_TYPE = "binary/octet-stream";

/** Returns the headers of a request that are stored with the object. @throws S3Error if these headers are too long */
export function objectHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  let meta = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (name.startsWith(META)) meta += name.length - META.length + Buffer.byteLength(String(value));
    else if (!OBJECT_HEADERS.includes(name)) continue;
    kept[name] = String(value);
  }
  if (meta > MOST_META) throw new S3Error("MetadataTooLarge");
  // `aws-chunked` is only the form of the transfer, so it is not stored for the object.
  const encodings = (kept["content-encoding"] ?? "").split(",").map((name) => name.trim());
  const encoding = encodings.filter((name) => name !== "" && name !== "aws-chunked").join(",");
  if (encoding === "") delete kept["content-encoding"];
  else kept["content-encoding"] = encoding;
  return kept;
}

/** Returns the headers of an object for an answer. @param checksums whether the client asks for checksums */
export function answerHeaders(object: StoredObject, checksums: boolean): Readonly<Record<string, string>> {
  const sums = Object.entries(object.checksums).map(([name, value]) => [CHECKSUM_HEADER + name, value]);
  return {
    "content-type": NO_TYPE,
    ...object.headers,
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modified).toUTCString(),
    "accept-ranges": "bytes",
    ...(checksums ? Object.fromEntries(sums) : {}),
  };
}
