import { answerHeaders, objectHeaders } from "./headers";

test.each<[string, Record<string, string>, Record<string, string>]>([
  ["only what belongs to the object", { host: "h", "x-amz-date": "d", expires: "0" }, { expires: "0" }],
  ["its metadata", { "x-amz-meta-a": "1" }, { "x-amz-meta-a": "1" }],
  [
    "an encoding without the form of the transfer",
    { "content-encoding": "aws-chunked, gzip" },
    { "content-encoding": "gzip" },
  ],
  ["an encoding of two steps", { "content-encoding": "gzip , br" }, { "content-encoding": "gzip,br" }],
  ["no encoding if it is only the form of the transfer", { "content-encoding": "aws-chunked" }, {}],
])("of the headers of a request, an object keeps %s", (_what, headers, kept) => {
  expect(objectHeaders(headers)).toEqual(kept);
});

test("metadata may have 2048 bytes in names and values, and no more", () => {
  const meta = (bytes: number) => objectHeaders({ "x-amz-meta-ab": "x".repeat(bytes - 5), "x-amz-meta-c": "ü" });
  expect(Object.keys(meta(2048))).toHaveLength(2);
  expect(() => meta(2049)).toThrow(expect.objectContaining({ code: "MetadataTooLarge" }));
});

test("an answer has the type of the object or a general one, and its checksums only if a client asks", () => {
  const object = {
    key: "a",
    path: "/a",
    size: 1,
    modified: 0,
    etag: "e",
    headers: {},
    checksums: { crc32: "AAAAAA==" },
  };
  const plain = {
    "content-type": "binary/octet-stream",
    etag: '"e"',
    "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
    "accept-ranges": "bytes",
  };
  expect(answerHeaders(object, false)).toEqual(plain);
  expect(answerHeaders(object, true)).toEqual({ ...plain, "x-amz-checksum-crc32": "AAAAAA==" });
  expect(answerHeaders({ ...object, headers: { "content-type": "text/x" } }, false)["content-type"]).toBe("text/x");
});
