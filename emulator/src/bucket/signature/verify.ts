import { createHash, timingSafeEqual } from "node:crypto";
import type { BucketCredentials } from "../credentials";
import { S3Error } from "../errors";
import { canonicalRequest, type Scope, sha256, signature, signingKey } from "./canonical";
import { parameter, type QueryParameter, splitUrl } from "./encoding";

/** A request whose signature is checked. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly url: string;
  /** The headers, with their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The values with which a signature is checked. */
export interface VerifyContext {
  /** The current time, in milliseconds since 1970. */
  readonly now: number;
  readonly region: string;
  readonly find: (accessKey: string) => BucketCredentials | undefined;
}

/** What is known about a request with a valid signature. Its `key` also signs the chunks of the body. */
export interface ValidSignature {
  readonly key: Buffer;
  readonly scope: Scope;
  readonly timestamp: string;
  readonly signature: string;
  /** The hash that the client states for the body, or a word such as `UNSIGNED-PAYLOAD`. */
  readonly payload: string;
}

/** The parts of a request's signature, from its header or its query. */
interface WrittenSignature {
  readonly accessKey: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly timestamp: string;
  readonly token: string | undefined;
  readonly payload: string;
  /** The validity in seconds. Present only if the signature is in the query. */
  readonly expires?: number;
}

/** The name of signature v4. */
export const ALGORITHM = "AWS4-HMAC-SHA256";
/** The text in place of the body's hash if the body is not signed. */
export const UNSIGNED = "UNSIGNED-PAYLOAD";
const MOST_SKEW = 15 * 60_000;
const LONGEST_EXPIRY = 7 * 24 * 3600;

/** Returns true if a request has a signature of S3. Requests to the Lyceum API have a bearer token instead. */
export function isSigned({ url, headers }: Pick<SignedRequest, "url" | "headers">): boolean {
  return /^aws4?[- ]/i.test(String(headers.authorization ?? "")) || /[?&]X-Amz-(Signature|Algorithm)=/i.test(url);
}

/**
 * Checks the signature (version 4) in the header or the query of a request.
 * @throws S3Error if the signature is missing, wrong or no longer valid
 */
export function verify(request: SignedRequest, { now, region, find }: VerifyContext): ValidSignature {
  const { path, query } = splitUrl(request.url);
  const isInQuery = parameter(query, "X-Amz-Algorithm") !== undefined;
  const written = isInQuery ? fromQuery(query) : fromHeader(request.headers);
  const credentials = find(written.accessKey);
  if (credentials === undefined) throw new S3Error("InvalidAccessKeyId");
  if (!isEqual(written.token ?? "", credentials.sessionToken)) throw new S3Error("InvalidToken");
  // This check is before `checkTime`, because a test may advance only the emulator's clock. Its client then signs with
  // an old time, but the test expects `ExpiredToken`.
  if (now >= credentials.expiresAt) throw new S3Error("ExpiredToken");
  checkScope(written, region, isInQuery);
  checkTime(written, now);
  checkSignedHeaders(written.signedHeaders, request.headers);

  const canonical = canonicalRequest({
    method: request.method,
    path,
    query: query.filter(([name]) => name !== "X-Amz-Signature"),
    headers: written.signedHeaders.map((name) => [name, headerOf(request.headers, name) ?? ""]),
    payloadHash: written.payload,
  });
  const key = signingKey(credentials.secretKey, written.scope);
  const expected = signature(key, ALGORITHM, written.timestamp, written.scope, [sha256(canonical)]);
  if (!isEqual(written.signature, expected)) throw new S3Error("SignatureDoesNotMatch");
  return { key, ...written };
}

