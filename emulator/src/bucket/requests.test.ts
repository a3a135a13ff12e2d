import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { all, signed, type TestBucket, testBucket, testCredentials } from "./testing/client";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeAll(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterAll(() => emulator.close());

describe("the bucket itself", () => {
  test("is created again with the same answer, is never deleted, and has a region and no old versions", async () => {
    const created = await bucket.send("PUT", "");
    expect([created.status, created.headers.location]).toEqual([200, "/local-bucket"]);
    expect((await bucket.send("HEAD", "")).status).toBe(200);
    expect((await bucket.send("DELETE", "")).code).toBe("AccessDenied");
    const location = await bucket.send("GET", "?location");
    expect([location.status, location.headers["content-type"]]).toEqual([200, "application/xml"]);
    expect(location.text).toMatch(/<LocationConstraint xmlns="[^"]*"><\/LocationConstraint>$/);
    expect((await bucket.send("GET", "?versioning")).text).toMatch(/<VersioningConfiguration xmlns="[^"]*"><\//);
  });

  test("is in the list of the account's buckets once it is created, and before has no objects", async () => {
    const own = await startTestEmulator();
    const credentials = await testCredentials(own);
    const names = async (client: TestBucket) => all((await client.send("GET", "", { path: "/" })).text, "Name");
    // A test client creates its bucket. The name `other` is not the account's bucket, so no bucket is created.
    const before = await testBucket(own, { ...credentials, bucket_name: "other" });
    expect(await names(before)).toEqual([]);
    expect((await before.send("GET", "", { path: "/local-bucket/a" })).code).toBe("NoSuchBucket");
    const after = await testBucket(own);
    const { text } = await after.send("GET", "", { path: "/" });
    expect([all(text, "Name"), all(text, "CreationDate"), all(text, "ID")]).toEqual([
      ["local-bucket"],
      ["1970-01-01T00:00:00.000Z"],
      ["local"],
    ]);
    await own.close();
  });
});

describe("a listing by names", () => {
  const page = async (query: string) => {
    const { text, code } = await bucket.send("GET", `?${query}`);
    const [next] = all(text, "NextMarker");
    const prefixes = all(text, "CommonPrefixes").flatMap((one) => all(one, "Prefix"));
    return { code, keys: all(text, "Key"), prefixes, next, more: all(text, "IsTruncated")[0], text };
  };
  beforeAll(async () => {
    for (const key of ["l/a", "l/b/1", "l/b/2", "l/c%26"]) await bucket.put(key, key);
  });

  test.each([
    ["all", "prefix=l/", ["l/a", "l/b/1", "l/b/2", "l/c&amp;"], [], undefined],
    ["the first page", "prefix=l/&max-keys=2", ["l/a", "l/b/1"], [], "l/b/1"],
    ["the page after a name", "prefix=l/&max-keys=2&marker=l/b/1", ["l/b/2", "l/c&amp;"], [], undefined],
    ["the names before a delimiter", "prefix=l/&delimiter=/&max-keys=2", ["l/a"], ["l/b/"], "l/b/"],
    ["the page after a common beginning", "prefix=l/&delimiter=/&marker=l/b/", ["l/c&amp;"], [], undefined],
    [
      "the page after a name, without a delimiter",
      "prefix=l/&marker=l/b/",
      ["l/b/1", "l/b/2", "l/c&amp;"],
      [],
      undefined,
    ],
    ["a page of no names", "prefix=l/&max-keys=0", [], [], undefined],
  ])("has %s", async (_what, query, keys, prefixes, next) => {
    const more = String(next !== undefined);
    expect(await page(query)).toMatchObject({ keys, prefixes, next, more });
  });

  test("repeats what the client asked for, in the encoding of the client", async () => {
    const { text } = await page("prefix=l/c%26&marker=l/b%26&delimiter=%26%2F&encoding-type=url");
    const fields = ["Name", "Prefix", "Marker", "Delimiter", "EncodingType", "MaxKeys", "Key", "Size", "StorageClass"];
    expect(fields.map((name) => all(text, name)[0])).toEqual([
      "local-bucket",
      "l/c%26",
      "l/b%26",
      "%26/",
      "url",
      "1000",
      "l/c%26",
      "6",
      "STANDARD",
    ]);
  });

  test.each([
    ["max-keys=-1", "InvalidArgument"],
    ["max-keys=1x", "InvalidArgument"],
    ["max-keys=", undefined],
    ["max-keys=2000", undefined],
    ["encoding-type=base64", "InvalidArgument"],
    ["list-type=2&continuation-token=abc", "InvalidArgument"],
    [`list-type=2&continuation-token=${Buffer.from('["a",1]').toString("base64url")}`, "InvalidArgument"],
    [`list-type=2&continuation-token=${Buffer.from('["a",""]').toString("base64url")}`, undefined],
  ])("with %s: %s", async (query, code) => {
    expect((await page(query)).code).toBe(code);
  });

  test("with tokens also shows its number of keys and where it began", async () => {
    const { text, keys } = await bucket.list("&prefix=l/&delimiter=/&start-after=l/a");
    expect(keys).toEqual(["l/c&amp;"]);
    expect([all(text, "KeyCount"), all(text, "StartAfter"), all(text, "MaxKeys")]).toEqual([["2"], ["l/a"], ["1000"]]);
    expect(all((await bucket.list("&prefix=l/")).text, "StartAfter")).toEqual([]);
  });
});

test.each([
  ["the creation of an upload", "POST", "?uploads", 200],
  ["the upload of no part", "PUT", "?partNumber=1&uploadId=x", 404],
])("%s has a key of at most 1024 bytes", async (_what, method, query, status) => {
  expect((await bucket.send(method, `/${"x".repeat(1024)}${query}`)).status).toBe(status);
  if (method === "POST")
    expect((await bucket.send(method, `/${"x".repeat(1025)}${query}`)).code).toBe("KeyTooLongError");
});

test("a copy is refused for a key that is too long, and for an object that has changed", async () => {
  await bucket.put("from", "hello");
  const source = { "x-amz-copy-source": "/local-bucket/from" };
  expect((await bucket.put("x".repeat(1025), "", source)).code).toBe("KeyTooLongError");
  const match = (etag: string) => bucket.put("to", "", { ...source, "x-amz-copy-source-if-match": etag });
  expect((await match('"other"')).code).toBe("PreconditionFailed");
  const copied = await match('"5d41402abc4b2a76b9719d911017c592"');
  expect([copied.status, all(copied.text, "ETag")]).toEqual([200, ["&quot;5d41402abc4b2a76b9719d911017c592&quot;"]]);
  expect((await bucket.put("to", "", { "x-amz-copy-source": "/other/from" })).code).toBe("NoSuchBucket");
  expect((await bucket.put("to", "", { "x-amz-copy-source": "/local-bucket/from?versionId=1" })).status).toBe(200);
});

test("a link may replace the headers of an answer, and a client that has the object gets no body", async () => {
  await bucket.put("page", "hello", { "content-type": "text/html" });
  const { headers } = await bucket.send("GET", "/page?response-content-type=text%2Fplain&response-expires=0");
  expect([headers["content-type"], headers.expires, headers["content-length"]]).toEqual(["text/plain", "0", "5"]);
  const unchanged = await bucket.get("page", { "if-none-match": String(headers.etag) });
  expect([unchanged.status, unchanged.text, unchanged.headers.etag]).toEqual([304, "", headers.etag]);
  expect(unchanged.headers["last-modified"]).toBe(headers["last-modified"]);
  await bucket.put("empty", "");
  expect([(await bucket.get("empty")).headers["content-length"], (await bucket.get("empty")).text]).toEqual(["0", ""]);
});

test("an answer has the length of its body, unless its status allows none", async () => {
  await bucket.put("length", "hello");
  const headers = { "if-none-match": "*" };
  const lengths = [await bucket.get("length"), await bucket.get("length", headers), await bucket.head("none")];
  expect(lengths.map(({ headers: sent }) => sent["content-length"])).toEqual(["5", undefined, expect.any(String)]);
  expect((await bucket.remove("length")).headers["content-length"]).toBeUndefined();
  expect((await bucket.send("PUT", "")).headers["content-length"]).toBe("0");
});

test("objects, their headers and unfinished uploads outlive the emulator", async () => {
  const data = await mkdtemp(join(tmpdir(), "bucket-"));
  let own = await startTestEmulator({ dataDirectory: data });
  let client = await testBucket(own);
  const hidden = ["folder/", "folder/a"];
  for (const key of ["plain", ...hidden]) await client.put(key, key, { "x-amz-meta-of": key });
  await client.remove("folder/a");
  const [id = ""] = all(
    (await client.send("POST", "/parts?uploads", { headers: { "x-amz-meta-of": "parts" } })).text,
    "UploadId",
  );
  const part = await client.send("PUT", `/parts?partNumber=1&uploadId=${id}`, { body: "part" });
  await own.close();

  own = await startTestEmulator({ dataDirectory: data });
  client = await testBucket(own);
  expect((await client.list()).keys).toEqual(["folder/", "plain"]);
  const etag = `<Part><PartNumber>1</PartNumber><ETag>${part.headers.etag}</ETag></Part>`;
  const body = `<CompleteMultipartUpload>${etag}</CompleteMultipartUpload>`;
  expect((await client.send("POST", `/parts?uploadId=${id}`, { body })).status).toBe(200);
  for (const [key, text] of [
    ["plain", "plain"],
    ["folder/", "folder/"],
    ["parts", "part"],
  ] as const) {
    const found = await client.get(key);
    expect([found.text, found.headers["x-amz-meta-of"]]).toEqual([text, key]);
  }
  expect(all((await client.send("GET", "?uploads")).text, "Key")).toEqual([]);
  await own.close();
  await rm(data, { recursive: true });
});

test("an answer of the bucket is never a page, has the emulator's time, and the log has no signature of a link", async () => {
  const own = await startTestEmulator();
  const { endpoint } = await testCredentials(own);
  await own.control("DELETE", "/requests");
  await own.advance(3600);
  const secrets = "X-Amz-Signature=abc&x-amz-security-token=def&prefix=p";
  const answer = await fetch(`${endpoint}/local-bucket/a?${secrets}`);
  expect([answer.status, answer.headers.get("x-lyceum-emulator")]).toEqual([403, "simulated"]);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  const { now } = (await own.control("GET", "")).body;
  expect(Math.floor(Date.parse(now) / 1000)).toBe(Date.parse(answer.headers.get("date") ?? "") / 1000);
  expect((await own.control("GET", "/requests")).body).toMatchObject([
    {
      operation: "GetObject",
      path: "/local-bucket/a",
      query: { "X-Amz-Signature": "", "x-amz-security-token": "", prefix: "p" },
      authorized: false,
      status: 403,
    },
  ]);
  await own.close();
});

test("a refused upload is answered after its whole body is read, so that each client reads the answer", async () => {
  const answer = await bucket.send("PUT", "/big", { body: Buffer.alloc(3_000_000), payload: "0".repeat(64) });
  expect(answer.code).toBe("XAmzContentSHA256Mismatch");
  const wrong = await bucket.send("PUT", "/big", { body: Buffer.alloc(3_000_000), headers: { "content-md5": "abc" } });
  expect([wrong.code, wrong.headers.connection]).toEqual(["InvalidDigest", "close"]);
});

test("a client that asks before it sends a body sends it only if its signature is right", async () => {
  const ask = (secret_key: string) =>
    new Promise((resolve, reject) => {
      const path = "/local-bucket/asked";
      const { headers } = signed({ ...bucket.credentials, secret_key }, "PUT", path, { body: "hello" });
      const { hostname, port } = new URL(bucket.credentials.endpoint);
      const more = { "content-length": 5, expect: "100-continue" };
      const request = httpRequest({ hostname, port, method: "PUT", path, headers: { ...headers, ...more } });
      let isAsked = false;
      request.on("continue", () => {
        isAsked = true;
        request.end("hello");
      });
      request.on("error", reject).on("response", (response) => {
        resolve([isAsked, response.statusCode]);
        request.destroy();
      });
      request.flushHeaders();
    });
  expect(await ask(bucket.credentials.secret_key)).toEqual([true, 200]);
  expect(await ask("wrong")).toEqual([false, 403]);
  expect((await bucket.get("asked")).text).toBe("hello");
});
