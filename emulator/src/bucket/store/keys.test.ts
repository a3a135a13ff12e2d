import { checkKey, compareKeys, foldersOf, pathOfKey } from "./keys";

test.each<[string, string, string | undefined]>([
  ["an ordinary key", "a/b c", undefined],
  ["no key", "", "InvalidArgument"],
  ["a key of 1024 bytes", "é".repeat(512), undefined],
  ["a key of 1025 bytes", `${"é".repeat(512)}x`, "KeyTooLongError"],
  ["a key with a line end and a tab", "a\n\tb", undefined],
  ["a key with another control character", "a\u001fb", "InvalidArgument"],
  ["a key with a sign that is none", "a\uffff", "InvalidArgument"],
])("a client sends %s", (_what, key, code) => {
  if (code === undefined) expect(() => checkKey(key)).not.toThrow();
  else expect(() => checkKey(key)).toThrow(expect.objectContaining({ code }));
});

test.each<[string, boolean]>([
  ["a/b", true],
  ["a/..b/.c", true],
  [`a/${"é".repeat(127)}x`, true],
  [`a/${"é".repeat(128)}`, false],
  ["a/", false],
  ["/a", false],
  ["a/./b", false],
  ["../a", false],
])("a file of the mount can have the path %s: %s", (key, isFile) => {
  expect(pathOfKey(key)).toEqual(isFile ? key.split("/") : undefined);
});

test("the folders of a key begin with the outermost", () => {
  expect(["a", "a/b/c", "/a"].map(foldersOf)).toEqual([[], ["a", "a/b"], [""]]);
});

test.each<[string, string, number]>([
  ["a", "a", 0],
  ["a", "b", -1],
  ["b", "a", 1],
  ["a", "aa", -1],
  ["\ufb01", "\u{1f600}", -1],
  ["\u{1f600}", "\ufb01", 1],
  ["\u{1f600}", "\u{1f600}", 0],
])("listings order %s and %s by their bytes", (a, b, order) => {
  expect(Math.sign(compareKeys(a, b))).toBe(order);
});
