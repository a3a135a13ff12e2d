import { hashOf, manifestText, NO_STAMP, readManifest, stampOf } from "./manifest";

const file = { path: "a/b c.txt", bytes: 3, stamp: "abcdefgh", content: "C" };

test("a manifest is read as it was written, and a damaged manifest has fewer files", () => {
  const files = [file, { ...file, path: "z", stamp: NO_STAMP }];
  expect(readManifest(manifestText(files))).toEqual(files);
  expect(readManifest(manifestText([]))).toEqual([]);
  expect(readManifest("half\t3")).toEqual([]);
  for (const other of [undefined, 7, {}, ""]) expect(readManifest(other)).toEqual([]);
});

test("the digest depends only on paths and contents", () => {
  expect(hashOf([{ ...file, stamp: NO_STAMP, bytes: 9 }])).toBe(hashOf([file]));
  expect(hashOf([{ ...file, path: "a" }])).not.toBe(hashOf([file]));
  expect(hashOf([{ ...file, content: "D" }])).not.toBe(hashOf([file]));
  expect(hashOf([file])).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["another time of change", { modifiedMilliseconds: 1, changedMilliseconds: 3 }],
  ["another time of modification", { modifiedMilliseconds: 0.5, changedMilliseconds: 2 }],
])("the stamp of a file changes with %s", (_name, times) => {
  const stamp = stampOf({ modifiedMilliseconds: 1, changedMilliseconds: 2 }, 100_000);
  expect(stampOf({ modifiedMilliseconds: 1, changedMilliseconds: 2 }, 200_000)).toBe(stamp);
  expect(stampOf(times, 100_000)).not.toBe(stamp);
});

test("a file that has only just changed has no stamp", () => {
  expect(stampOf({ modifiedMilliseconds: 1, changedMilliseconds: 99_000 }, 100_000)).toBe(NO_STAMP);
  expect(stampOf({ modifiedMilliseconds: 99_000, changedMilliseconds: 1 }, 100_000)).toBe(NO_STAMP);
});
