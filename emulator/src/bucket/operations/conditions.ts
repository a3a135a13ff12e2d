import type { IncomingHttpHeaders } from "node:http";
import { S3Error } from "../errors";
import type { StoredObject } from "../store/object";
import type { Condition } from "../store/objects";

/**
 * Decides whether the client gets an object. As in HTTP, `if-match` has precedence over `if-unmodified-since`, and
 * `if-none-match` has precedence over `if-modified-since`.
 * @returns `unchanged` if the client already has the object (304)
 * @throws S3Error PreconditionFailed
 */
export function readCondition(headers: IncomingHttpHeaders, object: StoredObject): "send" | "unchanged" {
  const match = headers["if-match"];
  const noneMatch = headers["if-none-match"];
  // Times in headers are in whole seconds, so the time of the object is rounded down.
  const modified = Math.floor(object.modified / 1000) * 1000;
  const since = (header: string | undefined) => (header === undefined ? Number.NaN : Date.parse(header));
  if (match !== undefined) {
    if (!hasTag(match, object.etag)) throw new S3Error("PreconditionFailed");
  } else if (modified > since(headers["if-unmodified-since"])) throw new S3Error("PreconditionFailed");
  if (noneMatch !== undefined) return hasTag(noneMatch, object.etag) ? "unchanged" : "send";
  return modified <= since(headers["if-modified-since"]) ? "unchanged" : "send";
}

/** Returns a function that throws an error if the request's condition is not met. Undefined without a condition. */
export function writeCondition(headers: IncomingHttpHeaders): Condition | undefined {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match === undefined && noneMatch === undefined) return undefined;
  return (current) => {
    if (match !== undefined && current === undefined) throw new S3Error("NoSuchKey");
    if (match !== undefined && !hasTag(match, current?.etag ?? "")) throw new S3Error("PreconditionFailed");
    if (noneMatch !== undefined && current !== undefined && hasTag(noneMatch, current.etag)) {
      throw new S3Error("PreconditionFailed");
    }
  };
}

function hasTag(header: string, etag: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^(W\/)?"(.*)"$/, "$2"));
  return tags.some((tag) => tag === "*" || tag === etag);
}
