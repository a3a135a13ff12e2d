import { fingerprintOf } from "../etag";
import { type Step, s3Error } from "../testing/scripted-server";
import { closeOpened, contentOf, lines, MEBIBYTE, ok, opened, stored } from "./testing/opened-bucket";

afterEach(closeOpened);

const created = ok("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");

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

test("an answer without an ETag, and an answer with the ETag of other bytes, are errors", async () => {
  const { bucket } = await opened(({ method }) => (method === "PUT" ? ok("<html>login</html>") : ok()));
  await expect(bucket.upload("a", contentOf("a"))).rejects.toThrow("LYC6011");
  await closeOpened();
  const other = await opened(({ method }) =>
    method === "PUT" ? ok("", { etag: '"0cc175b9c0f1b6a831c399e269772661"' }) : ok(),
  );
  expect(await other.bucket.upload("a", contentOf("a"))).toEqual({ etag: "0cc175b9c0f1b6a831c399e269772661" });
  await expect(other.bucket.upload("a", contentOf("b"))).rejects.toThrow("LYC6010");
});

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

test("a file that a tool has changed while the metadata stayed has no writer any more", async () => {
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

describe("the writer of a file", () => {
  const digest = "0cc175b9c0f1b6a831c399e269772661";
  const other = digest.replace("0", "1");

  test("is sent with the file, whole or in parts, with the key and the size", async () => {
    const { bucket, received } = await opened(({ method, url }) => {
      if (url.includes("?uploads")) return created;
      if (method === "POST")
        return ok('<CompleteMultipartUploadResult><ETag>"w-2"</ETag></CompleteMultipartUploadResult>');
      return ok("", { etag: url.includes("partNumber") ? '"part"' : `"${digest}"` });
    });
    await bucket.upload("own", contentOf("a"), { writer: "files-1" });
    await bucket.upload("big", contentOf(Buffer.alloc(9 * MEBIBYTE)), { writer: "files-1" });
    const [small, large] = received.filter(({ headers }) => headers["x-amz-meta-lyceum-writer"] === "files-1");
    expect(small?.headers).toMatchObject({
      "x-amz-meta-lyceum-md5": digest,
      "x-amz-meta-lyceum-bytes": "1",
      "x-amz-meta-lyceum-key": "5b3975651c3cab92",
    });
    expect([large?.url, large?.headers["x-amz-meta-lyceum-bytes"]]).toEqual(["/acc/big?uploads=", "9437184"]);
  });

  test.each<readonly [string, string | undefined, Readonly<Record<string, string>>]>([
    ["an unchanged file", "files-1", {}],
    ["a file whose content a tool has changed with its metadata", undefined, { etag: `"${other}"` }],
    ["a file that the server encrypts", "files-1", { etag: `"${other}"`, "x-amz-server-side-encryption": "aws:kms" }],
    ["a file in parts that is longer now", undefined, { etag: '"x-2"', "x-amz-meta-lyceum-bytes": "5" }],
    ["a copy of another file with its metadata", undefined, { "x-amz-meta-lyceum-key": "0000000000000000" }],
    ["a file without a name", undefined, { "x-amz-meta-lyceum-writer": "" }],
  ])("whether a file has a writer: %s", async (_name, writer, headers) => {
    const { bucket } = await opened(() =>
      ok("", {
        etag: `"${digest}"`,
        "content-length": "0",
        "x-amz-meta-lyceum-writer": "files-1",
        "x-amz-meta-lyceum-md5": digest,
        "x-amz-meta-lyceum-bytes": "0",
        "x-amz-meta-lyceum-key": "5b3975651c3cab92",
        ...headers,
      }),
    );
    expect(await bucket.writerOf("own")).toBe(writer);
  });
});
