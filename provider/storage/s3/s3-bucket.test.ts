import { LyceumError } from "../../lyceum/errors";
import type { StorageCredentials } from "../../lyceum/port";
import { createRedactor } from "../../secrets";
import type { Bucket, Content, StoredFile } from "../bucket";
import { fingerprintOf } from "../etag";
import { type Received, type ScriptedServer, type Step, s3Error, scriptedServer } from "../testing/scripted-server";
import { openBucket } from "./s3-bucket";

const SECRET_KEY = "secret-key-Kq82hTz91";
const MEBIBYTE = 1024 * 1024;

let server: ScriptedServer | undefined;
let bucket: Bucket | undefined;
afterEach(async () => {
  await bucket?.close();
  await server?.close();
});

/** A bucket whose server gives these answers, and the number of requests for credentials. */
async function opened(answer: (request: Received, before: readonly Received[]) => Step) {
  const running = await scriptedServer(answer);
  server = running;
  let asked = 0;
  const credentials = async (): Promise<StorageCredentials> => {
    asked += 1;
    return {
      accessKey: `key-${asked}`,
      secretKey: SECRET_KEY,
      sessionToken: `token-${asked}`,
      endpoint: running.endpoint,
      bucket: "acc",
      region: "us-east-1",
    };
  };
  bucket = openBucket({ credentials, redact: createRedactor([SECRET_KEY]), delay: () => 0 });
  return { bucket, received: running.received, asked: () => asked };
}

