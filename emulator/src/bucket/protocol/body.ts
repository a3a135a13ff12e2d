import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { S3Error } from "../errors";
import { isEqual, type ValidSignature } from "../signature/verify";
import { CHECKSUM_HEADER, CHECKSUM_NAMES, checkForm, checksumOf } from "./checksums";
import { decodeChunks } from "./chunked";

/** The largest object that one request may send, in bytes, as in S3. */
const LARGEST_PUT = 5 * 1024 ** 3;

/** The digests of a body. They are known after the whole body was read. */
export interface BodyDigests {
  readonly md5: string;
  readonly length: number;
  /** The checksums of the body, in base64. The keys are the names of the algorithms that the request asks for. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** The body of a request to the bucket. Reading the body also checks it. */
export interface SignedBody {
  /** The length in bytes after decoding. */
  readonly length: number;
  /**
   * Returns the decoded bytes. After the last byte, throws an error if the body is not what the client signed or
   * announced.
   */
  bytes(): AsyncGenerator<Buffer, void>;
  /** Returns the digests. They are valid only after `bytes` has ended. */
  digests(): BodyDigests;
}

/**
 * Prepares a body for reading. While the body is read, it is compared with the length in the headers, with
 * `content-md5`, with the hash in `x-amz-content-sha256`, and with the checksums in headers or in the trailer.
 * @throws S3Error if the headers that describe the body are not valid
 */
export function signedBody(
  raw: AsyncIterable<Buffer>,
  headers: IncomingHttpHeaders,
  valid: ValidSignature,
): SignedBody {
  const { payload } = valid;
  const isChunked = payload.startsWith("STREAMING-");
  const length = lengthOf(headers, isChunked);
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  const isHashed = /^[0-9a-f]{64}$/i.test(payload);
  if (!isChunked && !isHashed && payload !== "UNSIGNED-PAYLOAD") {
    throw new S3Error("InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-… or a SHA-256.");
  }
  const expectedMd5 = md5Of(headers["content-md5"]);
  const { announced, algorithms } = checksumsOf(headers);
  const checksums = new Map(algorithms.map((name) => [name, checksumOf(name)] as const));
  let read = 0;
  let digests: BodyDigests | undefined;

  async function* bytes(): AsyncGenerator<Buffer, void> {
    const decoded = isChunked ? decodeChunks(raw, chunkSignatures(valid)) : plain(raw);
    let trailer: ReadonlyMap<string, string> | undefined;
    for (;;) {
      const next = await decoded.next();
      if (next.done) {
        trailer = next.value;
        break;
      }
      read += next.value.length;
      if (read > length) throw new S3Error("IncompleteBody", "The body is longer than its header says.");
      md5.update(next.value);
      if (isHashed) sha256.update(next.value);
      for (const checksum of checksums.values()) checksum?.update(next.value);
      yield next.value;
    }
    if (read < length) throw new S3Error("IncompleteBody");
    const found = Object.fromEntries([...checksums].map(([name, checksum]) => [name, checksum?.result() ?? ""]));
    const digest = md5.digest();
    if (isHashed && !isEqual(sha256.digest("hex"), payload.toLowerCase())) {
      throw new S3Error("XAmzContentSHA256Mismatch");
    }
    if (expectedMd5 !== undefined && digest.toString("base64") !== expectedMd5) throw new S3Error("BadDigest");
    for (const [name, value] of Object.entries(found)) {
      const expected = announced.get(name) ?? trailer?.get(CHECKSUM_HEADER + name);
      if (expected === undefined) throw new S3Error("InvalidRequest", `The trailer has no ${CHECKSUM_HEADER}${name}.`);
      checkForm(name, expected);
      if (expected !== value) throw new S3Error("BadDigest", `The ${name} that you specified did not match the body.`);
    }
    digests = { md5: digest.toString("hex"), length, checksums: found };
  }

  return {
    length,
    bytes,
    digests: () => {
      if (digests === undefined) throw new Error("The body was not read to its end.");
      return digests;
    },
  };
}

/** Reads a short body, such as a list of keys. @throws S3Error if the body is longer than the limit */
export async function readText(body: SignedBody, mostBytes: number): Promise<string> {
  if (body.length > mostBytes) throw new S3Error("MalformedXML", `The document is longer than ${mostBytes} bytes.`);
  const pieces: Buffer[] = [];
  for await (const piece of body.bytes()) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function* plain(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  yield* raw;
  return undefined;
}

function chunkSignatures(valid: ValidSignature) {
  const kinds: Readonly<Record<string, { readonly isSigned: boolean; readonly hasTrailer: boolean }>> = {
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": { isSigned: true, hasTrailer: false },
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": { isSigned: true, hasTrailer: true },
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER": { isSigned: false, hasTrailer: true },
  };
  const kind = kinds[valid.payload];
  if (kind === undefined) throw new S3Error("InvalidArgument", `${valid.payload} is not a form of a body.`);
  return { valid, ...kind };
}

function lengthOf(headers: IncomingHttpHeaders, isChunked: boolean): number {
  // In HTTP, a request without a length and without chunks has no body, so its length is 0.
  const absent = headers["transfer-encoding"] === undefined ? "0" : undefined;
  const written = isChunked ? headers["x-amz-decoded-content-length"] : (headers["content-length"] ?? absent);
  if (typeof written !== "string" || !/^\d{1,15}$/.test(written)) throw new S3Error("MissingContentLength");
  if (Number(written) > LARGEST_PUT) throw new S3Error("EntityTooLarge");
  return Number(written);
}

function md5Of(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(String(header))) throw new S3Error("InvalidDigest");
  return String(header);
}

/** Returns the checksums in headers, and the names of all algorithms with a checksum in a header or the trailer. */
function checksumsOf(headers: IncomingHttpHeaders) {
  const announced = new Map(
    CHECKSUM_NAMES.flatMap((name) => {
      const value = headers[CHECKSUM_HEADER + name];
      return typeof value === "string" ? [[name, value] as const] : [];
    }),
  );
  const trailing = String(headers["x-amz-trailer"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name.startsWith(CHECKSUM_HEADER))
    .map((name) => name.slice(CHECKSUM_HEADER.length));
  const unknown = trailing.find((name) => !CHECKSUM_NAMES.includes(name));
  if (unknown !== undefined) throw new S3Error("InvalidRequest", `There is no checksum ${unknown}.`);
  return { announced, algorithms: [...new Set([...announced.keys(), ...trailing])] };
}
