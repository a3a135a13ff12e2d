import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { type TestBucket, testBucket } from "./testing/client";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeAll(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterAll(() => emulator.close());

test("an object comes back as it was stored, with its headers and metadata", async () => {
  const headers = { "content-type": "text/plain", "x-amz-meta-origin": "here", "cache-control": "no-cache" };
  const stored = await bucket.put("d%20e/%C3%BC", "hello", headers);
  expect([stored.status, stored.headers.etag]).toEqual([200, '"5d41402abc4b2a76b9719d911017c592"']);
  const found = await bucket.get("d%20e/%C3%BC");
  expect([found.status, found.text]).toEqual([200, "hello"]);
  for (const [name, value] of Object.entries(headers)) expect(found.headers[name]).toBe(value);
  const head = await bucket.head("d%20e/%C3%BC");
  expect([head.status, head.text, head.headers["content-length"]]).toEqual([200, "", "5"]);
  expect((await bucket.remove("d%20e/%C3%BC")).status).toBe(204);
  expect((await bucket.get("d%20e/%C3%BC")).code).toBe("NoSuchKey");
  expect((await bucket.remove("d%20e/%C3%BC")).status).toBe(204);
});

test.each([
  ["bytes=0-0", 206, "0", "bytes 0-0/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=-20", 206, "0123456789", "bytes 0-9/10"],
  ["bytes=8-20", 206, "89", "bytes 8-9/10"],
  ["bytes=5-3", 200, "0123456789", undefined],
  ["bytes=0-1,3-4", 200, "0123456789", undefined],
  ["lines=0-1", 200, "0123456789", undefined],
])("the range %s", async (range, status, text, contentRange) => {
  await bucket.put("range", "0123456789");
  const answer = await bucket.get("range", { range });
  expect([answer.status, answer.text, answer.headers["content-range"]]).toEqual([status, text, contentRange]);
});

test.each(["bytes=10-", "bytes=10-12", "bytes=-0"])("the range %s has no byte", async (range) => {
  await bucket.put("range", "0123456789");
  expect((await bucket.get("range", { range })).code).toBe("InvalidRange");
});

const ETAG = '"5d41402abc4b2a76b9719d911017c592"';
test.each([
  ["if-match", ETAG, 200],
  ["if-match", '"other"', 412],
  ["if-none-match", ETAG, 304],
  ["if-none-match", "*", 304],
  ["if-none-match", '"other"', 200],
  ["if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT", 304],
  ["if-modified-since", "Fri, 01 Jan 2010 00:00:00 GMT", 200],
  ["if-unmodified-since", "Fri, 01 Jan 2010 00:00:00 GMT", 412],
])("a read with %s: %s", async (name, value, status) => {
  await bucket.put("condition", "hello");
  expect((await bucket.get("condition", { [name]: value })).status).toBe(status);
});

test.each([
  ["new", { "if-none-match": "*" }, 200],
  ["old", { "if-none-match": "*" }, 412],
  ["old", { "if-match": ETAG }, 200],
  ["old", { "if-match": '"other"' }, 412],
  ["new", { "if-match": "*" }, 404],
])("a write of a key that is %s, with %j", async (kind, headers, status) => {
  await bucket.remove("written");
  if (kind === "old") await bucket.put("written", "hello");
  const answer = await bucket.put("written", "next", headers);
  expect(answer.status).toBe(status);
  const text = status === 200 ? "next" : kind === "old" ? "hello" : undefined;
  const found = await bucket.get("written");
  expect(found.status === 200 ? found.text : undefined).toBe(text);
});

test.each([
  ["its MD5", { "content-md5": "XrY7u+Ae7tCTyyK7j1rNww==" }, "BadDigest"],
  ["an MD5 that is none", { "content-md5": "abc" }, "InvalidDigest"],
  ["its CRC-32", { "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
  ["its SHA-256", { "x-amz-checksum-sha256": `${"A".repeat(43)}=` }, "BadDigest"],
  ["a CRC-32 that is none", { "x-amz-checksum-crc32": "xyz" }, "InvalidRequest"],
  ["a trailer of an unknown kind", { "x-amz-trailer": "x-amz-checksum-md4" }, "InvalidRequest"],
  ["too much metadata", { "x-amz-meta-a": "x".repeat(2048) }, "MetadataTooLarge"],
])("a body that does not fit %s is not stored", async (_what, headers, code) => {
  expect((await bucket.put("refused", "hello", headers as Record<string, string>)).code).toBe(code);
  expect((await bucket.get("refused")).code).toBe("NoSuchKey");
});

test("a body that differs from the signed body is not stored", async () => {
  const payload = "0".repeat(64);
  expect((await bucket.send("PUT", "/refused", { body: "hello", payload })).code).toBe("XAmzContentSHA256Mismatch");
  expect((await bucket.get("refused")).code).toBe("NoSuchKey");
});

// The checksums of the digits from 1 to 9, from the public catalogues of these algorithms.
test.each([
  ["crc32", "y/Q5Jg=="],
  ["crc32c", "4waSgw=="],
  ["crc64nvme", "rosUhgp5mIg="],
  ["sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="],
])("the checksum %s", async (name, value) => {
  const header = `x-amz-checksum-${name}`;
  const stored = await bucket.put("sum", "123456789", { [header]: value });
  expect([stored.status, stored.headers[header]]).toEqual([200, value]);
  expect((await bucket.get("sum")).headers[header]).toBeUndefined();
  expect((await bucket.get("sum", { "x-amz-checksum-mode": "ENABLED" })).headers[header]).toBe(value);
});

test("a body in chunks with a trailer is decoded, and its checksum is checked", async () => {
  const chunked = (sum: string) => {
    const body = `5\r\n12345\r\n4\r\n6789\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
    const headers = {
      "content-encoding": "aws-chunked",
      "x-amz-decoded-content-length": "9",
      "x-amz-trailer": "x-amz-checksum-crc32",
    };
    return bucket.send("PUT", "/chunked", { body, headers, payload: "STREAMING-UNSIGNED-PAYLOAD-TRAILER" });
  };
  expect((await chunked("AAAAAA==")).code).toBe("BadDigest");
  expect((await bucket.get("chunked")).code).toBe("NoSuchKey");
  expect((await chunked("y/Q5Jg==")).status).toBe(200);
  const found = await bucket.get("chunked");
  expect([found.text, found.headers["content-encoding"]]).toEqual(["123456789", undefined]);
});

test.each([
  ["another bucket", "GET", "/other/a", "NoSuchBucket"],
  ["the creation of another bucket", "PUT", "/other", "AccessDenied"],
  ["a subresource", "GET", "/local-bucket/a?acl", "NotImplemented"],
  ["a path that is not UTF-8", "GET", "/local-bucket/%ff", "InvalidURI"],
])("%s is refused", async (_what, method, path, code) => {
  expect((await bucket.send(method, "", { path })).code).toBe(code);
});

test("credentials expire, and new ones work", async () => {
  const own = await startTestEmulator({ bucket: { credentialSeconds: 60 } });
  const first = await testBucket(own);
  await own.advance(59);
  expect((await first.put("a", "1")).status).toBe(200);
  await own.advance(1);
  expect((await first.put("a", "2")).code).toBe("ExpiredToken");
  const second = await testBucket(own);
  expect((await second.get("a")).text).toBe("1");
  expect((await testBucket(own, { secret_key: "x" }).then((wrong) => wrong.get("a"))).code).toBe(
    "SignatureDoesNotMatch",
  );
  await own.close();
});

test("requests without a signature, and requests of another website, are refused", async () => {
  const { endpoint } = bucket.credentials;
  expect((await fetch(`${endpoint}/local-bucket/a`)).status).toBe(403);
  const foreign = await bucket.get("a", { origin: "https://evil.example" });
  expect([foreign.status, foreign.code]).toEqual([403, "AccessDenied"]);
});

test("the log has each request by its operation, and no secret", async () => {
  await emulator.control("DELETE", "/requests");
  await bucket.get("a");
  await bucket.list();
  const requests = (await emulator.control("GET", "/requests")).body;
  expect(requests.map(({ operation, authorized }: Record<string, unknown>) => [operation, authorized])).toEqual([
    ["GetObject", true],
    ["ListObjectsV2", true],
  ]);
  const { session_token: token, secret_key: secret } = bucket.credentials;
  for (const value of [token, secret, "Signature="]) expect(JSON.stringify(requests)).not.toContain(value);
});
