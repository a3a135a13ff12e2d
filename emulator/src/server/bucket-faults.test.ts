import { all, type TestBucket, testBucket } from "../bucket/testing/client";
import { route, startTestEmulator, type TestEmulator } from "../testing/emulator";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeEach(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterEach(() => emulator.close());

const settings = (body: unknown) => emulator.control("POST", "/bucket", body);
const stored = async (key: string) => (await bucket.list()).keys.includes(key);

test("an injected fault refuses the credentials", async () => {
  await emulator.fault({ operation: "createStorageCredentials", fault: { kind: "status", status: 403 } });
  expect((await emulator.call(...route("createStorageCredentials"))).status).toBe(403);
  expect((await emulator.call(...route("createStorageCredentials"))).status).toBe(200);
});

test("credentials expire when a test asks for it, or after their time", async () => {
  await bucket.put("a", "1");
  expect((await emulator.control("POST", "/bucket/expire")).body).toEqual({ expired: 1 });
  expect((await bucket.get("a")).code).toBe("ExpiredToken");
  expect((await bucket.head("a")).status).toBe(400);
  await settings({ credentialSeconds: 5 });
  bucket = await testBucket(emulator);
  expect((await bucket.get("a")).text).toBe("1");
  await emulator.advance(5);
  expect((await bucket.get("a")).code).toBe("ExpiredToken");
});

test.each([
  [503, "SlowDown"],
  [507, "InsufficientStorage"],
  [403, "AccessDenied"],
  [500, "InternalError"],
  [418, "InvalidRequest"],
])("an injected fault answers the second write with status %i", async (status, code) => {
  const headers = { "retry-after": "1" };
  await emulator.fault({ operation: "PutObject", after: 1, fault: { kind: "status", status, headers } });
  expect((await bucket.put("a", "1")).status).toBe(200);
  const failed = await bucket.put("b", "2");
  expect([failed.status, failed.code, failed.headers["retry-after"]]).toEqual([status, code, "1"]);
  expect([await stored("b"), (await bucket.put("b", "2")).status]).toEqual([false, 200]);
});

test("an injected fault may have its own code, or lose the answer after the object is stored", async () => {
  const fault = { kind: "status", status: 400, code: "RequestTimeout", commit: "before" };
  await emulator.fault({ operation: "PutObject", fault });
  expect((await bucket.put("a", "1")).code).toBe("RequestTimeout");
  expect(await stored("a")).toBe(true);
  await emulator.fault({ operation: "PutObject", fault: { kind: "reset", commit: "before" } });
  await expect(bucket.put("b", "2")).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(await stored("b")).toBe(true);
});

test("an injected fault cuts the connection in a body, or in an answer", async () => {
  const body = Buffer.alloc(1_000_000, "x");
  await emulator.fault({ operation: "PutObject", fault: { kind: "reset", afterBytes: 100_000 } });
  await expect(bucket.put("a", body)).rejects.toThrow(/socket hang up|ECONNRESET|EPIPE/);
  expect(await stored("a")).toBe(false);
  await bucket.put("a", body);
  await emulator.fault({ operation: "GetObject", fault: { kind: "reset", afterBytes: 100_000 } });
  await expect(bucket.get("a")).rejects.toThrow(/aborted|ECONNRESET/);
  expect((await bucket.get("a")).bytes).toHaveLength(1_000_000);
});

test("an injected fault delays an answer by the emulator's clock", async () => {
  await emulator.fault({ operation: "GetObject", fault: { kind: "delay", seconds: 30 } });
  await bucket.put("a", "1");
  let isAnswered = false;
  const late = bucket.get("a").finally(() => {
    isAnswered = true;
  });
  const isHeld = async () => (await emulator.control("GET", "/faults")).body[0].fired === 1;
  while (!(await isHeld()));
  await emulator.advance(29);
  expect(isAnswered).toBe(false);
  await emulator.advance(1);
  expect((await late).text).toBe("1");
});

test("an injected fault gives pages of one entry", async () => {
  for (const key of ["a", "b/1", "c"]) await bucket.put(key, "1");
  await emulator.fault({ operation: "ListObjectsV2", fault: { kind: "short-pages", entries: 1 } });
  const first = await bucket.list("&delimiter=/");
  expect([first.keys, all(first.text, "IsTruncated")]).toEqual([["a"], ["true"]]);
  const token = encodeURIComponent(all(first.text, "NextContinuationToken")[0] ?? "");
  const second = await bucket.list(`&delimiter=/&continuation-token=${token}`);
  expect([second.keys, second.prefixes]).toEqual([[], ["b/"]]);
});

test("a bucket with a quota refuses objects beyond it, and an object larger than the quota is too large", async () => {
  await settings({ quotaBytes: 10 });
  expect((await bucket.put("a", "123456")).status).toBe(200);
  expect((await bucket.put("b", "123456")).code).toBe("InsufficientStorage");
  expect((await bucket.put("b", "12345678901")).code).toBe("EntityTooLarge");
  expect((await bucket.put("b", "12345")).code).toBe("InsufficientStorage");
  expect((await bucket.put("b", "1234")).status).toBe(200);
  await bucket.remove("a");
  await bucket.remove("b");
  expect((await bucket.put("a", "1234567890")).status).toBe(200);
  await bucket.remove("a");
  const [id] = all((await bucket.send("POST", "/parts?uploads")).text, "UploadId");
  const part = await bucket.send("PUT", `/parts?partNumber=1&uploadId=${id}`, { body: "123456" });
  expect([part.status, (await bucket.put("a", "12345")).code]).toEqual([200, "InsufficientStorage"]);
  await bucket.send("DELETE", `/parts?uploadId=${id}`);
  await settings({ quotaBytes: null });
  expect((await bucket.put("c", "12345678901")).status).toBe(200);
});

test("a fault does not affect requests without a valid signature; a fault of the API spares the bucket", async () => {
  await emulator.fault({ operation: "PutObject", fault: { kind: "status", status: 503 } });
  const wrong = await testBucket(emulator, { secret_key: "x" });
  expect((await wrong.put("a", "1")).code).toBe("SignatureDoesNotMatch");
  expect((await bucket.put("a", "1")).code).toBe("SlowDown");
});

test("the control endpoint shows where the files are, and refuses settings that it does not have", async () => {
  const { body } = await emulator.control("GET", "/bucket");
  expect(body).toMatchObject({ bucket: "local-bucket", exists: true, settings: { quotaBytes: null, mount: "both" } });
  for (const wrong of [{ mount: "none" }, { quotaBytes: -1 }, { other: 1 }]) {
    expect((await settings(wrong)).status).toBe(400);
  }
});
