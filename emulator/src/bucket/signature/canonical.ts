import { createHash, createHmac } from "node:crypto";
import { type QueryParameter, uriDecoded, uriEncoded } from "./encoding";

/** The date, the region and the AWS service for which a signature is valid. */
export interface Scope {
  /** The date in the form `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** The signed parts of a request. */
export interface SignedParts {
  readonly method: string;
  /** The path as the client sent it. */
  readonly path: string;
  /** The query parameters of the request, without the parameter that contains the signature. */
  readonly query: readonly QueryParameter[];
  /** Header names in lower case, sorted, with their values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly payloadHash: string;
}

/** Returns the canonical form of a request: the text that is signed. */
export function canonicalRequest({ method, path, query, headers, payloadHash }: SignedParts): string {
  // AWS sorts parameters by name, and then by value. The line end between name and value sorts before all other
  // characters in these texts.
  const parameters = query.map(([name, value]) => `${uriEncoded(name)}\n${uriEncoded(value)}`).sort();
  return [
    method,
    path
      .split("/")
      .map((segment) => uriEncoded(uriDecoded(segment)))
      .join("/") || "/",
    parameters.map((pair) => pair.replace("\n", "=")).join("&"),
    ...headers.map(([name, value]) => `${name}:${value.trim().replace(/\s+/g, " ")}`),
    "",
    headers.map(([name]) => name).join(";"),
    payloadHash,
  ].join("\n");
}

/** Returns the key that signs the requests of one scope. */
export function signingKey(secret: string, { date, region, service }: Scope): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secret}`);
  for (const part of [date, region, service, "aws4_request"]) key = hmac(key, part);
  return key;
}

/**
 * Returns the signature of a request in hexadecimal digits. The signed text is the algorithm, the time, the scope and
 * `lines`.
 */
export function signature(
  key: Buffer,
  algorithm: string,
  timestamp: string,
  { date, region, service }: Scope,
  lines: readonly string[],
): string {
  const scope = [date, region, service, "aws4_request"].join("/");
  return hmac(key, [algorithm, timestamp, scope, ...lines].join("\n")).toString("hex");
}

/** Returns a SHA-256 hash in hexadecimal digits. */
export function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
