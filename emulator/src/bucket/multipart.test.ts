import { createHash } from "node:crypto";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";
import { all, type TestBucket, testBucket } from "./testing/client";

let emulator: TestEmulator;
let bucket: TestBucket;
beforeAll(async () => {
  emulator = await startTestEmulator();
  bucket = await testBucket(emulator);
});
afterAll(() => emulator.close());

const MB = 1024 * 1024;
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest();

async function begin(key: string, headers = {}): Promise<string> {
  const { text } = await bucket.send("POST", `/${key}?uploads`, { headers });
  return all(text, "UploadId")[0] ?? "";
}

const part = (key: string, id: string, number: number, body: Buffer) =>
  bucket.send("PUT", `/${key}?partNumber=${number}&uploadId=${id}`, { body });

function complete(key: string, id: string, parts: readonly (readonly [number: number, etag: string])[], headers = {}) {
  const listed = parts.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
  const body = `<CompleteMultipartUpload>${listed.join("")}</CompleteMultipartUpload>`;
  return bucket.send("POST", `/${key}?uploadId=${id}`, { body, headers });
}

test("parts become an object with their ETag, and the answer can be asked for again", async () => {
  const bodies = [Buffer.alloc(5 * MB, "a"), Buffer.alloc(5 * MB, "b"), Buffer.from("c")];
  const id = await begin("big", { "content-type": "text/x", "x-amz-meta-m": "1" });
  const etags: string[] = [];
  for (const [at, body] of bodies.entries()) etags.push(String((await part("big", id, at + 1, body)).headers.etag));
  expect(etags).toEqual(bodies.map((body) => `"${md5(body).toString("hex")}"`));
  expect((await bucket.get("big")).code).toBe("NoSuchKey");
  const parts = await bucket.send("GET", `/big?max-parts=2&uploadId=${id}`);
  expect([all(parts.text, "PartNumber"), all(parts.text, "IsTruncated")]).toEqual([["1", "2"], ["true"]]);
  const rest = await bucket.send("GET", `/big?part-number-marker=2&uploadId=${id}`);
  expect([all(rest.text, "PartNumber"), all(rest.text, "Size")]).toEqual([["3"], ["1"]]);
  expect(all((await bucket.send("GET", "?uploads")).text, "Key")).toEqual(["big"]);

  const chosen = etags.map((etag, at) => [at + 1, etag] as const);
  const expected = `"${md5(Buffer.concat(bodies.map(md5))).toString("hex")}-3"`;
  for (const again of [1, 2]) {
    const done = await complete("big", id, chosen);
    expect([again, done.status, all(done.text, "ETag")]).toEqual([again, 200, [expected.replaceAll('"', "&quot;")]]);
  }
  const found = await bucket.get("big");
  expect(found.bytes.equals(Buffer.concat(bodies))).toBe(true);
  expect([found.headers.etag, found.headers["content-type"], found.headers["x-amz-meta-m"]]).toEqual([
    expected,
    "text/x",
    "1",
  ]);
  expect((await bucket.send("GET", `/big?uploadId=${id}`)).code).toBe("NoSuchUpload");
  expect(all((await bucket.send("GET", "?uploads")).text, "Key")).toEqual([]);
});

test.each<[string, (etag: string) => readonly (readonly [number, string])[], string]>([
  [
    "a part that is not there",
    (etag) => [
      [1, etag],
      [7, etag],
    ],
    "InvalidPart",
  ],
  ["another ETag", () => [[1, "0".repeat(32)]], "InvalidPart"],
  [
    "parts in another order",
    (etag) => [
      [2, etag],
      [1, etag],
    ],
    "InvalidPartOrder",
  ],
  [
    "a short part before another",
    (etag) => [
      [1, etag],
      [2, etag],
    ],
    "EntityTooSmall",
  ],
  ["no part", () => [], "MalformedXML"],
])("with %s, an upload cannot be completed", async (_what, choose, code) => {
  const id = await begin("refused");
  const { headers } = await part("refused", id, 1, Buffer.from("x"));
  await part("refused", id, 2, Buffer.from("x"));
  expect((await complete("refused", id, choose(String(headers.etag)))).code).toBe(code);
  expect((await bucket.get("refused")).code).toBe("NoSuchKey");
  expect((await bucket.send("DELETE", `/refused?uploadId=${id}`)).status).toBe(204);
  expect((await part("refused", id, 1, Buffer.from("x"))).code).toBe("NoSuchUpload");
});

test("an upload of another key, an id that is a path, and a number out of range are refused", async () => {
  const id = await begin("one");
  const x = Buffer.from("x");
  expect((await part("two", id, 1, x)).code).toBe("NoSuchUpload");
  expect((await part("one", "..%2F..%2Fmount", 1, x)).code).toBe("NoSuchUpload");
  for (const number of [0, 10_001, 1.5]) expect((await part("one", id, number, x)).code).toBe("InvalidArgument");
});

