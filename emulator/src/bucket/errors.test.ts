import { asS3Error, errorOfStatus, S3Error } from "./errors";

test.each([
  [400, "InvalidRequest"],
  [403, "AccessDenied"],
  [404, "NoSuchKey"],
  [409, "BucketAlreadyOwnedByYou"],
  [503, "SlowDown"],
  [500, "InternalError"],
  [418, "InvalidRequest"],
  [499, "InvalidRequest"],
  [599, "InternalError"],
])("an injected fault with the status %i has the code %s", (status, code) => {
  expect(errorOfStatus(status)[0]).toBe(code);
});

test.each([
  ["a full disk", { code: "ENOSPC" }, "InsufficientStorage", 507],
  ["a full share of a disk", { code: "EDQUOT" }, "InsufficientStorage", 507],
  ["a file of another user", { code: "EACCES" }, "AccessDenied", 403],
  ["a file that this user cannot change", { code: "EPERM" }, "AccessDenied", 403],
  ["anything else", { code: "EIO", message: "broken" }, "InternalError", 500],
  ["an error of S3", new S3Error("NoSuchKey"), "NoSuchKey", 404],
])("%s is an error of S3", (_what, error, code, status) => {
  expect(asS3Error(error)).toMatchObject({ code, status });
});
