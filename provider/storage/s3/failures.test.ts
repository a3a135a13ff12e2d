import { LyceumError } from "../../lyceum/errors";
import { StorageError } from "../errors";
import { isExpired, isMissingBucket, isMissingFile, isMissingUpload, isUnsupported, storageError } from "./failures";

const shown = (error: unknown) =>
  storageError(error, "Storing data/a.csv", (text) => text.replace("secret", "[hidden]"));
const answered = (status: number | undefined, name: string, message = "No") =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

test.each([
  ["ECONNREFUSED", true],
  ["ENOTFOUND", true],
  ["UND_ERR_SOCKET", true],
  ["MODULE_NOT_FOUND", false],
  ["ERR_MODULE_NOT_FOUND", false],
  ["ERR_INVALID_ARG_TYPE", false],
  ["", false],
  [111, false],
  [undefined, false],
])("an error with the code %s is an error of the network: %s", (code, isOfNetwork) => {
  const error = Object.assign(new Error("it failed"), { code });
  if (isOfNetwork) expect(String(shown(error))).toMatch(/LYC6001: Storing data\/a\.csv failed: it failed\./);
  else expect(shown(error)).toBe(error);
});

test("a timeout is an error of the network, even without a code", () => {
  expect(shown(answered(undefined, "TimeoutError"))).toMatchObject({ code: "LYC6001" });
});

test.each([
  new StorageError("LYC6011", "No list."),
  new LyceumError({ code: "LYC1102", message: "No access." }),
  new TypeError("x is undefined"),
  undefined,
])("an error that has its own message, or is not of a request, stays as it is: %s", (error) => {
  expect(shown(error)).toBe(error);
});

test.each([
  [500, "InsufficientStorage", "LYC6003"],
  [403, "QuotaExceeded", "LYC6003"],
  [500, "XMinioStorageFull", "LYC6003"],
  [400, "XMinioAdminBucketQuotaExceeded", "LYC6003"],
  [507, "Other", "LYC6003"],
  [506, "Other", "LYC6004"],
  [508, "Other", "LYC6004"],
  [412, "PreconditionFailed", "LYC6007"],
  [400, "ExpiredToken", "LYC6004"],
  [403, "ExpiredTokenException", "LYC6004"],
  [403, "InvalidToken", "LYC6004"],
  [403, "RequestExpired", "LYC6004"],
  [400, "TokenRefreshRequired", "LYC6004"],
  [400, "InvalidAccessKeyId", "LYC6002"],
  [401, "Unauthorized", "LYC6002"],
  [402, "PaymentRequired", "LYC6005"],
  [403, "AccessDenied", "LYC6002"],
  [404, "NoSuchBucket", "LYC6002"],
  [404, "NoSuchKey", "LYC6006"],
  [400, "SlowDown", "LYC6004"],
  [429, "Other", "LYC6004"],
  [499, "Other", "LYC6005"],
  [500, "Other", "LYC6004"],
  [501, "NotImplemented", "LYC6005"],
])("the answer %d %s is the error %s", (status, name, code) => {
  expect(shown(answered(status, name))).toMatchObject({ code });
});

test.each([
  [400, "X", "", "LYC6004: Storing data/a.csv failed: 400 X. "],
  [400, "X", "X", "LYC6005: Storing data/a.csv failed: 400 X. "],
  [400, "X", " a secret\n is wrong. ", "LYC6005: Storing data/a.csv failed: 400 X: a [hidden] is wrong. "],
  [undefined, "TimeoutError", ` ${"x".repeat(501)}`, ` failed: ${"x".repeat(500)}. `],
])("the message shows the answer %s %s in one line, without secrets", (status, name, message, text) => {
  expect(String(shown(answered(status, name, message)))).toContain(text);
});

const QUESTIONS = { isExpired, isMissingBucket, isMissingFile, isMissingUpload, isUnsupported };

test.each([
  [404, "NoSuchBucket", ["isMissingBucket", "isMissingFile"]],
  [404, "NotFound", ["isMissingBucket", "isMissingFile"]],
  [404, "NoSuchKey", ["isMissingFile"]],
  [404, "NoSuchUpload", ["isMissingFile", "isMissingUpload"]],
  [409, "NoSuchBucket", []],
  [400, "InvalidRequest", ["isUnsupported"]],
  [400, "ExpiredToken", ["isExpired"]],
  [403, "AccessDenied", ["isUnsupported"]],
  [403, "InvalidAccessKeyId", ["isExpired"]],
  [405, "MethodNotAllowed", ["isUnsupported"]],
  [501, "NotImplemented", ["isUnsupported"]],
  [500, "InternalError", []],
  [undefined, "TimeoutError", []],
])("what the answer %s %s shows: %j", (status, name, expected) => {
  const error = answered(status, name);
  expect(Object.entries(QUESTIONS).flatMap(([question, ask]) => (ask(error) ? [question] : []))).toEqual(expected);
});