test("an upload does not replace an object that must not exist", async () => {
  await bucket.put("there", "kept");
  const id = await begin("there");
  const { headers } = await part("there", id, 1, Buffer.from("new"));
  const parts = [[1, String(headers.etag)]] as const;
  expect((await complete("there", id, parts, { "if-none-match": "*" })).code).toBe("PreconditionFailed");
  expect((await bucket.get("there")).text).toBe("kept");
  expect((await complete("there", id, parts)).status).toBe(200);
  expect((await bucket.get("there")).text).toBe("new");
});

test("parts of an upload are copied from objects, and whole objects are copied", async () => {
  await bucket.put("source", "0123456789", { "x-amz-meta-s": "1" });
  const id = await begin("copied");
  const source = { "x-amz-copy-source": "/local-bucket/source" };
  const headers = { ...source, "x-amz-copy-source-range": "bytes=2-4" };
  const copied = await bucket.send("PUT", `/copied?partNumber=1&uploadId=${id}`, { headers });
  const etag = all(copied.text, "ETag")[0]?.replaceAll("&quot;", "") ?? "";
  expect((await complete("copied", id, [[1, etag]])).status).toBe(200);
  expect((await bucket.get("copied")).text).toBe("234");

  expect((await bucket.put("twin", "", source)).status).toBe(200);
  const twin = await bucket.get("twin");
  expect([twin.text, twin.headers["x-amz-meta-s"]]).toEqual(["0123456789", "1"]);
  expect((await bucket.put("twin", "", { "x-amz-copy-source": "local-bucket/none" })).code).toBe("NoSuchKey");
  expect((await bucket.put("source", "", source)).code).toBe("InvalidRequest");
  const replaced = { ...source, "x-amz-metadata-directive": "REPLACE", "x-amz-meta-s": "2" };
  expect((await bucket.put("source", "", replaced)).status).toBe(200);
  expect((await bucket.get("source")).headers["x-amz-meta-s"]).toBe("2");
});

test("many objects are removed in one request, and each wrong key is named", async () => {
  for (const key of ["m/1", "m/2", "m/&"]) await bucket.put(encodeURI(key), "x");
  const key = (text: string) => `<Object><Key>${text}</Key></Object>`;
  const body = `<Delete>${["m/1", "m/&amp;", "m/none", "x".repeat(1025)].map(key).join("")}</Delete>`;
  const { text } = await bucket.send("POST", "?delete", { body });
  expect(all(text, "Deleted").map((one) => all(one, "Key")[0])).toEqual(["m/1", "m/&amp;", "m/none"]);
  expect(all(text, "Code")).toEqual(["KeyTooLongError"]);
  expect((await bucket.list("&prefix=m/")).keys).toEqual(["m/2"]);
  for (const wrong of ["<Remove/>", `<Delete>${"<Object/>".repeat(1001)}</Delete>`, `<Remove>${key("m/2")}</Remove>`]) {
    expect((await bucket.send("POST", "?delete", { body: wrong })).code).toBe("MalformedXML");
  }
  const empty = await bucket.send("POST", "?delete", { body: `<Delete>${"<Object/>".repeat(1000)}</Delete>` });
  expect(all(empty.text, "Error").map((one) => all(one, "Key")[0])).toEqual(Array(1000).fill(""));
  const quiet = await bucket.send("POST", "?delete", { body: `<Delete>${key("m/2")}<Quiet>true</Quiet></Delete>` });
  expect(all(quiet.text, "Deleted")).toEqual([]);
  expect((await bucket.send("POST", "?delete", { body: "<Delete/>" })).code).toBe("MalformedXML");
});

