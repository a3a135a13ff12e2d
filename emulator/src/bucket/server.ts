import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { BUCKET_NAME, BUCKET_REGION, type Bucket } from "./bucket";
import { asS3Error, S3Error } from "./errors";
import type { BucketAnswer, BucketCall } from "./operations/call";
import { BUCKET_OPERATIONS, type BucketOperationName, operationOf } from "./operations/route";
import { signedBody } from "./protocol/body";
import { xmlError } from "./protocol/xml";
import { type QueryParameter, splitUrl, uriDecoded } from "./signature/encoding";
import { isSigned, type ValidSignature, verify } from "./signature/verify";

/** A request to the bucket. */
export interface BucketRequest {
  readonly on: "service" | "bucket" | "object";
  /** Whether the path begins with the name of the account's bucket. */
  readonly isOurs: boolean;
  readonly key: string;
  readonly query: readonly QueryParameter[];
  readonly operation: BucketOperationName | undefined;
}

/** Returns true if a request is for the bucket: it is signed for S3, or its path begins with the bucket's name. */
export function isForBucket({ url = "", headers }: Pick<IncomingMessage, "url" | "headers">): boolean {
  return isSigned({ url, headers }) || new RegExp(`^/${BUCKET_NAME}(?:[/?]|$)`).test(url);
}

/** Reads a request whose path contains the name of the bucket (path style). @throws S3Error InvalidURI */
export function bucketRequest({ method = "", url = "", headers }: IncomingMessage): BucketRequest {
  const { path, query } = splitUrl(url);
  const slash = path.indexOf("/", 1);
  const name = uriDecoded(path.slice(1, slash < 0 ? undefined : slash));
  const key = slash < 0 ? "" : uriDecoded(path.slice(slash + 1));
  const on = name === "" ? "service" : key === "" ? "bucket" : "object";
  return {
    on,
    isOurs: name === BUCKET_NAME,
    key,
    query,
    operation: operationOf(method, on, query, headers["x-amz-copy-source"] !== undefined),
  };
}

/** Checks the signature of a request. @throws S3Error if the signature is not valid */
export function authenticate(bucket: Bucket, { method = "", url = "", headers }: IncomingMessage): ValidSignature {
  const find = (accessKey: string) => bucket.credentials.find(accessKey);
  return verify({ method, url, headers }, { now: bucket.clock.now(), region: BUCKET_REGION, find });
}

/** Carries out a request with a valid signature. Never rejects: an error becomes an answer. */
export async function carryOut(
  bucket: Bucket,
  asked: BucketRequest,
  request: IncomingMessage,
  valid: ValidSignature,
  { body, pageSize }: { readonly body: AsyncIterable<Buffer>; readonly pageSize?: number | undefined },
): Promise<BucketAnswer> {
  const { operation, on, isOurs, key, query } = asked;
  try {
    if (operation === undefined) throw new S3Error("NotImplemented");
    if (on !== "service" && !isOurs) throw new S3Error(operation === "CreateBucket" ? "AccessDenied" : "NoSuchBucket");
    const needsBucket = operation !== "CreateBucket" && on !== "service";
    if (needsBucket && !bucket.objects.exists) throw new S3Error("NoSuchBucket");
    const { headers } = request;
    const call: BucketCall = { bucket, key, query, headers, pageSize, body: () => signedBody(body, headers, valid) };
    return await BUCKET_OPERATIONS[operation](call);
  } catch (error) {
    return errorAnswer(asS3Error(error), request.url ?? "");
  }
}

/** Returns the answer for an error. */
export function errorAnswer({ status, code, message }: S3Error, url: string): BucketAnswer {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: xmlError([
      ["Code", code],
      ["Message", message],
      ["Resource", splitPath(url)],
      ["RequestId", "local"],
    ]),
  };
}

function splitPath(url: string): string {
  return url.split("?", 1)[0] ?? "";
}

/**
 * Sends an answer.
 * @param cutAfter the number of bytes of the body after which the connection is reset
 */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers = {}, body }: BucketAnswer,
  cutAfter?: number,
): Promise<void> {
  const isText = typeof body === "string";
  const hasBody = status !== 204 && status !== 304;
  const length = isText ? Buffer.byteLength(body) : (body?.length ?? 0);
  response.writeHead(status, { ...(hasBody ? { "content-length": length } : {}), ...headers });
  if (body === undefined || response.req.method === "HEAD") {
    if (typeof body === "object") body.stream.destroy();
    response.end();
  } else if (cutAfter !== undefined) await sendStart(response, isText ? [Buffer.from(body)] : body.stream, cutAfter);
  else if (isText) response.end(body);
  else {
    await pipeline(body.stream, response);
    // A run may have shortened the file after the answer began. Then the client must not wait for the missing bytes.
    if (body.stream.bytesRead < body.length) response.req.socket.destroy();
  }
}

/** Sends the first bytes of a body, and then resets the connection. */
async function sendStart(
  response: ServerResponse,
  body: Iterable<Buffer> | AsyncIterable<Buffer>,
  length: number,
): Promise<void> {
  let left = length;
  response.flushHeaders();
  for await (const piece of body) {
    if (left <= 0) break;
    await new Promise<void>((resolve) => void response.write(piece.subarray(0, left), () => resolve()));
    left -= piece.length;
  }
  response.destroy();
}
