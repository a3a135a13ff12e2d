import events from "node:events";
import { LyceumError } from "../../lyceum/errors";
import { createRedactor } from "../../secrets";
import { type Step, s3Error } from "../testing/scripted-server";
import { openBucket } from "./s3-bucket";
import { closeOpened, contentOf, listed, ok, opened, page, SECRET_KEY, stored } from "./testing/opened-bucket";

afterEach(closeOpened);

test("a list is read page by page, and the folder markers of other clients do not count as files", async () => {
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

test("credentials that are refused again are an error, and are not renewed endlessly", async () => {
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
  ["400 of new credentials that have expired", s3Error(400, "ExpiredToken"), "LYC6004", undefined],
  ["507", s3Error(507, "InsufficientStorage"), "LYC6003", undefined],
  ["503 SlowDown", s3Error(503, "SlowDown"), "LYC6004", 8],
  ["500", s3Error(500, "InternalError"), "LYC6004", 8],
  ["429", s3Error(429, "TooManyRequests"), "LYC6004", 8],
  ["501", s3Error(501, "NotImplemented"), "LYC6005", undefined],
  ["400", s3Error(400, "InvalidArgument"), "LYC6005", 1],
  ["a page of a proxy", { status: 502, body: "<html>Bad gateway</html>" } as Step, "LYC6004", 8],
  ["a closed connection", "close" as Step, "LYC6001", 8],
  ["an answer that breaks off", "close in the body" as Step, "LYC6001", 8],
])("%s has its own error, and is repeated only if that can help", async (_name, step, code, requests) => {
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

test("many requests may listen to one signal: Node prints no warning about it", async () => {
  const { bucket } = await opened(() => stored);
  const { signal } = new AbortController();
  const setMaxListeners = jest.spyOn(events, "setMaxListeners");
  await bucket.upload("a", contentOf("a"), { signal });
  expect(setMaxListeners).toHaveBeenCalledWith(0, signal);
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

test("files are removed by the thousand, and a file that stays is named", async () => {
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

test.each([
  [0, 0],
  [1000, 1],
  [2000, 2],
])("%d files are removed with %d requests", async (count, requests) => {
  const { bucket, received } = await opened(() => ok("<DeleteResult/>"));
  await bucket.remove(Array.from({ length: count }, (_, at) => `k${at}`));
  expect(received.length).toBe(requests);
});

test("of several files that stay, the first is named, and the others are counted", async () => {
  const error = (key: string) => `<Error><Key>${key}</Key><Code>AccessDenied</Code><Message>no</Message></Error>`;
  const { bucket } = await opened(() => ok(`<DeleteResult>${["a", "b"].map(error).join("")}</DeleteResult>`));
  await expect(bucket.remove(["a", "b"])).rejects.toThrow("LYC6005: a was not removed (AccessDenied: no), and 1 more.");
});

test.each<[string, Step, string | undefined]>([
  ["a missing file has none", { status: 404 }, undefined],
  ["a file of another client has none", ok(), undefined],
  ["a file of a resource has its name", ok("", { "x-amz-meta-lyceum-writer": "files-x" }), "files-x"],
])("of the writer's name: %s", async (_name, step, expected) => {
  const { bucket } = await opened(() => step);
  expect(await bucket.writerOf("a")).toBe(expected);
});

test("a request for the writer's name that is refused is an error", async () => {
  const { bucket } = await opened(() => ({ status: 403 }));
  await expect(bucket.writerOf("a")).rejects.toThrow("LYC6002");
});

test.each<[string, Step, string | undefined]>([
  ["that the server does not have", s3Error(501, "NotImplemented"), undefined],
  ["whose method the server does not allow", s3Error(405, "MethodNotAllowed"), undefined],
  ["that the server cannot read", s3Error(400, "InvalidRequest"), undefined],
  ["that the account may not use", s3Error(403, "AccessDenied"), undefined],
  ["in a bucket that does not exist", s3Error(404, "NoSuchBucket"), undefined],
  ["that fails", s3Error(500, "InternalError"), "LYC6004"],
])("a list of unfinished uploads %s is an error only if it failed", async (_name, step, code) => {
  const { bucket } = await opened(() => step);
  const removed = bucket.removeUnfinished("p/", () => true);
  if (code === undefined) await removed;
  else await expect(removed).rejects.toThrow(code);
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

test("a later page that is not found is an error, not the end of the list", async () => {
  const { bucket } = await opened((_request, before) =>
    before.length === 0 ? page(["a"], "t") : s3Error(404, "NoSuchBucket"),
  );
  await expect(listed(bucket)).rejects.toThrow("LYC6002");
});

test("a part of a secret that a cut leaves is not shown", async () => {
  const { bucket } = await opened(() => s3Error(403, "AccessDenied", `${"x".repeat(480)}${SECRET_KEY}`));
  await expect(listed(bucket)).rejects.toThrow(expect.not.stringContaining(SECRET_KEY.slice(0, 8)));
});

test("a refusal to give credentials stays the error of Lyceum", async () => {
  const refused = new LyceumError({ code: "LYC1102", message: "No access." });
  const bucket = openBucket({ credentials: () => Promise.reject(refused), redact: createRedactor([]) });
  await expect(listed(bucket)).rejects.toBe(refused);
});