test("the lists of uploads and of their parts come in pages", async () => {
  const first = await begin("page/1");
  const second = await begin("page/1");
  const third = await begin("page/2");
  for (const number of [2, 10, 1]) await part("page/2", third, number, Buffer.from(String(number)));
  const uploads = async (query: string) => (await bucket.send("GET", `?uploads&prefix=page/${query}`)).text;
  const all3 = await uploads("");
  expect([all(all3, "Key"), all(all3, "UploadId"), all(all3, "IsTruncated")]).toEqual([
    ["page/1", "page/1", "page/2"],
    [...[first, second].sort(), third],
    ["false"],
  ]);
  const one = await uploads("&max-uploads=1");
  const [id] = all(one, "NextUploadIdMarker");
  const fields = ["Prefix", "KeyMarker", "UploadIdMarker", "NextKeyMarker", "MaxUploads", "IsTruncated"];
  expect(fields.map((name) => all(one, name)[0])).toEqual(["page/", "", "", "page/1", "1", "true"]);
  expect(all(await uploads(`&key-marker=page/1&upload-id-marker=${id}`), "Key")).toEqual(["page/1", "page/2"]);
  expect(all(await uploads("&key-marker=page/1"), "Key")).toEqual(["page/2"]);
  expect(all(await uploads("&max-uploads=0"), "Key")).toEqual([]);
  // U+FF5E is before U+1F600 in UTF-8, but after it in UTF-16.
  const emoji = encodeURIComponent("page/\u{1f600}");
  await begin(emoji);
  expect(all(await uploads(`&key-marker=page/${encodeURIComponent("\uff5e")}`), "Key")).toEqual(["page/\u{1f600}"]);
  expect((await bucket.send("GET", "?uploads&max-uploads=x")).code).toBe("InvalidArgument");

  const parts = async (query: string) => bucket.send("GET", `/page/2?${query}&uploadId=${third}`);
  expect(all((await parts("max-parts=1000")).text, "PartNumber")).toEqual(["1", "2", "10"]);
  const { text } = await parts("max-parts=1&part-number-marker=1");
  const names = ["Key", "UploadId", "PartNumberMarker", "NextPartNumberMarker", "MaxParts", "IsTruncated", "Size"];
  expect(names.map((name) => all(text, name)[0])).toEqual(["page/2", third, "1", "2", "1", "true", "1"]);
  expect(all((await parts("part-number-marker=10")).text, "NextPartNumberMarker")).toEqual(["0"]);
  for (const wrong of ["max-parts=x", "part-number-marker=x"])
    expect((await parts(wrong)).code).toBe("InvalidArgument");
  for (const [key, upload] of [
    ["page/1", first],
    ["page/1", second],
    ["page/2", third],
  ]) {
    await bucket.send("DELETE", `/${key}?uploadId=${upload}`);
  }
});

test("a part number is from 1 to 10000, and a part of exactly 5 MB is not too small", async () => {
  const id = await begin("numbers");
  const whole = await part("numbers", id, 1, Buffer.alloc(5 * MB));
  const last = await part("numbers", id, 10_000, Buffer.from("x"));
  expect([whole.status, last.status]).toEqual([200, 200]);
  const small = await part("numbers", id, 2, Buffer.alloc(5 * MB - 1));
  const [one, two, three] = [whole, small, last].map(({ headers }) => String(headers.etag)) as [string, string, string];
  expect(
    (
      await complete("numbers", id, [
        [2, two],
        [10_000, three],
      ])
    ).code,
  ).toBe("EntityTooSmall");
  expect(
    (
      await complete("numbers", id, [
        [1, one],
        [1, one],
      ])
    ).code,
  ).toBe("InvalidPartOrder");
  expect(
    (
      await complete("numbers", id, [
        [1, one],
        [10_000, three],
      ])
    ).status,
  ).toBe(200);
});

test("the checksum of a part is checked when the upload is completed, if both sides have it", async () => {
  const id = await begin("sums");
  const headers = { "x-amz-checksum-crc32": "NhCmhg==" };
  const sent = await bucket.send("PUT", `/sums?partNumber=1&uploadId=${id}`, { body: "hello", headers });
  expect(sent.headers["x-amz-checksum-crc32"]).toBe("NhCmhg==");
  const finish = (sum: string) => {
    const listed = `<Part><PartNumber>1</PartNumber><ETag>${sent.headers.etag}</ETag>${sum}</Part>`;
    const body = `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`;
    return bucket.send("POST", `/sums?uploadId=${id}`, { body });
  };
  expect((await finish("<ChecksumCRC32>AAAAAA==</ChecksumCRC32>")).code).toBe("InvalidPart");
  expect((await finish("<ChecksumSHA1>AAAA</ChecksumSHA1><ChecksumCRC32>NhCmhg==</ChecksumCRC32>")).status).toBe(200);
});

test("a whole object, and an empty one, become parts", async () => {
  await bucket.put("whole", "0123456789");
  await bucket.put("nothing", "");
  const id = await begin("of-whole");
  const copy = async (number: number, from: string) => {
    const headers = { "x-amz-copy-source": `/local-bucket/${from}` };
    const { text } = await bucket.send("PUT", `/of-whole?partNumber=${number}&uploadId=${id}`, { headers });
    return all(text, "ETag")[0]?.replaceAll("&quot;", "") ?? "";
  };
  expect(await copy(2, "nothing")).toBe("d41d8cd98f00b204e9800998ecf8427e");
  const whole = await copy(1, "whole");
  expect(whole).toBe(md5(Buffer.from("0123456789")).toString("hex"));
  expect((await complete("of-whole", id, [[1, whole]])).status).toBe(200);
  expect((await bucket.get("of-whole")).text).toBe("0123456789");
});