const contentOf = (text: string | Buffer): Content => {
  const bytes = Buffer.from(text);
  return { bytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
};
const ok = (body = "", headers: Readonly<Record<string, string>> = {}): Step => ({ status: 200, body, headers });
const stored = ok("", { etag: '"etag-of-a"' });
const lines = (received: readonly Received[]) => received.map(({ method, url }) => `${method} ${url}`);
const entry = (key: string) =>
  `<Contents><Key>${key}</Key><Size>3</Size><ETag>&quot;e-${key}&quot;</ETag><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`;
const page = (keys: readonly string[], next?: string): Step =>
  ok(
    `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${keys.map(entry).join("")}${next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`,
  );
const listed = async (from: Bucket, prefix = ""): Promise<StoredFile[]> => {
  const files = [];
  for await (const file of from.list(prefix)) files.push(file);
  return files;
};

test("a list is read page by page, and folders of other clients are no files", async () => {
  const { bucket, received } = await opened((_request, before) =>
    before.length === 0 ? page(["a&amp;b"], "t/1+=") : page(["folder/", "z"]),
  );
  expect(await listed(bucket, "a b/ü")).toEqual([
    { key: "a&b", bytes: 3, etag: "e-a&b", modified: "2026-01-02T03:04:05.000Z" },
    { key: "z", bytes: 3, etag: "e-z", modified: "2026-01-02T03:04:05.000Z" },
  ]);
  expect(received.map(({ url }) => new URL(url, "http://x").searchParams.get("prefix"))).toEqual(["a b/ü", "a b/ü"]);
  expect(new URL(received[1]?.url ?? "", "http://x").searchParams.get("continuation-token")).toBe("t/1+=");
});

test("a small file is one signed request, and the bucket of a new account is created first", async () => {
  const { bucket, received } = await opened(({ method }) => {
    if (method === "HEAD") return { status: 404 };
    return method === "PUT" ? stored : ok();
  });
  let bytes = 0;
  const call = { onBytes: (more: number) => (bytes += more) };
  expect(await bucket.upload("data/a b.txt", contentOf("text"), call)).toEqual({ etag: "etag-of-a" });
  await bucket.upload("b", contentOf(""));
  expect(lines(received)).toEqual([
    "HEAD /acc/",
    "PUT /acc/",
    "PUT /acc/data/a%20b.txt?x-id=PutObject",
    "PUT /acc/b?x-id=PutObject",
  ]);
  const [, , put] = received;
  expect([String(put?.body), bytes]).toEqual(["text", 4]);
  expect(put?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=key-1\//);
  // The signature contains the digest of the body, so the server notices if the body has changed on the way.
  expect(put?.headers["x-amz-content-sha256"]).toBe("982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1");
});

test("a large file is sent in parts", async () => {
  const { bucket, received } = await opened(({ method, url }) => {
    if (url.includes("?uploads"))
      return ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
    if (method === "POST")
      return ok('<CompleteMultipartUploadResult><ETag>"whole-2"</ETag></CompleteMultipartUploadResult>');
    return ok("", { etag: `"part-${new URL(url, "http://x").searchParams.get("partNumber")}"` });
  });
  let bytes = 0;
  const content = contentOf(Buffer.alloc(8 * MEBIBYTE + 5, "x"));
  const { etag } = await bucket.upload("big", content, { onBytes: (more) => (bytes += more) });
  expect([etag, bytes]).toEqual(["whole-2", content.bytes]);
  const parts = received.filter(({ url }) => url.includes("partNumber"));
  expect(parts.map(({ body }) => body.length).sort((a, b) => a - b)).toEqual([5, 8 * MEBIBYTE]);
  expect(String(received.at(-1)?.body)).toContain("<PartNumber>1</PartNumber>");
  expect(String(received.at(-1)?.body)).toMatch(/part-1[\s\S]*part-2/);
});

test("after a part that fails for good, no part of the file stays in the bucket", async () => {
  const { bucket, received } = await opened(({ method, url }) => {
    if (url.includes("?uploads"))
      return ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
    return url.includes("partNumber=2")
      ? s3Error(507, "InsufficientStorage", "the disk is full")
      : ok("", { etag: `"e"`, "x-method": method });
  });
  await expect(bucket.upload("big", contentOf(Buffer.alloc(20 * MEBIBYTE)))).rejects.toThrow(
    "LYC6003: Storing big failed: 507 InsufficientStorage: the disk is full. Remove files",
  );
  expect(lines(received).at(-1)).toBe("DELETE /acc/big?x-id=AbortMultipartUpload&uploadId=u1");
  expect(lines(received).filter((line) => /^POST .*uploadId/.test(line))).toEqual([]);
});

test("expired credentials are renewed once for all calls", async () => {
  const { bucket, received, asked } = await opened(({ headers, method }) => {
    if (String(headers["x-amz-security-token"]) === "token-1") return s3Error(400, "ExpiredToken");
    return method === "PUT" ? stored : page(["a"]);
  });
  const [files] = await Promise.all([
    listed(bucket),
    bucket.upload("a", contentOf("a")),
    bucket.upload("b", contentOf("b")),
  ]);
  expect([files.length, asked()]).toEqual([1, 2]);
  expect(received.length).toBeGreaterThan(3);
});

test("credentials that are refused again are an error, and no endless loop", async () => {
  const { bucket, asked } = await opened(() => s3Error(403, "InvalidAccessKeyId", `no key ${SECRET_KEY}`));
  await expect(listed(bucket)).rejects.toThrow(
    /^LYC6002: Listing the bucket failed: 403 InvalidAccessKeyId: no key \S*\. Check/,
  );
  await expect(listed(bucket)).rejects.toThrow(expect.not.stringContaining(SECRET_KEY));
  expect(asked()).toBe(3);
});

test.each([
  ["403 AccessDenied", s3Error(403, "AccessDenied"), "LYC6002", 1],
  ["403 SignatureDoesNotMatch", s3Error(403, "SignatureDoesNotMatch"), "LYC6002", 1],
  ["507", s3Error(507, "InsufficientStorage"), "LYC6003", undefined],
  ["503 SlowDown", s3Error(503, "SlowDown"), "LYC6004", 8],
  ["500", s3Error(500, "InternalError"), "LYC6004", 8],
  ["429", s3Error(429, "TooManyRequests"), "LYC6004", 8],
  ["501", s3Error(501, "NotImplemented"), "LYC6005", undefined],
  ["400", s3Error(400, "InvalidArgument"), "LYC6005", 1],
  ["a page of a proxy", { status: 502, body: "<html>Bad gateway</html>" } as Step, "LYC6004", 8],
  ["a closed connection", "close" as Step, "LYC6001", 8],
  ["an answer that breaks off", "close in the body" as Step, "LYC6001", 8],
])("%s is an error of its own, and is repeated only where that can help", async (_name, step, code, requests) => {
  const { bucket, received } = await opened(() => step);
  await expect(listed(bucket)).rejects.toThrow(code);
  if (requests !== undefined) expect(received.length).toBe(requests);
});

test.each([
  ["a 503", s3Error(503, "SlowDown")],
  ["a closed connection", "close" as Step],
  ["an answer that breaks off", "close in the body" as Step],
])("after %s the same request succeeds", async (_name, step) => {
  const { bucket, received } = await opened((_request, before) => (before.length < 2 ? step : page(["a"])));
  expect((await listed(bucket)).map(({ key }) => key)).toEqual(["a"]);
  expect(received.length).toBe(3);
});

test("the bucket of a new account has no files", async () => {
  const { bucket } = await opened(() => s3Error(404, "NoSuchBucket"));
  expect(await listed(bucket)).toEqual([]);
});

test("a download asks for the rest of one content", async () => {
  const { bucket, received } = await opened(() => ({ status: 206, body: "rest", headers: { etag: '"e"' } }));
  const { body, hasDigest } = await bucket.download("a", "0cc175b9c0f1b6a831c399e269772661", 4);
  const chunks = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  expect([String(Buffer.concat(chunks)), hasDigest]).toEqual(["rest", true]);
  expect(received[0]?.headers).toMatchObject({ range: "bytes=4-", "if-match": '"0cc175b9c0f1b6a831c399e269772661"' });
});

test.each([
  ["changed since", s3Error(412, "PreconditionFailed"), "LYC6007"],
  ["is gone", s3Error(404, "NoSuchKey"), "LYC6006"],
])("a file that %s is an error", async (_name, step, code) => {
  const { bucket } = await opened(() => step);
  await expect(bucket.download("a", "e", 0)).rejects.toThrow(code);
});

test("a file that the server encrypts has no ETag to compare with", async () => {
  const { bucket } = await opened(() => ok("a", { "x-amz-server-side-encryption": "aws:kms" }));
  const { body, hasDigest } = await bucket.download("a", "0cc175b9c0f1b6a831c399e269772661", 0);
  body.resume();
  expect(hasDigest).toBe(false);
});

test("files are removed by the thousand, and one that stays is named", async () => {
  const all = Array.from({ length: 1001 }, (_, at) => `k${at}`);
  const { bucket, received } = await opened((_request, before) =>
    before.length === 0
      ? ok("<DeleteResult/>")
      : ok(
          "<DeleteResult><Error><Key>k1000</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>",
        ),
  );
  await expect(bucket.remove(all)).rejects.toThrow("LYC6005: k1000 was not removed (AccessDenied: no).");
  expect(received.map(({ body }) => String(body).split("<Key>").length - 1)).toEqual([1000, 1]);
});

test("an abort ends the call", async () => {
  const stop = new AbortController();
  const { bucket } = await opened(() => {
    stop.abort();
    return s3Error(503, "SlowDown");
  });
  const list = bucket.list("", { signal: stop.signal })[Symbol.asyncIterator]();
  await expect(list.next()).rejects.toMatchObject({ name: "AbortError" });
});

test.each([
  ["a page of a proxy", ok("<html>login</html>")],
  ["a list that goes on nowhere", ok("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")],
])("%s is not an empty bucket", async (_name, step) => {
  const { bucket } = await opened(() => step);
  await expect(listed(bucket)).rejects.toThrow("LYC6011");
});

test("a later page that is not found is an error, and no end of the list", async () => {
  const { bucket } = await opened((_request, before) =>
    before.length === 0 ? page(["a"], "t") : s3Error(404, "NoSuchBucket"),
  );
  await expect(listed(bucket)).rejects.toThrow("LYC6002");
});

test("an answer without an ETag does not count as stored, and one of other bytes is an error", async () => {
  const { bucket } = await opened(({ method }) => (method === "PUT" ? ok("<html>login</html>") : ok()));
  await expect(bucket.upload("a", contentOf("a"))).rejects.toThrow("LYC6011");
  await server?.close();
  const other = await opened(({ method }) =>
    method === "PUT" ? ok("", { etag: '"0cc175b9c0f1b6a831c399e269772661"' }) : ok(),
  );
  expect(await other.bucket.upload("a", contentOf("a"))).toEqual({ etag: "0cc175b9c0f1b6a831c399e269772661" });
  await expect(other.bucket.upload("a", contentOf("b"))).rejects.toThrow("LYC6010");
});

const created = ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");

test("credentials that expire between two parts are renewed, and the upload goes on", async () => {
  const { bucket, received, asked } = await opened(({ method, url, headers }) => {
    if (url.includes("?uploads")) return created;
    if (url.includes("partNumber=2") && String(headers["x-amz-security-token"]) === "token-1")
      return s3Error(400, "ExpiredToken");
    if (method === "POST")
      return ok('<CompleteMultipartUploadResult><ETag>"w-2"</ETag></CompleteMultipartUploadResult>');
    return ok("", { etag: '"part"' });
  });
  expect(await bucket.upload("big", contentOf(Buffer.alloc(9 * MEBIBYTE)))).toEqual({ etag: "w-2" });
  expect(asked()).toBe(2);
  expect(lines(received).filter((line) => line.includes("?uploads"))).toHaveLength(1);
  expect(lines(received).filter((line) => line.includes("partNumber=1"))).toHaveLength(1);
});

test("an upload whose last answer was lost has succeeded if the file is there", async () => {
  const content = Buffer.alloc(9 * MEBIBYTE);
  const { etag } = await fingerprintOf({
    bytes: content.length,
    read: async (at, length) => content.subarray(at, at + length),
  });
  const { bucket } = await opened(({ method, url }) => {
    if (url.includes("?uploads")) return created;
    if (method === "POST") return s3Error(404, "NoSuchUpload");
    if (url.includes("list-type"))
      return ok(
        `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>big</Key><Size>1</Size><ETag>"${etag}"</ETag></Contents></ListBucketResult>`,
      );
    return ok("", { etag: '"part"' });
  });
  expect(await bucket.upload("big", contentOf(content))).toEqual({ etag });
});

test("a piece of a secret that is cut is not shown", async () => {
  const { bucket } = await opened(() => s3Error(403, "AccessDenied", `${"x".repeat(480)}${SECRET_KEY}`));
  await expect(listed(bucket)).rejects.toThrow(expect.not.stringContaining(SECRET_KEY.slice(0, 8)));
});

test("a refusal to give credentials stays the error of Lyceum", async () => {
  const refused = new LyceumError({ code: "LYC1102", message: "No access." });
  bucket = openBucket({ credentials: () => Promise.reject(refused), redact: createRedactor([]) });
  await expect(listed(bucket)).rejects.toBe(refused);
});

test("a file that a tool has changed with its metadata has no writer any more", async () => {
  const digest = "0cc175b9c0f1b6a831c399e269772661";
  const kept = { "x-amz-meta-lyceum-writer": "files-1", "x-amz-meta-lyceum-md5": digest };
  const answers: Record<string, Step> = {
    "/acc/own": ok("", { etag: `"${digest}"`, ...kept }),
    "/acc/changed": ok("", { etag: `"${digest.replace("0", "1")}"`, ...kept }),
    "/acc/encrypted": ok("", {
      etag: `"${digest.replace("0", "1")}"`,
      "x-amz-server-side-encryption": "aws:kms",
      ...kept,
    }),
  };
  const { bucket, received } = await opened(({ method, url }) =>
    method === "PUT" ? ok("", { etag: `"${digest}"` }) : (answers[url.split("?")[0] ?? ""] ?? ok()),
  );
  await bucket.upload("own", contentOf("a"), { writer: "files-1" });
  expect(received.find(({ method }) => method === "PUT")?.headers).toMatchObject(kept);
  expect(await bucket.writerOf("own")).toBe("files-1");
  expect(await bucket.writerOf("changed")).toBeUndefined();
  expect(await bucket.writerOf("encrypted")).toBe("files-1");
});
