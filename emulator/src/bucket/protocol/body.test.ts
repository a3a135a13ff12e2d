import type { IncomingHttpHeaders } from "node:http";
import type { ValidSignature } from "../signature/verify";
import { readText, signedBody } from "./body";

const HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/** Returns the body of a request that arrives in pieces. */
function body(pieces: readonly string[], headers: IncomingHttpHeaders, payload = "UNSIGNED-PAYLOAD") {
  async function* raw() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const valid = { payload, key: Buffer.from("k"), timestamp: "", signature: "" };
  return signedBody(raw(), headers, {
    ...valid,
    scope: { date: "", region: "", service: "" },
  } satisfies ValidSignature);
}

/** Returns the code of the error with which a body is refused. */
async function refused(pieces: readonly string[], headers: IncomingHttpHeaders, payload?: string) {
  try {
    await readText(body(pieces, headers, payload), 100);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

const length = (count: number | string) => ({ "content-length": String(count) });
const decoded = (count: number) => ({ "x-amz-decoded-content-length": String(count) });

test("a body in pieces is read with its digests, which are there only at its end", async () => {
  const found = body(["he", "", "llo"], { ...length(5), "x-amz-checksum-crc32": "NhCmhg==" }, HELLO.toUpperCase());
  expect(found.length).toBe(5);
  expect(() => found.digests()).toThrow("The body was not read to its end.");
  expect(await readText(found, 5)).toBe("hello");
  expect(found.digests()).toEqual({
    md5: "5d41402abc4b2a76b9719d911017c592",
    length: 5,
    checksums: { crc32: "NhCmhg==" },
  });
});

test.each<[string, readonly string[], IncomingHttpHeaders, string | undefined, string | undefined]>([
  ["without a length, as it has none", [], {}, undefined, undefined],
  ["in chunks of HTTP, without a length", ["a"], { "transfer-encoding": "chunked" }, undefined, "MissingContentLength"],
  ["with a length that is none", ["a"], length("1x"), undefined, "MissingContentLength"],
  ["of the largest size, which does not arrive", ["a"], length(5 * 1024 ** 3), undefined, "MalformedXML"],
  ["beyond the largest size", ["a"], length(5 * 1024 ** 3 + 1), undefined, "EntityTooLarge"],
  ["that is longer than announced", ["ab", "c"], length(2), undefined, "IncompleteBody"],
  ["that is shorter than announced", ["ab"], length(3), undefined, "IncompleteBody"],
  ["of the announced length", ["ab", "c"], length(3), undefined, undefined],
  ["with a word in place of its hash", ["a"], length(1), "SIGNED", "InvalidArgument"],
  ["in an unknown form of chunks", ["0\r\n\r\n"], decoded(0), "STREAMING-X", "InvalidArgument"],
  ["in chunks that nobody signed", ["0\r\n\r\n"], decoded(0), SIGNED_CHUNKS, "SignatureDoesNotMatch"],
  ["in chunks, without its own length", ["0\r\n\r\n"], length(5), TRAILER, "MissingContentLength"],
  [
    "with a checksum of another length",
    ["a"],
    { ...length(1), "x-amz-checksum-sha1": "AAAA" },
    undefined,
    "InvalidRequest",
  ],
  [
    "with a checksum of another body",
    ["a"],
    { ...length(1), "x-amz-checksum-crc32": "AAAAAA==" },
    undefined,
    "BadDigest",
  ],
])("a body %s", async (_what, pieces, headers, payload, code) => {
  expect(await refused(pieces, headers, payload)).toBe(code);
});

test.each([
  ["the checksum of the body", "x-amz-checksum-crc32:NhCmhg==", undefined],
  ["the checksum of another body", "x-amz-checksum-crc32:AAAAAA==", "BadDigest"],
  ["a checksum that is none", "x-amz-checksum-crc32:?", "InvalidRequest"],
  ["no checksum", "x-amz-other:1", "InvalidRequest"],
])("a body whose trailer has %s", async (_what, trailer, code) => {
  const headers = { ...decoded(5), "x-amz-trailer": "X-Amz-Checksum-Crc32, other" };
  expect(await refused([`5\r\nhello\r\n0\r\n${trailer}\r\n\r\n`], headers, TRAILER)).toBe(code);
});

test("a document may be as long as its limit", async () => {
  expect(await readText(body(["abc"], length(3)), 3)).toBe("abc");
  await expect(readText(body(["abc"], length(3)), 2)).rejects.toMatchObject({ code: "MalformedXML" });
});
