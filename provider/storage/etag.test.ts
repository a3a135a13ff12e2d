import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Content } from "./bucket";
import { etagOf, fingerprintOf, hasEtag, isDigest, isDivided, partsOf } from "./etag";

const MEBIBYTE = 1024 * 1024;
const md5 = (bytes: Uint8Array | string) => createHash("md5").update(bytes).digest();
const contentOf = (bytes: Uint8Array) => ({
  bytes: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
});

test.each([
  [0, 1, 0],
  [1, 1, 1],
  [8 * MEBIBYTE - 1, 1, 8 * MEBIBYTE - 1],
  [8 * MEBIBYTE, 1, 8 * MEBIBYTE],
  [8 * MEBIBYTE + 1, 2, 8 * MEBIBYTE],
  [80_000 * MEBIBYTE, 10_000, 8 * MEBIBYTE],
  [80_001 * MEBIBYTE, 8_889, 9 * MEBIBYTE],
])("%d bytes are %d parts of %d bytes", (bytes, count, length) => {
  const parts = partsOf(bytes);
  expect([parts.length, parts[0]?.length]).toEqual([count, length]);
});

test("parts are numbered, follow each other, and have all bytes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000_000 * MEBIBYTE }), (bytes) => {
      const parts = partsOf(bytes);
      const follows = parts.every(({ number, offset }, index) => {
        const before = parts[index - 1];
        return number === index + 1 && offset === (before === undefined ? 0 : before.offset + before.length);
      });
      const last = parts.at(-1);
      expect([follows, parts.length <= 10_000, (last?.offset ?? 0) + (last?.length ?? 0)]).toEqual([true, true, bytes]);
    }),
    { numRuns: 50 },
  );
});

test("the ETag of small content is its MD5; the ETag of divided content is made of the MD5s of its parts", async () => {
  const small = Buffer.from("hello\n");
  expect(await fingerprintOf(contentOf(small))).toEqual({
    etag: "b1946ac92492d2347c6235b4d2611184",
    sha256: "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
  });
  const large = Buffer.alloc(8 * MEBIBYTE + 3, "a");
  const digests = [md5(large.subarray(0, 8 * MEBIBYTE)), md5(large.subarray(8 * MEBIBYTE))];
  const { etag, sha256 } = await fingerprintOf(contentOf(large));
  expect(etag).toBe(`${md5(Buffer.concat(digests)).toString("hex")}-2`);
  expect(sha256).toBe(createHash("sha256").update(large).digest("hex"));
});

test.each([
  [0, []],
  [1, [[0, 1]]],
  [
    2 * MEBIBYTE,
    [
      [0, MEBIBYTE],
      [MEBIBYTE, MEBIBYTE],
    ],
  ],
  [
    MEBIBYTE + 1,
    [
      [0, MEBIBYTE],
      [MEBIBYTE, 1],
    ],
  ],
])("%d bytes are read once, at most 1 MiB at a time", async (bytes, expected) => {
  for (const act of [fingerprintOf, (content: Content) => hasEtag(content, "b1946ac92492d2347c6235b4d2611184")]) {
    const reads: number[][] = [];
    const read = async (offset: number, length: number) => {
      reads.push([offset, length]);
      return Buffer.alloc(length);
    };
    await act({ bytes, read });
    expect(reads).toEqual(expected);
  }
});

test("one part of a divided content makes an ETag with -1", () => {
  expect(etagOf([md5("a")], false)).toBe(md5("a").toString("hex"));
  expect(etagOf([md5("a")], true)).toBe(`${md5(md5("a")).toString("hex")}-1`);
  expect([isDivided(8 * MEBIBYTE - 1), isDivided(8 * MEBIBYTE)]).toEqual([false, true]);
});

test.each([
  ["b1946ac92492d2347c6235b4d2611184", true],
  ["b1946ac92492d2347c6235b4d2611184-12", true],
  ["b1946ac92492d2347c6235b4d2611184-0", false],
  ["B1946AC92492D2347C6235B4D2611184", false],
  ["W/b1946ac9", false],
  ["", false],
])("%j is made of MD5 digests: %s", (etag, expected) => {
  expect(isDigest(etag)).toBe(expected);
});

const withParts = (bytes: Buffer, size: number): string => {
  const digests = [];
  for (let offset = 0; offset < bytes.length; offset += size) digests.push(md5(bytes.subarray(offset, offset + size)));
  return etagOf(digests, true);
};

test.each([
  ["its MD5", (bytes: Buffer) => md5(bytes).toString("hex"), true],
  ["another MD5", () => md5("x").toString("hex"), false],
  ["parts of 5 MiB", (bytes: Buffer) => withParts(bytes, 5 * MEBIBYTE), true],
  ["parts of 8 MiB", (bytes: Buffer) => withParts(bytes, 8 * MEBIBYTE), true],
  // The client cannot know the size of the parts. So the content may be the same although no usual size gives this
  // ETag.
  ["parts of an unusual size", (bytes: Buffer) => withParts(bytes, 7 * MEBIBYTE), undefined],
  ["no digest", () => "W/1", undefined],
])("content is compared with an ETag of %s", async (_name, etag, expected) => {
  const bytes = Buffer.alloc(9 * MEBIBYTE, "a");
  expect(await hasEtag(contentOf(bytes), etag(bytes))).toBe(expected);
});

test("content whose parts all have one size is compared with the ETag of these parts", async () => {
  const bytes = Buffer.alloc(10 * MEBIBYTE, "a");
  expect(await hasEtag(contentOf(bytes), withParts(bytes, 5 * MEBIBYTE))).toBe(true);
});
