import { LyceumError } from "../../lyceum/errors";
import type { Redactor } from "../../secrets";
import type { StorageErrorCode } from "../catalogue";
import { StorageError } from "../errors";

interface Failure {
  /** The server's name for the error, such as `NoSuchKey`, or the name of a network error. */
  readonly name: string;
  readonly message: string;
  /** The HTTP status of the server's answer. Undefined if there was no answer. */
  readonly status: number | undefined;
  /** Whether the network, a proxy or a certificate caused the failure. */
  readonly isOfConnection: boolean;
}

/** Names of errors for credentials that have expired or were withdrawn. New credentials may help. */
const EXPIRED = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidToken",
  "RequestExpired",
  "TokenRefreshRequired",
]);

/** Names of errors for a full bucket. Different S3 servers use different names. */
const FULL = new Set(["InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"]);

/** Whether a request failed because the credentials are no longer valid. */
export function isExpired(error: unknown): boolean {
  return EXPIRED.has(failureOf(error).name);
}

/**
 * Returns true if a request failed because the bucket does not exist. An answer to HEAD has no error name, so the
 * library names this error `NotFound`.
 */
export function isMissingBucket(error: unknown): boolean {
  const { status, name } = failureOf(error);
  return status === 404 && (name === "NoSuchBucket" || name === "NotFound");
}

/** Whether a request failed because the file, the upload or the bucket does not exist. */
export function isMissingFile(error: unknown): boolean {
  return failureOf(error).status === 404;
}

/**
 * Returns true if the server does not have an operation, or does not allow this account to use the operation. Returns
 * false for an error of expired credentials.
 */
export function isUnsupported(error: unknown): boolean {
  const { status, name } = failureOf(error);
  return !EXPIRED.has(name) && [400, 403, 405, 501].includes(status ?? 0);
}

/** Whether a request failed because its multipart upload no longer exists. */
export function isMissingUpload(error: unknown): boolean {
  return failureOf(error).name === "NoSuchUpload";
}

/**
 * Converts a failure to an error for users.
 *
 * @param about what the call did, such as `Storing data/a.csv`
 */
export function storageError(error: unknown, about: string, redact: Redactor): unknown {
  // These errors already have a message for users, for example if Lyceum refused to make credentials.
  if (StorageError.isInstance(error) || LyceumError.isInstance(error)) return error;
  const failure = failureOf(error);
  const code = codeOf(failure);
  if (code === undefined) return error;
  const { status, name, message } = failure;
  const answer =
    status === undefined ? message : `${status} ${name}${["", name].includes(message) ? "" : `: ${message}`}`;
  return new StorageError(code, `${about} failed: ${oneLine(redact(answer))}.`);
}

/** Returns the code for a failure. Returns `undefined` for an error that is not a failure of a request. */
function codeOf({ name, status, message, isOfConnection }: Failure): StorageErrorCode | undefined {
  if (status === undefined) return isOfConnection ? "LYC6001" : undefined;
  if (FULL.has(name) || status === 507) return "LYC6003";
  if (status === 412) return "LYC6007";
  // `BucketConnection.run` has already repeated the request with new credentials. If these have expired too, the
  // request took longer than credentials are valid. The account's access (LYC6002) is not the cause.
  if (EXPIRED.has(name) && name !== "InvalidAccessKeyId") return "LYC6004";
  if (status === 403 || status === 401 || EXPIRED.has(name)) return "LYC6002";
  if (status === 404) return name === "NoSuchBucket" ? "LYC6002" : "LYC6006";
  if ((status >= 500 && status !== 501) || status === 429 || name === "SlowDown") return "LYC6004";
  return message === "" ? "LYC6004" : "LYC6005";
}

function failureOf(error: unknown): Failure {
  const { name, message, code, $metadata } = (error ?? {}) as {
    readonly name?: unknown;
    readonly message?: unknown;
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  // Errors of the connection have a code such as `ECONNRESET`. An error without a code, with a code that begins with
  // `ERR_`, or with the code `MODULE_NOT_FOUND` is an error of this program. A `TimeoutError` is always an error of the
  // connection.
  const isOfProgram = typeof code !== "string" || code === "" || /^(?:ERR_|MODULE_NOT_FOUND$)/.test(code);
  const isOfConnection = name === "TimeoutError" || !isOfProgram;
  const status = $metadata?.httpStatusCode;
  return { name: String(name ?? ""), message: String(message ?? ""), status, isOfConnection };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 500).replace(/[.]$/, "");
}