/** Compares two texts. The time of the comparison does not depend on the position of the first difference. */
export function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function fromHeader(headers: SignedRequest["headers"]): WrittenSignature {
  const header = headerOf(headers, "authorization");
  if (header === undefined) throw new S3Error("AccessDenied");
  const malformed = () => new S3Error("AuthorizationHeaderMalformed");
  if (!header.startsWith(`${ALGORITHM} `)) throw malformed();
  const fields = new Map(
    header
      .slice(ALGORITHM.length)
      .split(",")
      .map((field) => {
        const equals = field.indexOf("=");
        return [field.slice(0, equals).trim(), field.slice(equals + 1).trim()];
      }),
  );
  const payload = headerOf(headers, "x-amz-content-sha256");
  if (payload === undefined) throw new S3Error("InvalidRequest", "The header x-amz-content-sha256 is missing.");
  return {
    ...credentialOf(fields.get("Credential") ?? "", malformed),
    signedHeaders: (fields.get("SignedHeaders") ?? "").split(";"),
    signature: fields.get("Signature") ?? "",
    timestamp: headerOf(headers, "x-amz-date") ?? basicForm(headerOf(headers, "date")),
    token: headerOf(headers, "x-amz-security-token"),
    payload,
  };
}

function fromQuery(query: readonly QueryParameter[]): WrittenSignature {
  const malformed = () => new S3Error("AuthorizationQueryParametersError");
  const needed = (name: string): string => {
    const value = parameter(query, name);
    if (value === undefined) throw malformed();
    return value;
  };
  const expires = Number(needed("X-Amz-Expires"));
  const isValidExpiry = Number.isSafeInteger(expires) && expires > 0 && expires <= LONGEST_EXPIRY;
  if (needed("X-Amz-Algorithm") !== ALGORITHM || !isValidExpiry) throw malformed();
  return {
    ...credentialOf(needed("X-Amz-Credential"), malformed),
    signedHeaders: needed("X-Amz-SignedHeaders").split(";"),
    signature: needed("X-Amz-Signature"),
    timestamp: needed("X-Amz-Date"),
    token: parameter(query, "X-Amz-Security-Token"),
    payload: parameter(query, "X-Amz-Content-Sha256") ?? UNSIGNED,
    expires,
  };
}

function credentialOf(text: string, malformed: () => S3Error): Pick<WrittenSignature, "accessKey" | "scope"> {
  const [accessKey = "", date = "", region = "", service = "", end, ...more] = text.split("/");
  if (end !== "aws4_request" || more.length > 0) throw malformed();
  return { accessKey, scope: { date, region, service } };
}

function checkScope({ scope, timestamp }: WrittenSignature, region: string, isInQuery: boolean): void {
  const code = isInQuery ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed";
  if (scope.region !== region) throw new S3Error(code, `The region '${scope.region}' is wrong; expecting '${region}'.`);
  if (scope.service !== "s3") throw new S3Error(code, `The service '${scope.service}' is wrong; expecting 's3'.`);
  if (scope.date !== timestamp.slice(0, 8)) throw new S3Error(code, "The date of the credential is another one.");
}

function checkTime({ timestamp, expires }: WrittenSignature, now: number): void {
  const signedAt = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(signedAt)) throw new S3Error("AccessDenied", "The request has no valid date (x-amz-date).");
  if (expires !== undefined && now > signedAt + expires * 1000)
    throw new S3Error("AccessDenied", "Request has expired");
  const isOld = expires === undefined && now - signedAt > MOST_SKEW;
  if (isOld || signedAt - now > MOST_SKEW) throw new S3Error("RequestTimeTooSkewed");
}

/** Checks that the host and all headers of S3 are signed, because they change what the request does. */
function checkSignedHeaders(signed: readonly string[], headers: SignedRequest["headers"]): void {
  const unsigned = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))].filter(
    (name) => !signed.includes(name),
  );
  const isSorted = signed.every((name, at) => at === 0 || (signed[at - 1] ?? "") < name);
  if (!isSorted) throw new S3Error("SignatureDoesNotMatch");
  if (unsigned.length > 0) {
    throw new S3Error("AccessDenied", `There were headers present in the request which were not signed: ${unsigned}`);
  }
}

function headerOf(headers: SignedRequest["headers"], name: string): string | undefined {
  const value = headers[name];
  return value === undefined || typeof value === "string" ? value : value.join(",");
}

function basicForm(date: string | undefined): string {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? "" : `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
