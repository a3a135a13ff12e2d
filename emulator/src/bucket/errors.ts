/** The errors that the bucket returns, each with its HTTP status and its usual message. Most are those of S3. */
const S3_ERRORS = {
  AccessDenied: [403, "Access Denied"],
  AuthorizationHeaderMalformed: [400, "The authorization header that you provided is not valid."],
  AuthorizationQueryParametersError: [400, "The authorization parameters in the query are not valid."],
  BadDigest: [400, "The Content-MD5 or checksum value that you specified did not match what the server received."],
  BucketAlreadyOwnedByYou: [409, "The bucket that you tried to create already exists, and you own it."],
  BucketNotEmpty: [409, "The bucket that you tried to delete is not empty."],
  EntityTooLarge: [400, "Your proposed upload exceeds the maximum allowed object size."],
  EntityTooSmall: [400, "Your proposed upload is smaller than the minimum allowed object size."],
  ExpiredToken: [400, "The provided token has expired."],
  IncompleteBody: [400, "You did not provide the number of bytes specified by the Content-Length HTTP header."],
  InsufficientStorage: [507, "There is no space left in the bucket."],
  InternalError: [500, "The emulator could not do this."],
  InvalidAccessKeyId: [403, "The AWS access key ID that you provided does not exist in our records."],
  InvalidArgument: [400, "Invalid Argument"],
  InvalidDigest: [400, "The Content-MD5 or checksum value that you specified is not valid."],
  InvalidPart: [400, "One or more of the specified parts could not be found, or has another ETag."],
  InvalidPartOrder: [400, "The list of parts was not in ascending order."],
  InvalidRange: [416, "The requested range is not satisfiable."],
  InvalidRequest: [400, "Invalid Request"],
  InvalidToken: [400, "The provided token is malformed or otherwise not valid."],
  InvalidURI: [400, "The specified URI could not be parsed."],
  KeyTooLongError: [400, "Your key is too long."],
  MalformedXML: [400, "The XML that you provided was not well formed or did not validate."],
  MetadataTooLarge: [400, "Your metadata headers exceed the maximum allowed metadata size."],
  MethodNotAllowed: [405, "The specified method is not allowed against this resource."],
  MissingContentLength: [411, "You must provide the Content-Length HTTP header."],
  NoSuchBucket: [404, "The specified bucket does not exist."],
  NoSuchKey: [404, "The specified key does not exist."],
  NoSuchUpload: [404, "The specified multipart upload does not exist."],
  NotImplemented: [501, "The emulator does not have this operation."],
  PreconditionFailed: [412, "At least one of the preconditions that you specified did not hold."],
  RequestTimeTooSkewed: [403, "The difference between the request time and the current time is too large."],
  SignatureDoesNotMatch: [403, "The request signature that the server calculated does not match the one you provided."],
  SlowDown: [503, "Please reduce your request rate."],
  XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** The code of an error. */
export type S3ErrorCode = keyof typeof S3_ERRORS;

/** An error that is sent to the client. */
export class S3Error extends Error {
  readonly status: number;

  /** @param message replaces the usual message of the code. */
  constructor(
    readonly code: S3ErrorCode,
    message: string = S3_ERRORS[code][1],
  ) {
    super(message);
    [this.status] = S3_ERRORS[code];
  }
}

/** Returns the code and the message for an injected fault with this status. */
export function errorOfStatus(status: number): readonly [code: string, message: string] {
  const special: Readonly<Record<number, S3ErrorCode>> = {
    400: "InvalidRequest",
    403: "AccessDenied",
    404: "NoSuchKey",
  };
  const found = Object.entries(S3_ERRORS).find(([, [of]]) => of === status)?.[0] as S3ErrorCode | undefined;
  const code = special[status] ?? found;
  return code === undefined
    ? [status < 500 ? "InvalidRequest" : "InternalError", "injected fault"]
    : [code, S3_ERRORS[code][1]];
}

/** Converts an error, such as that of a full disk, to an error of S3. */
export function asS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return new S3Error("InsufficientStorage");
  if (code === "EACCES" || code === "EPERM") {
    return new S3Error("AccessDenied", "The file belongs to another user: a run has written it, or its folder.");
  }
  return new S3Error("InternalError", `The emulator could not do this: ${message}`);
}
